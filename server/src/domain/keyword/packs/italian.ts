import type { LanguagePack } from '../pack.ts';

/** Read: no Italian keyword list of a provider was found; “STOP” and “annulla” stand in footers of Italian senders. All words are ours and await a native reader. “Fine” (end) is left out: English takes it for another word. */
export const italian: LanguagePack = {
  optOut: ['basta', 'cancellami', 'disiscrivimi', 'disiscrizione', 'disiscriviti', 'disiscriversi', 'annulla iscrizione', 'annullare iscrizione', 'cancella iscrizione', 'disdetta', 'disdici', 'rimuovimi', 'toglimi', 'eliminami', 'ferma', 'fermare', 'fermati', 'smettila', 'smettetela', 'stop messaggi', 'stop sms', 'revoca', 'cancellatemi', 'rimuovetemi', 'toglietemi'],
  optIn: ['iscrivimi', 'iscrizione', 'iscriviti', 'riattiva'],
  help: ['aiuto', 'info'],
  contextOptOut: ['annulla', 'annullare', 'cancella', 'cancellare', 'termina', 'terminare', 'esci', 'uscire', 'rimuovi', 'elimina'],
  contextOptIn: ['inizia', 'iniziare', 'riprendi', 'continua', 'avvia', 'attiva'],
  yes: ['sì', 'si', 'certo', 'confermo', 'va bene'],
  no: ['no', 'no grazie'],
  suspected: ['basta così', 'basta messaggi', 'numero sbagliato', 'non mi interessa', 'non sono interessato', 'non sono interessata', 'lasciatemi in pace', 'lasciami in pace', 'mai più', 'non voglio', 'spam', 'non disturbare', 'non disturbatemi', 'ha sbagliato numero', 'avete sbagliato numero'],
  classes: {
    messaggi: 'messaggi|messaggio|sms|email|mail|pubblicità|promozioni|promo|offerte|newsletter|notifiche|comunicazioni|chiamate|telefonate|spam|whatsapp|avvisi|info|informazioni',
    mandare: 'mandare|mandarmi|mandarci|inviare|inviarmi|inviarci|scrivere|scrivermi|scriverci|chiamare|chiamarmi|chiamarci|disturbare|disturbarmi|contattare|contattarmi|rompere|spedire|telefonare|telefonarmi|tormentarmi|importunarmi',
    scrivete: 'scrivetemi|scrivermi|scrivete|scrivere|mandatemi|mandarmi|mandate|mandare|inviatemi|inviarmi|inviate|inviare|contattatemi|contattarmi|contattate|chiamatemi|chiamarmi|chiamate|chiamare|disturbatemi|disturbarmi|disturbate|telefonatemi|telefonarmi|cercatemi|mandi|scriva|chiami|invii|contatti',
    togliere: 'toglietemi|toglimi|togliermi|cancellatemi|cancellami|cancellarmi|rimuovetemi|rimuovimi|rimuovermi|eliminatemi|eliminami|eliminarmi|levatemi|levami|depennatemi|disiscrivetemi|disiscrivimi',
  },
  phrases: [
    'smettetela|smettila|smettete|smetta|smetti|smettere|basta|finitela di|con ..1 @mandare|@messaggi', 'smettetela|smettila|smettete|finitela', 'basta [con] [i|gli|le|questi|queste|tutti] [questi] @messaggi', 'non|nn [mi|ci] [@scrivete] @scrivete [mi] più|piu|niente|altri|altro|mai|nulla', 'non @scrivete più|piu|mai', 'non [mi] @scrivete @messaggi', 'non voglio|vogliamo|desidero|desideriamo|intendo [più|piu|assolutamente] [più|essere|ricevere] [ricevere|più|essere] [più|i|le|altri|altre|altro|questi|queste|vostri|vostre|vostra|altre] [vostri|vostre] @messaggi|contattato|contattata|disturbato|nulla|niente|riceverne', 'non voglio|desidero più|piu', 'non [mi|sono] [più] interessa|interessano|interessato|interessata [più|grazie|piu|la|il|le|i] [grazie] $',
    '@togliere da|dal|dalla|dai|dalle|per|subito', 'togliere|cancellare|rimuovere|eliminare|cancellate|togliete|rimuovete|eliminate|cancella|elimina|rimuovi [il|i|la] mio|miei|mia|questo numero|nome|dati|contatto|email|nominativo|indirizzo', 'disiscri*', 'annulla|annullare|cancellare|cancella|disdire|disdico|annullate [la|l|il] [mia|iscrizione|mio] iscrizione|sottoscrizione|abbonamento', 'liscrizione|labbonamento annull*|cancell*', 'annulla|annullare|cancellare|cancella|disdire liscrizione|labbonamento', 'numero|persona sbagliato|sbagliata|errato', 'sbagliato|sbagliate|sbaglia numero|persona', 'lasciatemi|lasciami|lasciateci in pace|stare', 'non mi sono|ero mai|iscritto|iscritta|registrato', 'mai|non iscritto|chiesto|autorizzato|richiesto', 'revoco|revocare|ritiro [il] [mio] consenso', 'senza il mio consenso', 'come|dove|chi avete|ha|hai|vi [avuto|preso|ottenuto|trovato|dato] [avuto|preso|dato] il mio numero|contatto|indirizzo', 'vi|la denuncio|segnalo', 'segnal* ..2 garante|spam', 'questo è spam',
  ],
  footers: ['rispondi|rispondere|rispondete|invia|inviare|scrivi|digita [con|un|sms|la|al] [parola] stop|cancella|no|basta|annulla ..20', 'per non|cancellarti|cancellarsi|disiscriverti|annullare|disattivare ..4 rispondi|invia|scrivi|clicca|stop ..20', 'stop per|al ..20'],
  negators: ['non', 'senza', 'mai'],
  betweenNegatorAndPhrase: ['mi', 'voglio', 'volevo', 'vi', 'di', 'ho', 'chiesto', 'desidero', 'ci'],
};
