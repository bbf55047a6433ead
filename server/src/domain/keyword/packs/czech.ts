import type { LanguagePack } from '../pack.ts';

/** Read: no Czech keyword list of a provider was found. All words are ours and await a native reader. */
export const czech: LanguagePack = {
  optOut: [
    'odhlásit', 'odhlásit se', 'odhlaste mě', 'odhlas mě', 'odhlášení', 'odhlašuji', 'odhlašuji se', 'zrušit odběr', 'zruš odběr', 'nezasílat', 'nechci sms',
    'nechci zprávy', 'vyřadit', 'vyřaďte mě', 'vymažte mě', 'smažte mě', 'přestaňte', 'přestaň', 'zastavit', 'nerušit',
  ],
  optIn: ['přihlásit', 'přihlásit se', 'odebírat'],
  help: ['pomoc', 'nápověda', 'info'],
  contextOptOut: ['konec', 'zrušit', 'ukončit', 'storno', 'smazat', 'odstranit', 'vymazat'],
  contextOptIn: ['začít', 'pokračovat', 'obnovit'],
  yes: ['ano', 'jo', 'potvrzuji', 'souhlasím'],
  no: ['ne', 'ne děkuji', 'nechci'],
  suspected: [
    'dost', 'špatné číslo', 'omyl', 'nemám zájem', 'bez zájmu', 'nezajímá', 'nezájem', 'dejte pokoj', 'dejte mi pokoj', 'spam', 'už ne', 'nikdy více', 'otravujete',
    'nepište', 'nevolejte', 'neotravujte',
  ],
  classes: { zprava: 'zprav*|sms|smsky|smsek|mail*|email*|reklam*|newsletter*|nabidk*|upozorneni|hovor*|spam*|sdeleni|notifikac*' },
  phrases: [
    'nepis*|neposil*|nezasil*|nevolej*|nekontakt*|neotravuj*|neobtezuj*|nesmsk*|neruste',
    'prestan*|skoncete ..2 posilat|psat|volat|otravovat|zasilat|spamovat|obtezovat',
    'nechci|nechceme|nepreji|neprejeme|nemam|nesouhlasim [uz|si|vice|jiz|dale] [dostavat|dale|vase|vice|byt|zajem|od|s|o|prijimat] [dostavat|vase|dalsi|zadne|tyto|od|kontaktovan*|vas] [vase|dalsi|zadne] @zprava|dostavat|zajem|kontaktovan*|o|vas|zasilanim',
    'nemam zajem',
    'nechci [uz|vice] dostavat',
    'uz [mi|me|nas] ne*|zadne',
    'odhlas*|odhlasen*',
    'vyrad*|vymaz*|smaz*|odstran*|vyskrtn* [prosim] me|mne|moje|muj|moji|mou|toto|nas|z',
    'zrus* [muj|moje|tento] odber*|newsletter*|predplatn*|registrac*|zasilani',
    'zadne [dalsi] @zprava',
    'spatne|chybne cislo',
    'dejte|nechte mi|me|nas pokoj|na|byt',
    'odvolavam|rusim|beru [svuj|zpet] souhlas*',
    'bez [meho] souhlasu',
    'kde|odkud mate|jste [vzali|prisli] [na] moje|me|k|cislo',
    'je to spam',
    'neregistroval*|neprihlas*|neobjednal* jsem|se',
  ],
  footers: [
    'odpovezte|poslete|posli|odeslete|napiste [na|sms|zpravu|slovo] [slovo|ve|sms] stop|ne|odhlasit|konec ..20',
    'pro odhlaseni|zruseni|ukonceni ..4 odpovezte|poslete|kliknete|stop ..20',
  ],
  negators: ['ne', 'nechci', 'bez', 'nikdy', 'nechtel', 'nechtela'],
  betweenNegatorAndPhrase: ['se', 'me', 'chci', 'mi', 'uz'],
};
