import type { LanguagePack } from '../pack.ts';

/** Read: no Finnish keyword list of a provider was found; Brevo names STOP for Finland. All other words are ours and await a native reader. */
export const finnish: LanguagePack = {
  optOut: [
    'lopeta', 'lopettaa', 'lopetus', 'peruuta tilaus', 'peru tilaus', 'poista minut', 'poista numeroni', 'en halua viestejä', 'ei viestejä', 'peru uutiskirje',
    'irtisano', 'seis', 'ei enää viestejä', 'estä viestit',
  ],
  optIn: ['tilaa', 'liity'],
  help: ['apua', 'ohje', 'info'],
  contextOptOut: ['peruuta', 'peru', 'poista', 'loppu', 'keskeytä'],
  contextOptIn: ['aloita', 'jatka'],
  yes: ['kyllä', 'joo', 'juu', 'vahvista', 'vahvistan'],
  no: ['ei', 'ei kiitos', 'en'],
  suspected: [
    'riittää', 'väärä numero', 'ei kiinnosta', 'en ole kiinnostunut', 'jättäkää rauhaan', 'jätä rauhaan', 'spam', 'roskaposti', 'älkää häiritkö', 'lopettakaa',
    'poistakaa',
  ],
  classes: { viesti: 'viesti*|tekstiviesti*|sms|mainos*|mainonta*|uutiskirje*|sahkoposti*|posti*|puhelu*|spammi*|ilmoituk*|tarjouk*|markkinoin*' },
  phrases: [
    'älä|älkää [enää|koskaan|laheta*] lahet*|soit*|tekst*|laita*|häiri*|ottako|ota|kirjoit*|spamm* [mulle|minulle|enää|meille|yhteyttä]',
    'lopet* ..2 lahet*|@viesti|soit*|viestien|spämm*|mainost*',
    'en|emme halua|halunnut|tahdo|toivo [enää] viestej*|sähköpost*|mainok*|puheluita|tekstiviestej*',
    'en|emme halua|halunnut|tahdo|toivo [enää|saada|ottaa|vastaanottaa] [saada|enää|vastaanottaa|teidän|mitään] [teidän|enää|tätä|näitä|mitään] @viesti|mitään|näitä|teiltä',
    'ei|eikä [enää] [enempää|lisää] @viesti',
    'poist* minut|numeroni|sähköposti*|osoitteeni|yhteystietoni|tietoni|numero|minun|meidät',
    'peru*|peruut* [uutiskirjeen|viestien] tilauk*|tilaus*|uutiskirje*',
    'väärä|väärään numero*|henkilö*',
    'en ole [enää|koskaan] kiinnostunut|tilannut|liittynyt|antanut',
    'ei kiinnosta [enää]',
    'jätt*|jätä|antakaa minut|mut|minun rauhaan|olla',
    'peru*|perun|vedän suostumuk*',
    'ilman suostumus*|lupaani',
    'mistä saitte|saitko|sait|olette|teillä ..1 numero*',
    'tämä on spammia|roskapostia',
  ],
  footers: [
    'vastaa|lähetä|kirjoita [viesti|sana|tekstiviesti] stop|lopeta|ei|peru ..20',
    'lopettaaksesi|peruaksesi|estääksesi|kiellä ..4 lähetä|vastaa|stop|klikkaa ..20',
  ],
  negators: ['en', 'ei', 'emme', 'älä', 'älkää'],
  betweenNegatorAndPhrase: ['halua', 'halunnut', 'enää', 'minua', 'tahdo'],
};
