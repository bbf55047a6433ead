import type { LanguagePack } from '../pack.ts';

/** Read: no Polish keyword list of a provider was found. All words are ours and await a native reader. “No” means yes in Polish speech and is no answer here. */
export const polish: LanguagePack = {
  optOut: [
    'wypisz', 'wypisz mnie', 'wypisuję się', 'wypisać', 'wypiszcie mnie', 'proszę mnie wypisać', 'rezygnuję', 'rezygnacja', 'anuluj subskrypcję', 'wyrejestruj',
    'usuń mnie', 'usuńcie mnie', 'zatrzymaj', 'przestań', 'przestańcie', 'koniec sms',
  ],
  optIn: ['zapisz', 'zapisz mnie', 'subskrybuj'],
  help: ['pomoc', 'info'],
  contextOptOut: ['koniec', 'anuluj', 'zakończ', 'usuń', 'wyjdź', 'odwołaj'],
  contextOptIn: ['wznów', 'kontynuuj', 'zacznij', 'rozpocznij', 'dołącz'],
  yes: ['tak', 'potwierdzam', 'zgoda'],
  no: ['nie', 'nie dziękuję'],
  suspected: [
    'nie chcę', 'dość', 'dosyć', 'wystarczy', 'zły numer', 'pomyłka', 'to pomyłka', 'nie jestem zainteresowany', 'nie jestem zainteresowana', 'dajcie mi spokój',
    'daj mi spokój', 'odczepcie się', 'spam', 'nigdy więcej', 'nie przeszkadzać', 'zablokuj',
  ],
  classes: {
    wiadomosc: 'wiadomosc*|sms|smsow|smsy|smsa|mail|maili|maile|email*|reklam*|ofert*|newsletter*|promocj*|powiadom*|telefon*|spam*|kontakt*|informacji|tresci',
    pisac: 'pisac|pisz|piszcie|pisywac|wysylac|wysylaj|wysylajcie|wyslac|przysylac|przysylaj|przysylajcie|dzwonic|dzwon|dzwoncie|kontaktowac|kontaktuj|kontaktujcie|nekac|nekajcie|spamowac|spamujcie|smsowac|meczyc|niepokoic|przesylac|przesylajcie',
  },
  phrases: [
    'nie @pisac',
    'nie [prosze|mi|do|wiecej] [mnie|mi|juz|wiecej] @pisac',
    'prosze [juz|o] [mi|do|mnie|juz|wiecej] [mnie] nie|niewysylanie|niekontaktowanie [@pisac]',
    'przestancie|przestan|prosze|skonczcie|skoncz [przestac] [mi|do] [mnie] @pisac !o',
    'nie chce|chcemy|zycze|zyczymy|wyrazam|potrzebuje|mam [juz|sobie|wiecej] [wiecej|otrzymywac|dostawac|byc|odbierac] [wiecej|zadnych|waszych|tych|tego|takich|od] @wiadomosc|otrzymywac|dostawac|zgody|was|niczego',
    'nie jestem|jestesmy|interesuje [juz|mnie] zainteresowan*|to',
    'wypisz*|wypisuj*|wypisac|wyrejestr*|odsubskryb*',
    'usun|usuncie|usunac|skasuj|skasujcie|wykresl|wykreslcie|wymazcie [prosze] mnie|moj|ten|moje|nasz|numer|dane',
    'prosze [o] mnie usunac|skreslic|wykreslic|usuniecie',
    'usuniecie|wypisanie [moich|mojego|mnie|z] danych|numeru|listy|bazy|z|mnie',
    'rezygnuje|rezygnacja|rezygnowac|zrezygnowac z|ze',
    'anuluj|anulowac|anulujcie [moja|moje|ta] subskrypcj*|newsletter*',
    'cofam|wycofuje|odwoluje [swoja|moja] zgode|zgody',
    'bez mojej zgody',
    'nie zapisywalem|zapisywalam|wyrazalem|wyrazalam|zamawialem|zgadzam',
    'zly|bledny|niewlasciwy numer',
    'pomylka|pomylil* numer*',
    'dajcie|daj mi|nam swiety|spokoj',
    'skad macie|masz|maja|pan|pani [panstwo] [macie] moj|ten|numer',
    'zglaszam|zglosze|zglosilem ..2 spam',
    'to [jest] spam',
    'koniec z|tych|tego @wiadomosc',
    'dosc|dosyc [tych|z] @wiadomosc',
  ],
  footers: [
    'odpisz|odpowiedz|wyslij|napisz|wyslac [sms|o|na] [tresci] stop|nie|rezygnuje|koniec|wypisz ..20',
    'aby|zeby zrezygnowac|wypisac|wypisz|nie ..4 wyslij|odpisz|napisz|kliknij|stop ..20',
  ],
  negators: ['nie', 'bez', 'nigdy'],
  betweenNegatorAndPhrase: ['chce', 'prosze', 'mnie', 'sie', 'zamierzam', 'chcialem', 'chcialam', 'juz'],
};
