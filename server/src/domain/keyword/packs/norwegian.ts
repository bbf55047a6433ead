import type { LanguagePack } from '../pack.ts';

/** Read: Brevo's help (STOP does not work in Norway; UNSUB does). The other words are ours and await a native reader. */
export const norwegian: LanguagePack = {
  optOut: [
    'stopp', 'stopp sms', 'unsub', 'avmeld', 'avmeld meg', 'avmelding', 'meld av', 'meld meg av', 'avregistrer', 'si opp', 'slutt', 'slett meg', 'fjern meg',
    'ta meg bort', 'ingen flere sms', 'ingen flere meldinger',
  ],
  optIn: ['påmeld', 'meld på', 'abonner'],
  help: ['hjelp', 'info'],
  contextOptOut: ['avslutt', 'avbryt', 'avbestill', 'kanseller', 'slett', 'fjern'],
  contextOptIn: ['begynn', 'fortsett', 'gjenoppta'],
  yes: ['ja', 'jepp', 'bekreft'],
  no: ['nei', 'nei takk'],
  suspected: ['hold opp', 'nok', 'det er nok', 'feil nummer', 'ikke interessert', 'la meg være', 'aldri mer', 'spam', 'ikke forstyrr', 'gi deg', 'avmeldt'],
  classes: {
    melding: 'melding|meldinger|sms|smser|epost*|mail|mails|reklame|tilbud|nyhetsbrev|oppringninger|spam|varsler|beskjeder|henvendelser|info',
    sende: 'sende|send|sender|skrive|skriv|ringe|ring|ringer|kontakte|kontakt|forstyrre|forstyrr|spamme|maile|mase|plage',
  },
  phrases: [
    'slutt|slutte|stopp|stoppe|hold|kutt [opp|ut|vennligst] [nå|med|å] [å|med|disse|alle|de] [sende|å] @sende|@melding|mase',
    '@sende [meg|oss|til] [meg] ikke|ingen|aldri|ikkje [mer|flere|meldinger|noe|@melding]',
    'ikke|ingen flere|mer @melding',
    'ikke @sende [meg|til|flere|mer] [meg|flere|mer|noe|@melding]',
    'vil|ønsker|gidder [jeg|vi] [jeg|ikke] [ikke|lenger|ha|motta|få] [ha|motta|lenger|kontaktes|flere|mer|deres|få] [flere|deres|mer|disse] @melding|kontaktes|mer|noe',
    'ikke [lenger] interessert',
    'ønsker ikke å motta',
    'meld meg|oss ut|av',
    'slett|fjern|ta|stryk [vennligst|bort] meg|mitt|mine|oss|nummeret [nummer|telefonnummer|opplysninger|navn|data|bort] [fra|av|nummer]',
    'avmeld*|avregistr*',
    'meld meg|oss av',
    'melde meg|oss av',
    'si|sier|avslutt|stopp [opp] [mitt|dette] abonnement|abonnementet|nyhetsbrev|nyhetsbrevet',
    'feil nummer|person',
    'la meg|oss være|i',
    'aldri|ikke ..1 meldt|bedt|godkjent|samtykket',
    'trekker [tilbake] [mitt] samtykke*',
    'uten mitt samtykke',
    'hvor|hvordan har|fikk [dere|du] ..1 mitt|nummeret|tak',
    'anmelder|rapporterer ..2 spam',
    'dette|det er spam',
  ],
  footers: [
    'svar|send|sms|skriv [med|sms|en] [ordet|med] stopp|stop|avmeld|nei|unsub ..20',
    'for å [melde|stoppe|slutte|unngå|avslutte] ..4 svar|send|sms|klikk ..20',
  ],
  negators: ['ikke', 'aldri', 'uten', 'ikkje'],
  betweenNegatorAndPhrase: ['å', 'vil', 'meg', 'jeg', 'ville'],
};
