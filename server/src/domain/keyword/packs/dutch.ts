import type { LanguagePack } from '../pack.ts';

/** Read: unsubscribe links that an open-source mail plugin knows (afmelden, af te melden), STOP in Brevo's table of countries. The other words are ours and await a native reader. */
export const dutch: LanguagePack = {
  optOut: ['afmelden', 'afmelding', 'meld af', 'meld me af', 'meld mij af', 'uitschrijven', 'uitschrijving', 'schrijf me uit', 'schrijf mij uit', 'stoppen', 'opzeggen', 'opzegging', 'afmelden sms', 'stop sms', 'stop berichten', 'geen berichten meer', 'geen sms meer', 'geen reclame', 'geen reclame meer'],
  optIn: ['aanmelden', 'inschrijven', 'aanmelding'],
  help: ['hulp', 'info'],
  contextOptOut: ['einde', 'annuleren', 'annuleer', 'beëindigen', 'verwijder', 'verwijderen', 'wissen', 'ophouden', 'eruit'],
  contextOptIn: ['starten', 'begin', 'beginnen', 'hervatten', 'doorgaan', 'verder'],
  yes: ['ja', 'jawel', 'jazeker', 'akkoord', 'bevestig'],
  no: ['nee', 'neen', 'nee bedankt', 'nee dank u'],
  suspected: ['hou op', 'houd op', 'ophouden nu', 'genoeg', 'verkeerd nummer', 'verkeerde nummer', 'geen interesse', 'niet geïnteresseerd', 'laat me met rust', 'laat mij met rust', 'nooit meer', 'niet meer', 'spam', 'niet storen', 'blokkeer', 'afgemeld', 'stop ermee', 'stop er mee', 'rot op', 'tot ziens', 'verwijder mij', 'verwijder me'],
  classes: {
    bericht: 'bericht|berichten|berichtjes|sms|smsjes|smsen|mail|mails|email|emails|reclame|advertenties|nieuwsbrief|nieuwsbrieven|aanbiedingen|aanbieding|meldingen|telefoontjes|spam|appjes|apps|promoties|info|post|notificaties|contact',
    sturen: 'sturen|stuur|stuurt|zenden|zend|mailen|mail|bellen|bel|belt|appen|app|appt|smsen|sms|smst|berichten|schrijven|lastigvallen|storen|spammen|contacteren|contacteer|benaderen|benader|versturen|verstuur',
  },
  phrases: [
    'stop|stoppen|ophouden|hou|houd|kappen|kap [eens|onmiddellijk|aub] [op] [nu|eens] met|mee ..2 @sturen|@bericht', 'hou|houd op met|mij|me', 'stop [met|de|deze|jullie|alle] [al] [deze|die|jullie|uw|het|dit] @bericht', 'geen [enkele] [@bericht] [@bericht] meer', 'geen @bericht meer|alstublieft|aub', 'stuur|stuurt|sturen|zend|app|bel|mail|sms|bericht|benader|contacteer|schrijf|verstuur [me|mij|ons|mij|dit] [aub|alstublieft|dit|nummer] niet|geen|nooit|niets|niks [meer|@bericht|nog] [meer]', 'niet|nooit meer [te] [@sturen|gebeld|benaderd|lastig] @sturen|gebeld|benaderd|lastiggevallen|gecontacteerd|gemaild|geappt', 'wil|wens|wensen|willen|wens|hoef|wilt [ik|wij|we] [ik|geen|niet|niets|graag] [geen|niet|meer|niks|niets|jullie|uw] [enkele|meer|jullie|uw] [@bericht|gebeld|benaderd] [meer] @bericht|ontvangen|krijgen|horen|gebeld|benaderd|meer|hebben', 'niet meer|langer ontvangen|geïnteresseerd|gebeld', 'geen interesse|belangstelling', 'niet [meer] geïnteresseerd',
    'verwijder|verwijderd|verwijderen|wis|schrap|haal|halen|haalt|gooi|neem mij|me|ons|mijn|dit|onze [nummer|telefoonnummer|gegevens|naam|email|contact|uit|van|mailadres|data|contactgegevens] [uit|van|uit|aub|eraf|af] [de|jullie|uw|deze|het] [lijst|bestand|mailinglijst|systeem|database|lijsten|verzendlijst]', 'mijn|dit nummer|gegevens|telefoonnummer|data|contactgegevens|email ..3 verwijderen|verwijderd|wissen|gewist|schrappen|weghalen', 'van|uit [de|jullie|uw|deze|het] lijst|mailinglijst|bestand|verzendlijst|mailinglist|lijsten', 'meld|schrijf [mij|me|ons] [aub|alstublieft|graag|hierbij|nu] [hier] af|uit|uitschrijven', 'afmelden|uitschrijven|afgemeld|uitgeschreven|afmelding|uitschrijving|afmelde', 'abonnement|nieuwsbrief|abo opzeggen|stopzetten|beëindigen|stoppen|annuleren', 'zeg|zeggen ..2 abonnement op', 'verkeerd|verkeerde|fout|foute nummer|persoon|contact', 'laat|laten me|mij|ons met|alleen', 'met rust laten|gelaten', 'nooit|niet|geen ..1 aangemeld|ingeschreven|toestemming|gevraagd', 'zonder [mijn] toestemming', 'toestemming ..1 in|intrekken', 'hoe|waar|van komen|kom|heeft|hebben|wie [u|jullie|je] ..2 aan|mijn [mijn|dit] nummer|gegevens', 'dit is spam',
  ],
  footers: ['antwoord|beantwoord|stuur|sms|reageer|typ|app [met|een|dan] [sms|met|het|woord] stop|afmelden|uit|nee|stoppen ..20', 'om|voor [u|je] [af|uit] ..4 stuur|antwoord|sms|klik|stop ..20', 'stop om|naar|aan ..20', 'afmelden|uitschrijven|afmelding via|door|met|sms|stuur|klik ..20'],
  negators: ['niet', 'nooit', 'geen', 'zonder'],
  betweenNegatorAndPhrase: ['meer', 'me', 'mij', 'te', 'wil', 'ik', 'hoef', 'mee'],
};
