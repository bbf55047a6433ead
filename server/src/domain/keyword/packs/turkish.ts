import type { LanguagePack } from '../pack.ts';

/** Read: “RET” and “İPTAL” are the words of Turkish commercial messages (İYS). The sentences are ours and await a native reader. */
export const turkish: LanguagePack = {
  optOut: ['ret', 'iptal et', 'abonelikten çık', 'aboneliği iptal et', 'abonelik iptal', 'abonelik iptali', 'üyelikten çık', 'listeden çık', 'listeden çıkar', 'beni çıkar', 'beni çıkarın', 'beni sil', 'beni silin', 'dur', 'durdur', 'durdurun', 'mesaj istemiyorum', 'sms istemiyorum', 'istemiyorum', 'sms iptal', 'mesaj iptal', 'reddediyorum'],
  optIn: ['abone ol', 'kabul', 'onay ver', 'katıl'],
  help: ['yardım', 'bilgi'],
  contextOptOut: ['iptal', 'çık', 'çıkış', 'bitir', 'sil', 'kaldır', 'son', 'vazgeç'],
  contextOptIn: ['başla', 'başlat', 'devam', 'devam et'],
  yes: ['evet', 'onaylıyorum', 'tamam evet'],
  no: ['hayır', 'yok', 'hayır teşekkürler'],
  suspected: ['red', 'yeter', 'yeter artık', 'yanlış numara', 'ilgilenmiyorum', 'rahatsız etmeyin', 'rahatsız etme', 'beni rahat bırakın', 'spam', 'artık yazmayın', 'yazmayın', 'aramayın', 'atmayın', 'göndermeyin', 'engelle'],
  classes: { mesaj: 'mesaj|mesaji|mesajlar|mesajlari|mesajlarinizi|mesajinizi|sms|smsleri|sms*|bildirim*|reklam*|mail*|eposta*|kampanya*|arama*|ileti*|bülten*' },
  phrases: [
    '@mesaj [artık|daha|bana|falan|bir] [fazla|bana|bir|daha] atma*|gonderme*|yollama*|istemi*|almak|iletme* !dan', 'iletişime geçme*', '@mesaj [artık|daha] [fazla] göndermey*', 'beni listeden|listenizden|sistemden', 'bana|beni|bize|numaraya|numaramı [bir|artık|daha|sms|mesaj] [daha|mesaj|sms] atmay*|gondermey*|yollamay*|yazmay*|aramay*|yazma|arama|atma|gönderme|rahatsız', 'artık|daha ..1 gondermey*|atmay*|yazmay*|aramay*|istemiyorum', 'rahatsız etmey*|etme|ediyorsunuz', 'almak|alma|gelsin|duymak istemiyor*|istemem', 'listeden|listenizden|rehberden|sistemden|kayıtlardan|abonelikten|üyelikten|gruptan ..2 çık*|sil*|ayrıl*|kaldır*|cik*', '@mesaj ..1 durdur*|kes*|kesin|iptal', 'numaramı|numarami|verilerimi|bilgilerimi|beni [listeden|sistemden|rehberinizden|hemen|lütfen] sil*|çıkar*|kaldır*|engelle*', 'abonelig*|aboneliği*|üyeliği*|uyelig* ..1 iptal|sonlandır*|bitir*', 'yanlış numara*|kişi*', 'ilgilenmiyor*', 'rahat bırak*', 'iznim|onayım|rızam yok|olmadan|olmaksızın', 'iznimi|onayımı|rızamı geri|iptal|çekiyorum', 'numaramı nereden|nerden|nasıl|kimden', 'şikayet|sikayet ederim|edeceğim|ediyorum|edicem', 'bu spam', 'kaydolmadım|abone olmadım',
  ],
  footers: ['ret|iptal|red|stop yazıp|yazip|yaz|yazarak|yazın ..20', 'almak istemiyorsanız|istemiyorsaniz ..20', 'iptal|çıkmak|ret için ..20'],
  negators: [],
  betweenNegatorAndPhrase: [],
};
