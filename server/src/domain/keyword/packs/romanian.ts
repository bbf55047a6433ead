import type { LanguagePack } from '../pack.ts';

/** Read: no Romanian keyword list of a provider was found. All words are ours and await a native reader. */
export const romanian: LanguagePack = {
  optOut: [
    'dezabonare', 'dezabonez', 'mă dezabonez', 'dezabonați mă', 'dezabonează mă', 'dezaboneaza', 'vreau să mă dezabonez', 'anulare abonament', 'anulați abonamentul',
    'ștergeți mă', 'opriți', 'oprește', 'opriți mesajele', 'gata cu mesajele', 'nu mai vreau mesaje', 'nu deranjați',
  ],
  optIn: ['abonare', 'mă abonez', 'abonează mă'],
  help: ['ajutor', 'info', 'informații'],
  contextOptOut: ['anulare', 'anulează', 'renunț', 'ieșire', 'sfârșit', 'șterge', 'închide', 'terminat', 'oprire'],
  contextOptIn: ['începe', 'continuă', 'reia', 'activează'],
  yes: ['da', 'confirm', 'sunt de acord'],
  no: ['nu', 'nu mulțumesc'],
  suspected: [
    'destul', 'ajunge', 'număr greșit', 'ați greșit numărul', 'nu sunt interesat', 'nu sunt interesată', 'nu mă interesează', 'lăsați mă în pace', 'spam', 'niciodată',
    'nu mai vreau', 'greșeală', 'terminați',
  ],
  classes: { mesaj: 'mesaj|mesaje|mesajele|sms|smsuri|smsurile|email|emailuri|emailurile|reclame|reclamele|oferte|ofertele|newsletter|newslettere|apeluri|spam|notificari|notificarile|promotii|promotiile|publicitate' },
  phrases: [
    'nu [imi|ma|mi|ne|m] [mai] trimit*|scri*|suna*|contact*|deranj*|apela*',
    'nu mai vreau|doresc|trimite*|scri*|suna*|contacta*|deranja*',
    'nu [mai] vreau|doresc|dorim|vrem|accept [sa] [mai] [primesc|primim|fiu|ma] [mai|contactat*] [@mesaj|nimic|de]',
    'opriti|opreste|incetati|inceteaza|terminati|gata [cu|odata|sa|va|din] [toate|aceste|sa|odata|mi|cu] [mi|trimiteti|aceste] @mesaj|trimite*|scri*|suna*|trimis*',
    'dezabon*',
    'stergeti|sterge|eliminati|elimina|scoateti|scoate|radiati ma|mi|numarul|datele|va [rog|numarul|din|de|datele] [meu|lista|numarul|datele|pe|mele|baza]',
    'anulati|anulez|anuleaza|anulare [mi] abonamentul|abonament|inscrierea',
    'fara @mesaj',
    'numar|numarul gresit',
    'gresit numarul|persoana',
    'nu sunt|ma [mai] interesat*|intereseaz*',
    'lasati|lasa ma|ne in',
    'nu [mi|m|am] [am] abonat|inscris|dat|cerut',
    'retrag|revoc ..1 consimtamant*|acord*',
    'fara [consimtamantul|acordul] meu',
    'de unde aveti|ai|ati [luat|numarul] [numarul] [meu]',
    'este|e spam',
    'nici un|niciun @mesaj',
  ],
  footers: [
    'raspunde|raspundeti|trimite|trimiteti|scrie [cu|un|sms] [sms|cuvantul|cu] stop|nu|dezabonare ..20',
    'pentru [dezabonare|a|anulare] ..4 raspunde*|trimite*|accesati|click|stop ..20',
  ],
  negators: ['nu', 'fara', 'niciodata'],
  betweenNegatorAndPhrase: ['vreau', 'sa', 'ma', 'doresc', 'voiam', 'am', 'cerut', 'mi', 'va', 'mai'],
};
