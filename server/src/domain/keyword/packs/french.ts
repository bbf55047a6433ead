import type { LanguagePack } from '../pack.ts';

/**
 * Read: Twilio Proxy (arrêt, arrête, arrett), AWS (ARRET; aide, info for Canada), vendor lists (désabonner, annuler, fin); “STOP au 36xxx” is the form of
 * French operators. Sentences are ours and await a native reader.
 */
export const french: LanguagePack = {
  optOut: [
    'arrêt', 'arrête', 'arrêter', 'arrêtez', 'arrett', 'stop sms', 'stop pub', 'désabonner', 'désabonnement', 'me désabonner', 'désabonnez moi', 'désabonne moi',
    'désinscrire', 'désinscription', 'me désinscrire', 'désinscrivez moi', 'désinscris moi', 'se désabonner', 'je me désabonne', 'je veux me désabonner', 'stop tout',
    'résilier', 'désabonne',
  ],
  optIn: ['abonner', 'abonnement', 'm’abonner', 'réabonner', 'me réabonner', 's’abonner', 'inscription'],
  help: ['aide', 'info', 'infos'],
  contextOptOut: ['annuler', 'fin', 'quitter', 'supprimer', 'terminer', 'sortir', 'annulation', 'effacer', 'retirer', 'résiliation'],
  contextOptIn: ['commencer', 'démarrer', 'continuer', 'reprendre', 'retour', 'débuter', 'activer'],
  yes: ['oui', 'ouais', 'ok oui', 'd’accord', 'je confirme', 'o'],
  no: ['non', 'non merci', 'nan'],
  suspected: [
    'assez', 'ça suffit', 'stoppez', 'stopper', 'stoppe', 'cessez', 'plus jamais', 'jamais', 'pas intéressé', 'pas intéressée', 'non intéressé', 'laissez moi',
    'laissez moi tranquille', 'foutez moi la paix', 'fichez moi la paix', 'dégage', 'dégagez', 'mauvais numéro', 'faux numéro', 'erreur de numéro', 'spam', 'au revoir',
    'adieu', 'supprimez', 'supprimez moi', 'retirez moi', 'enlevez moi', 'effacez moi', 'ras le bol', 'plus de pub', 'plus rien', 'arretter', 'arreté', 'aret', 'arets',
    'désabonné', 'ne pas déranger', 'bloquer',
  ],
  classes: {
    message: 'message|messages|msg|msgs|sms|texto|textos|mail|mails|email|emails|courriel|courriels|pub|pubs|publicité|publicités|offre|offres|promo|promos|promotion|promotions|notification|notifications|newsletter|newsletters|appel|appels|spam|spams|communication|communications|sollicitation|sollicitations|alertes|infos|annonces|démarchage|rappels|nouvelles',
    envoyer: 'envoyer|écrire|appeler|contacter|déranger|harceler|solliciter|texter|spammer|importuner|embêter|emmerder|relancer|téléphoner|démarcher|envoyez|joindre',
    envoyez: 'envoyez|envoie|envoies|écrivez|écris|appelez|appelle|appelles|contactez|contacte|contactes|dérangez|dérange|harcelez|sollicitez|textez|texte|importunez|embêtez|relancez|téléphonez|démarchez|spammez|adressez|transmettez',
    arretez: 'arrête|arrêtez|arrêter|cesse|cessez|cesser|stoppez|stopper|stop|finissez|merci',
    retirez: 'retire|retirez|retirer|enlève|enlevez|enlever|supprime|supprimez|supprimer|efface|effacez|effacer|ôtez|sortez|rayez|radiez|désinscrivez|désabonnez|exclure|éliminez|bloquez',
    liste: 'liste|listes|base|fichier|fichiers|répertoire|registre|contacts|newsletter|diffusion|données|carnet',
    coordonnees: 'numéro|numéros|num|téléphone|portable|nom|coordonnées|données|contact|mail|email|adresse|compte|infos|informations|tel',
    plusTard: 'avant|après|maintenant|demain|aujourd|pendant|ce|cet|cette|quand|si|tout|tard|trop|parce|car|en|jusqu|hui|le|à',
  },
  phrases: [
    // arrêtez de m'envoyer
    '@arretez [tout|immédiatement|svp] [de|d|avec] [me|m|nous|les|ces|vos|tous] [me|m|de|vos|ces] @envoyer|@message|menvoyer|mécrire|mappeler|mharceler|menvoyez|membêter|mimportuner|méc*',
    '@arretez de m|me|nous|menvoyer|mecrire|mappeler|mharceler|mimportuner|mennuyer|membêter|memmerder',
    '^ @arretez ça|cela|tout|immédiatement|maintenant $',
    'arrêt|fin|stop [immédiat] des|aux|à|de|vos|ces [vos|tous|ces] @message',
    // ne m'envoyez plus
    'ne|n [me|m|nous] @envoyez|recontactez|rappelez|menvoyez|mappelez|mécrivez|mécris|mappelle|mharcelez|mimportunez ..1 plus|jamais|pas|rien !@plusTard',
    'me|m|nous|menvoyez|mappelez|mécrivez|mappelle|mecris @envoyez|plus plus|jamais|rien|de',
    'menvoyez|mappelez|mécrivez|mappelle|mécris plus|jamais|rien|pas !@plusTard',
    'ne plus|pas|jamais [me|m|nous|être|mappeler|menvoyer|mécrire] @envoyer|recevoir|contacté|contactée|dérangé|dérangée|sollicité|rappeler|mappeler|menvoyer|mécrire|mecontacter|mennuyer',
    'ne|n|je souhaite|veux|désire|voudrais|souhaitons|voulons|tiens|accepte|aimerais [plus|pas] [plus|pas|à] [que|être|avoir|recevoir|entendre|de|vos|vous|figurer|ne] [plus|de|vos|aucun|aucune|pas|me|vous|contacté|contactée|dérangé|sollicité|recevoir|ces] ..1 @message|parler|recevoir|contacté|contactée|dérangé|dérangée|sollicité|sollicitée|contactiez|appeliez|écriviez|envoyiez|liste',
    'veux|souhaite|désire|voudrais plus|pas [rien|de|vos|aucun] [vos|rien|ces] recevoir|@message',
    'veux|souhaite|désire|voudrais plus recevoir|rien|entendre|être|avoir',
    'plus de|aucun|aucune|d @message|envoi|envois [svp|merci|s|sil|à|de]',
    'je vous|te bloque|signale',
    'plus|pas [du|de|besoin|tout] intéressé|intéressée|intéressés [du|merci|par|svp|désolé|désolée] [tout|vos|votre|merci] $',
    'ça|cela ne|m|nous mintéresse|intéresse pas|plus',
    // retirez-moi de la liste
    '@retirez moi|nous|mon|mes|ce [de|d] [@coordonnees|vos|votre|la|cette|toutes|tous|numéro|ce|mon] [@liste|@coordonnees|de|svp]',
    '@retirez mon|mes|ce|ma|notre @coordonnees',
    '@retirez moi',
    'me|m @retirez|désinscrire|désabonner|retirer|rayer|supprimer|désinscrivez de|svp|$',
    'être retiré|retirée|supprimé|supprimée|désinscrit|désinscrite|désabonné|désabonnée|enlevé|effacé|radié',
    'désabonn*|désinscri*|desabo*',
    'annuler|résilier|stopper|arrêter|supprimer|annulez|résiliez|annulation|résiliation [de|du] [mon|cet|l|mes|cette|les|ces|vos|labonnement|des|aux] abonnement|abonnements|inscription|@message|labonnement|linscription',
    'retire|révoque|retirer|révoquer|retrait [de] [mon|le|du] [mon] consentement',
    'sans mon|notre accord|consentement|autorisation',
    'pas|jamais|aucun [donné|mon|de|donner] [donné|mon|de|d] accord|consentement|autorisation',
    // mauvais numéro, plaintes
    'mauvais|faux|mauvaise|erreur [de] numéro|personne|destinataire',
    'trompé|trompez|trompée|trompes|erreur [de] numéro|personne|destinataire',
    'pas le|la bon|bonne numéro|personne|destinataire',
    'laissez|laisse|foutez|fichez|lâchez|lache moi|nous tranquille|tranquilles|la|en paix|tranquille|$',
    'laissez|laisse moi|nous tranquille|tranquilles',
    'foutez|fichez|laissez moi|nous la|en paix',
    'jamais|pas [été] inscrit|inscrite|abonné|abonnée|demandé|souscrit|autorisé [à|ce|ces|de|votre|vos|cette] [recevoir|@message|vos|ce|ces|votre|liste]',
    'comment|où|qui|doù [avez|a|as|vous|tu|est] [vous|tu] [avez|as|eu|a] [eu|obtenu|trouvé|donné|récupéré|mon] [mon|ce] numéro|coordonnées|contact|mail',
    'signaler|signale|dénoncer|signalement [ce|comme|vous|votre|à|en|au] [comme|numéro|en|la|à] spam|cnil|33700|arcep',
    'porter|porte plainte',
    'cest|est du harcèlement',
  ],
  footers: [
    'répondez|répondre|répond|envoyez|envoyer|envoi|tapez|écrivez|textez|réponse|répondant [par|avec|le|sms|à] [sms|le|mot] stop|arret|désabo|fin|non|oui|aide|annuler ..20',
    'stop [sms|pub] au|36*|38*|3* ..15',
    'stop au',
    'pour ne|vous|se|te|annuler|arrêter ..5 répondez|envoyez|tapez|cliquez|stop|répondre|envoyer ..20',
    'stop|arret pour [ne|vous|se|te|arrêter|annuler] ..20',
    'vous êtes|avez|serez [bien|été|désormais] [bien|été] désabonné|désinscrit|désabonnée|désinscrite ..20',
  ],
  negators: ['ne', 'n', 'pas', 'jamais', 'sans', 'narrêtez', 'narrête', 'nannulez'],
  betweenNegatorAndPhrase: [
    'pas', 'me', 'm', 'veux', 'souhaite', 'voulais', 'dois', 'vous', 'te', 'nous', 'surtout', 'à', 'être', 'je', 'vais', 'de', 'le', 'la', 'les', 'mon', 'plus', 'suis',
    'ai',
  ],
};
