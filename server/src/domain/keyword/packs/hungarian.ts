import type { LanguagePack } from '../pack.ts';

/** Read: no Hungarian keyword list of a provider was found. All words are ours and await a native reader. */
export const hungarian: LanguagePack = {
  optOut: [
    'leiratkozás', 'leiratkozom', 'leiratkozni', 'leiratkoz', 'iratkoztass le', 'töröljön', 'töröljenek', 'töröljetek', 'elég', 'ne küldjenek', 'ne küldjön',
    'ne zavarjanak', 'lemondás', 'lemondom', 'lemondok', 'állj', 'stop sms',
  ],
  optIn: ['feliratkozás', 'feliratkozom'],
  help: ['segítség', 'infó'],
  contextOptOut: ['vége', 'mégse', 'törlés', 'kilépés', 'befejezés', 'megszakítás'],
  contextOptIn: ['kezdés', 'indítás', 'folytatás'],
  yes: ['igen', 'megerősítem', 'rendben igen'],
  no: ['nem', 'nem köszönöm'],
  suspected: [
    'rossz szám', 'téves szám', 'téves', 'nem érdekel', 'nem kérek', 'hagyjanak békén', 'hagyj békén', 'spam', 'soha többet', 'hagyjatok békén', 'nem kell', 'elegem van',
  ],
  classes: { uzenet: 'uzenet*|sms*|email*|reklam*|hirlevel*|ajanlat*|hivas*|spam*|ertesites*|level*|hirdetes*' },
  phrases: [
    'ne|soha [tobbet|tobb|ne|irjanak] [ne|@uzenet|nekem] [nekem|tobb|tobbet] kuld*|irj*|hiv*|zavar*|keress*|zaklas*',
    'ne kuld*|irjanak|irjon|irj|hivjanak|hivjon|hivj|zavar*|keress*|zaklass*',
    'nem szeretne*|akarok|kerek|kivanok|kerem|akarunk [tobb|tobbet|kapni|hallani] [tobb|ilyen|a|az|tobbet|kapni] [@uzenet|kapni|tobbet]',
    'nem erdekel [a|tovabb|koszonom|az]',
    'leiratkoz*|leirat*',
    'iratkoz* le',
    'toroljek|toroljen*|toroljetek|torold|torolje|toroljon [le|ki] a|az|kerem|engem|le|szamom*|adat*',
    'vegyenek|vegyen|vegyetek|vegyel le|ki',
    'hagyjak|hagyja|fejezzek|fejezze|hagyd abba [a] [@uzenet]',
    'mondom|lemondom ..1 hirlevel*|feliratkozas*',
    'rossz|teves szam*|hivas',
    'hagyj* beken',
    'visszavonom ..1 hozzajarulas*',
    'hozzajarulas*|engedely* nelkul',
    'nem iratkoztam|jarultam|kertem|regisztraltam',
    'honnan van|tudjak|szereztek ..1 szamom*',
    'ez spam',
  ],
  footers: [
    'valaszoljon|kuldje|kuldjon|irja|valasz [a|el|be] stop|leiratkozas ..20',
    'leiratkozashoz|lemondashoz ..3 stop|valasz*|kuld*|kattint* ..20',
    'stop valasz|uzenettel|szoval ..20',
  ],
  negators: ['ne', 'nem', 'soha'],
  betweenNegatorAndPhrase: ['akarok', 'szeretnek', 'akartam', 'akarom', 'fogok'],
};
