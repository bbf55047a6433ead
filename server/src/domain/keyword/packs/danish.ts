import type { LanguagePack } from '../pack.ts';

/** Read: unsubscribe links that an open-source mail plugin knows (afmeld). The other words are ours and await a native reader. */
export const danish: LanguagePack = {
  optOut: [
    'stopp', 'afmeld', 'afmeld mig', 'afmelding', 'frameld', 'frameld mig', 'framelding', 'afmeldes', 'afregistrer', 'opsig', 'opsigelse', 'slet mig', 'fjern mig',
    'ikke flere sms', 'ikke flere beskeder', 'stop sms', 'stop beskeder',
  ],
  optIn: ['tilmeld', 'tilmeld mig', 'abonner'],
  help: ['hjælp', 'info'],
  contextOptOut: ['afslut', 'annuller', 'slet', 'fjern', 'afbestil'],
  contextOptIn: ['begynd', 'fortsæt', 'genoptag'],
  yes: ['ja', 'jep', 'bekræft'],
  no: ['nej', 'nej tak', 'næ'],
  suspected: [
    'hold op', 'nok', 'det er nok', 'forkert nummer', 'ikke interesseret', 'lad mig være', 'aldrig mere', 'spam', 'forstyr ikke', 'stop nu', 'afmeldt', 'frameldt',
  ],
  classes: {
    besked: 'besked|beskeder|sms|smser|mail|mails|email|emails|reklame|reklamer|tilbud|nyhedsbrev|nyhedsbreve|opkald|spam|notifikationer|post|henvendelser|info',
    sende: 'sende|send|sender|skrive|skriv|skriver|ringe|ring|ringer|kontakte|kontakt|kontakter|maile|smse|forstyrre|forstyr|spamme|genere|chikanere',
  },
  phrases: [
    'stop|hold|lad [venligst|op] [op|nu|venligst] [med|at] [at|jeres|alle] @sende|@besked',
    'stop [med|alle|jeres|disse|de|denne] [alle|jeres|disse|at] @besked',
    '@sende [mig|os|til] [mig] [venligst] ikke|ingen|aldrig|intet [mere|flere|@besked|længere]',
    'ikke|ingen flere|mere @besked',
    'ønsker|vil [jeg] ikke at|længere modtage|have|kontaktes|$',
    'vil|ønsker|gider [jeg|vi] [jeg|ikke|gerne] [ikke|længere|ha|have|modtage|mere] [have|modtage|længere|kontaktes|flere|mere|jeres|få] [flere|jeres|mere] @besked|kontaktes|mere|noget',
    'ikke [længere] interesseret',
    'slet|fjern|tag|slette|fjerne|stryg [venligst] mig|mit|mine|os [nummer|telefonnummer|oplysninger|navn|data] [fra|af|nummer]',
    'mit|mine nummer|oplysninger|data ..1 slettet|fjernet',
    'afmeld*|frameld*|afregistr*',
    'opsig|opsige|stop|afmelde|annuller [mit|min|dette] abonnement|nyhedsbrev|tilmelding',
    'forkert|forkerte nummer|person',
    'ønsker ikke at modtage',
    'lad mig|os være|i',
    'aldrig|ikke ..1 tilmeldt|bedt|givet|accepteret',
    'trækker|tilbagetrækker|tilbagekalder [mit] samtykke',
    'uden mit samtykke',
    'hvor|hvordan har [i|du] ..1 mit|nummer',
    'anmelder|anmelde ..2 spam',
    'dette|det er spam',
  ],
  footers: [
    'svar|send|sms|skriv [med|sms|en] [ordet|med] stop|afmeld|nej|frameld ..20',
    'for at [afmelde|framelde|stoppe|undgå] ..4 svar|send|sms|klik ..20',
  ],
  negators: ['ikke', 'aldrig', 'uden'],
  betweenNegatorAndPhrase: ['at', 'vil', 'mig', 'jeg', 'ville'],
};
