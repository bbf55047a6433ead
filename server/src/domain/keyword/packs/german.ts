import type { LanguagePack } from '../pack.ts';

/** Read: STOP and STOPP in the footers of German providers; the verbs of the Gmail and CleverReach unsubscribe pages (abmelden, abbestellen, austragen). Sentences are ours and await a native reader. */
export const german: LanguagePack = {
  optOut: ['stopp', 'stoppen', 'abmelden', 'abmeldung', 'melden sie mich ab', 'meldet mich ab', 'mich abmelden', 'abbestellen', 'abbestellung', 'newsletter abbestellen', 'newsletter abmelden', 'austragen', 'mich austragen', 'austragung', 'kündigen', 'kündigung', 'abo kündigen', 'widerruf', 'widerrufen', 'widerspruch', 'keine werbung', 'keine sms mehr', 'keine nachrichten mehr', 'keine werbung mehr'],
  optIn: ['anmelden', 'anmeldung', 'abonnieren', 'wieder anmelden', 'eintragen'],
  help: ['hilfe', 'info'],
  contextOptOut: ['ende', 'beenden', 'abbrechen', 'abbruch', 'löschen', 'stornieren', 'entfernen', 'aufhören', 'schluss', 'raus', 'aus'],
  contextOptIn: ['starten', 'weiter', 'fortsetzen', 'beginnen', 'anfangen', 'zurück'],
  yes: ['ja', 'jawohl', 'jo', 'jep', 'klar', 'bestätigt', 'einverstanden'],
  no: ['nein', 'nein danke', 'nö', 'nee', 'ne'],
  suspected: ['hör auf', 'hört auf', 'hören sie auf', 'aufhören bitte', 'schluss jetzt', 'schluss damit', 'genug', 'es reicht', 'lasst das', 'lass das', 'lassen sie das', 'kein interesse', 'kein interesse mehr', 'nicht interessiert', 'falsche nummer', 'falscher kontakt', 'falsche person', 'verwählt', 'nie wieder', 'nicht mehr', 'lass mich in ruhe', 'lasst mich in ruhe', 'lassen sie mich in ruhe', 'in ruhe lassen', 'nicht stören', 'verpiss dich', 'tschüss', 'spam', 'abgemeldet', 'streichen', 'weg', 'raus hier', 'blockieren', 'sperren', 'abmeldn', 'abmelde', 'abestellen', 'kündige'],
  classes: {
    nachricht: 'nachricht|nachrichten|sms|mail|mails|email|emails|werbung|werbungen|werbe*|newsletter|angebot|angebote|anruf|anrufe|mitteilung|mitteilungen|benachrichtigung|benachrichtigungen|spam|infos|whatsapp|whatsapps|kontakt|kontaktaufnahme|post|reklame|messages|info|meldungen|texte|rundmails',
    schreiben: 'schreiben|senden|schicken|schickt|anzurufen|anrufen|zuschreiben|zusenden|zuzusenden|schickst|texten|belästigen|nerven|kontaktieren|spammen|zuspammen|zu|anschreiben|anzuschreiben|behelligen',
    schreibt: 'schreibt|schreib|schreiben|schreibe|schick|schickt|schicken|sende|sendet|senden|ruf|ruft|rufen|kontaktier|kontaktiert|kontaktieren|belästigt|belästigen|belästige|nervt|melde|meldet|melden',
    loeschen: 'löschen|lösche|löscht|lösch|entfernen|entferne|entfernt|entfern|streichen|streiche|streicht|streich|nehmen|nehmt|nimm|nehme|austragen|trage|tragen|tragt|werfen|werft|vergessen|vergesst|sperren|sperrt|blockieren',
    daten: 'nummer|telefonnummer|handynummer|rufnummer|daten|kontaktdaten|kontakt|adresse|mailadresse|email|emailadresse|eintrag|namen|name|handy|konto|account|profil',
    verteiler: 'verteiler|liste|listen|verteilerliste|adressliste|mailingliste|kartei|datenbank|system|newsletter|emailverteiler|mailverteiler|kontaktliste|kontakten|gruppe|datei|werbeliste',
    mich: 'mich|uns|meine|meinen|mir|diese|unsere',
    nochWas: 'heute|morgen|vor|nach|bis|jetzt|um|wenn|weil|während|am|in|im|gerade|diese|dieses',
  },
  phrases: [
    // hören Sie auf, mir zu schreiben
    'hör|hört|hören|höre [sie|bitte|endlich|mal] [bitte|endlich|mal|sofort] auf [bitte|damit|mir|mich|uns|endlich|ständig|mit] [mir|mich|ständig|nachrichten|zu|den|diesen|sms|dem|ihren|euren|solche|diese] @schreiben|@nachricht|damit|bitte|zu',
    'aufhören [mir|mich|mit|bitte|uns] [zu|diesen|den|ständig|nachrichten|sms] @schreiben|@nachricht|schreiben|nerven',
    'stopp|stoppt|stoppen|stop|beenden|unterlassen|unterlasst|einstellen|schluss [sie|mit|bitte|die|das|den] [die|das|diese|den|diesen|der|ihre|eure|bitte|mit|zusendung|alle] [von|der] @nachricht|zusendung|zusendungen|belästigung|schreiben|kontakt',
    // keine Nachrichten mehr
    'keine|kein|keinerlei|nie|keinen [weiteren|weitere|werbe|solche|solchen|mehr|eurer|ihrer] @nachricht [mehr|bitte|von|erhalten|bekommen|schicken|senden|an] [mehr|bitte|ihnen|euch|erhalten|schicken|senden|bekommen|mich]',
    '@schreibt|schreibst [sie|ihr|bitte|mir|mich|uns] [mir|mich|uns|bitte|diese|hier] [bitte|hier] nicht|nie|keine|nichts|niemals|nimmer [mehr|wieder|weiter|weiteren|@nachricht|nummer|an] !@nochWas',
    'nicht|nie|niemals [mehr|wieder|weiter] [mehr|hier|bitte] @schreiben|kontaktieren|anrufen|schreiben|stören|belästigen|kontaktiert|angeschrieben|angerufen|belästigt',
    'möchte|will|wünsche|wollen|möchten|mag [ich|wir|bitte|von|eure|ihre|diese] [ich|von|ihnen|euch|in|bitte|zukunft] nicht|keine|kein|nichts|nie|keinen ..2 @nachricht|hören|kontaktiert|angerufen|angeschrieben|erhalten|bekommen|belästigt|mehr',
    'nichts mehr von [ihnen|euch|dir|hören]', 'nicht mehr kontaktiert|angeschrieben|angerufen|erhalten|bekommen|interessiert|wünsche|gewünscht|erwünscht|belästigt',
    'nicht|kein|keinerlei|keine [mehr|weiter|daran|wirklich] interesse|interessiert|bedarf !@nochWas',
    'unerwünscht*|ungebeten* @nachricht|anrufe|anruf',
    // nehmt mich aus dem Verteiler
    '@loeschen [sie|ihr|bitte|mal] [bitte|mich|mir|uns] [bitte|mich] aus|von|vom [dem|der|ihrem|ihrer|eurem|eurer|diesem|dieser|allen|deiner|deinem] @verteiler',
    '@loeschen [sie|bitte|ihr] [bitte|doch|alle|sofort] @mich [@daten|aus|bitte|raus|von|sofort|daraus|daten] !tasche',
    'meine|unsere|mein [@nachricht|alle] @daten [bitte|aus|sofort|wieder|endgültig|umgehend] [ihrer|eurer|der|bitte|dem|sofort] [@verteiler] löschen|entfernen|streichen|löscht|gelöscht|austragen|sperren|raus', 'mich [bitte|sofort|umgehend] [aus|von|vom] [dem|der|ihrem|ihrer|eurem|eurer|diesem|dieser|allen] [@verteiler] löschen|entfernen|streichen|nehmen|austragen|abmelden|raus|gelöscht|entfernt',
    'aus|von|vom [dem|der|ihrem|ihrer|eurem|eurer|diesem|dieser|allen] @verteiler [bitte|wieder] nehmen|genommen|löschen|gelöscht|entfernen|entfernt|streichen|gestrichen|austragen|raus|austragen|abmelden|abgemeldet',
    'bitte|gerne|möchte|will|sofort|mich|kann|wie|würde [ich|gerne|mich|sofort|hiermit|ich|wieder] [mich|hier|wieder|gerne|sofort] abmelden|austragen|abbestellen|abgemeldet|abmeldung',
    'melden|melde|meldet|meld|trage|tragen|tragt|bestelle|bestellen [sie|ich|bitte|ihr|mich|den|hiermit|euch] [mich|bitte|uns|newsletter|hiermit|sofort] [bitte|vom|von|aus|hiermit|hier|newsletter|wieder] [newsletter|verteiler|dem|bitte|@verteiler] ab|aus',
    'newsletter|werbung|abo|abonnement|sms|nachrichten|benachrichtigungen [bitte|sofort] abbestellen|abmelden|kündigen|abstellen|stoppen|beenden|austragen|stornieren|einstellen',
    'widerrufe|widerspreche|widerruf|widersprechen|widerspruch|widerrufen [ich] [hiermit] [der|meine|die|meiner|gegen] [weiteren] zustimmung|einwilligung|nutzung|verwendung|werbung|erlaubnis|zusendung', 'ohne meine|mein zustimmung|einwilligung|erlaubnis|einverständnis', 'nie|nicht|keine [meine|dazu|dafür|eine|je|zu] zustimmung|einwilligung|zugestimmt|eingewilligt|angemeldet|abonniert|registriert|eingetragen',
    // falsche Nummer, Beschwerden
    'falsche|falschen|falscher|falsch nummer|person|kontakt|ansprechpartner|adresse|verbunden|empfänger|gelandet', 'lass|lasst|lassen [sie|mich|ihr|uns] [mich|uns|bitte|endlich] [endlich|bitte|doch] in|zufrieden [ruhe|frieden]', 'in ruhe lassen|gelassen', 'woher|wo haben|habt|hast|haben|kennt|kennen [sie|ihr|du] [sie|ihr|denn|überhaupt] meine|diese nummer|daten|handynummer|telefonnummer|adresse|kontaktdaten', 'anzeige|anzeigen|anwalt|abmahnung|bundesnetzagentur|melden ..3 spam|erstatten|belästigung|bundesnetzagentur|einschalten|polizei|verbraucherzentrale', 'das ist spam|belästigung', 'blockiere|blockier euch|sie|diese|dich|die',
  ],
  footers: [
    'antworten|antworte|antwortet|senden|sende|schreiben|schreibe|sms|texten|antwort [sie|einfach|du] [mit|einfach|sms|bitte] [mit|sms|dem|wort] stop|stopp|ende|abmelden|nein|hilfe|aus ..20', 'zum|um|für [sich|abmelden|abbestellen|keine|beenden|abmeldung|die|den] ..5 antworten|antworte|senden|sende|schreiben|klicken|stop|stopp|klicke ..20', 'stop|stopp|abmelden mit|zum|um|an|per|senden [abmelden|abbestellen|sich|sms|stop] ..20', 'abmelden|abmeldung|abbestellen mit|per|unter|hier|über|durch|via [stop|stopp|sms|link] ..20', 'sie|du wurden|wurdest|sind|bist [erfolgreich|nun|jetzt|vom|von] [abgemeldet|erfolgreich|newsletter|nun] abgemeldet|ausgetragen|keine ..20',
  ],
  negators: ['nicht', 'nie', 'niemals', 'ohne', 'kein', 'keine', 'nichts'],
  betweenNegatorAndPhrase: ['mehr', 'zu', 'mich', 'bitte', 'auf', 'wieder', 'damit', 'ich', 'sie', 'ihr'],
};
