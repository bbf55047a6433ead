import type { LanguagePack } from '../pack.ts';

/** Read: STOPP in Brevo's table of countries and Swedish footers. The other words are ours and await a native reader. */
export const swedish: LanguagePack = {
  optOut: [
    'stopp', 'stoppa', 'avregistrera', 'avregistrera mig', 'avregistrering', 'avanmäl', 'avanmälan', 'avprenumerera', 'avsluta prenumeration', 'säg upp', 'sluta',
    'ta bort mig', 'inga fler sms', 'inga fler meddelanden', 'stoppa sms',
  ],
  optIn: ['anmäl', 'prenumerera', 'registrera'],
  help: ['hjälp', 'info'],
  contextOptOut: ['avsluta', 'avbryt', 'avboka', 'ta bort', 'radera'],
  contextOptIn: ['starta', 'börja', 'fortsätt', 'återuppta'],
  yes: ['ja', 'japp', 'jo', 'bekräfta'],
  no: ['nej', 'nej tack', 'nä'],
  suspected: [
    'räcker', 'det räcker', 'nog', 'fel nummer', 'fel person', 'inte intresserad', 'ej intresserad', 'lämna mig ifred', 'lämna mig i fred', 'aldrig mer', 'vill inte',
    'spam', 'stör ej', 'lägg av', 'avregistrerad',
  ],
  classes: {
    medd: 'meddelande|meddelanden|sms|mejl|mail|mails|epost|reklam|erbjudanden|erbjudande|nyhetsbrev|utskick|samtal|spam|notiser|annonser|info|information|post',
    skicka: 'skicka|skickar|sms|smsa|mejla|maila|ringa|ring|ringer|kontakta|skriva|skriv|messa|störa|stör|spamma',
  },
  phrases: [
    'sluta|slutar|upphör [upp|genast|nu|snälla] [med|att|upp] [att] @skicka|@medd',
    'stoppa|stopp [med|alla|era|dessa|de] [alla|era|dessa|att] @medd|@skicka',
    '@skicka [mig|oss|till] [mig] inte|inga|aldrig|ej|ingenting [mer|mera|fler|något|längre|@medd]',
    'skicka|ring|kontakta|smsa|mejla [mig] inte|ej|aldrig|inga',
    'inga [fler|mer|flera] @medd',
    'vill|önskar|orkar [jag|vi|du|ni] [jag|inte|ej|att|fortsätta] [inte|längre|ha|få|ta|ej|ni] [ha|få|längre|emot|bli|skickar|mer|fler|era] [några|era|fler|mer|dessa|mera|kontaktad] @medd|kontaktad|något|er',
    'inte|ej|längre [längre] intresserad|intresserade',
    'vill inte få|ha fler|mer|några|$',
    'ta|stryk|plocka|radera [bort] [mig|mitt|mina|vårt] [nummer|telefonnummer|uppgifter|bort|namn|email] från|bort|ur',
    'ta|plocka bort mig|mitt|mina|numret',
    'radera|stryk mitt|mina|mig',
    'avregistrer*|avprenumer*|avanmal*',
    'avsluta|säga|säg|sägs [upp] [min|mitt|prenumeration*|upp] prenumeration*|nyhetsbrev*|upp',
    'fel nummer|person|mottagare',
    'lämna|låt mig|oss vara|ifred|i [ifred|fred]',
    'aldrig|inte ..1 anmält|registrerat|bett|godkänt|samtyckt',
    'återkallar|återkalla|drar [mitt|tillbaka] [mitt] samtycke',
    'utan mitt samtycke|medgivande',
    'hur|var|varifrån har|fick [ni|du] [fått] mitt|tag',
    'anmäler|anmäla ..2 spam|konsumentverket|imy',
    'det|detta är spam',
  ],
  footers: [
    'svara|skicka|sms|smsa|svar [med|sms] [med|ordet] stopp|stop|avsluta|nej ..20',
    'för att [slippa|avsluta|avregistrera|stoppa|inte] ..4 svara|skicka|sms|smsa|klicka ..20',
  ],
  negators: ['inte', 'ej', 'aldrig', 'utan', 'icke'],
  betweenNegatorAndPhrase: ['att', 'vill', 'mig', 'jag', 'ville'],
};
