import { channels } from '@quietlist/contract/vocabulary';
import type { PageLanguage } from './page-language.ts';

/** What a consent is to: names as people know them; `channel` is null where it is every one. */
export interface ConsentScope {
  list: string;
  from: string;
  channel: string | null;
}

/** Every word of the unsubscribe pages in one language. */
export interface LinkTexts {
  confirm: { title: string; text: string; button: string; note: string };
  done: { title: string; text: string };
  again: { summary: string; statement(scope: ConsentScope): string; button: string; missing: string };
  resubscribed: { title: string; text: string; link: string };
  unknown: { title: string; text: string };
  unavailable: { title: string; text: string; link: string };
  unreadable: { title: string; text: string };
  facts: { list: string; channel: string; sender: string; everyChannel: string };
  /** Names of channels that are no brands. */
  channels: Partial<Record<keyof typeof channels, string>>;
}

const on = (channel: string | null): string => (channel === null ? '' : ` (${channel})`);

export const linkTexts: Record<PageLanguage, LinkTexts> = {
  en: {
    confirm: {
      title: 'Unsubscribe?', text: 'Confirm, and you will no longer receive these messages. It takes effect at once.', button: 'Confirm',
      note: 'Nothing changes until you confirm. Messages that are not advertising, such as a receipt, may still reach you.',
    },
    done: { title: 'You are unsubscribed', text: 'You will no longer receive these messages.' },
    again: {
      summary: 'It was a mistake', statement: ({ list, from, channel }) => `I want to receive the messages of the list “${list}” from ${from} again${on(channel)}.`,
      button: 'Subscribe again', missing: 'Tick the box first: without your consent nothing changes.',
    },
    resubscribed: { title: 'You are subscribed again', text: 'Your consent was recorded. You may receive these messages again.', link: 'Unsubscribe' },
    unknown: { title: 'This link does not work', text: 'It may be incomplete. Open it from the message once more, or answer the message and ask to be unsubscribed.' },
    unavailable: { title: 'Not possible right now', text: 'The service cannot save your choice at the moment. Please try again in a minute.', link: 'Try again' },
    unreadable: { title: 'That did not work', text: 'Nothing has been changed. Open the link from the message once more and confirm there.' },
    facts: { list: 'List', channel: 'Channel', sender: 'Sender', everyChannel: 'Every channel' },
    channels: { voice: 'Phone calls', webchat: 'Web chat', push: 'Push notifications' },
  },
  pt: {
    confirm: {
      title: 'Cancelar a inscrição?', text: 'Confirme e você não receberá mais estas mensagens. Vale imediatamente.', button: 'Confirmar',
      note: 'Nada muda até você confirmar. Mensagens que não são publicidade, como um recibo, ainda podem chegar.',
    },
    done: { title: 'Inscrição cancelada', text: 'Você não receberá mais estas mensagens.' },
    again: {
      summary: 'Foi um engano', statement: ({ list, from, channel }) => `Quero voltar a receber as mensagens da lista “${list}” de ${from}${on(channel)}.`,
      button: 'Voltar a me inscrever', missing: 'Marque a caixa primeiro: sem o seu consentimento, nada muda.',
    },
    resubscribed: { title: 'Sua inscrição foi retomada', text: 'Seu consentimento foi registrado. Você pode voltar a receber estas mensagens.', link: 'Cancelar a inscrição' },
    unknown: { title: 'Este link não funciona', text: 'Ele pode estar incompleto. Abra-o novamente a partir da mensagem, ou responda à mensagem pedindo o cancelamento.' },
    unavailable: { title: 'Não é possível agora', text: 'O serviço não consegue salvar a sua escolha no momento. Tente novamente em um minuto.', link: 'Tentar novamente' },
    unreadable: { title: 'Não funcionou', text: 'Nada foi alterado. Abra novamente o link da mensagem e confirme na página.' },
    facts: { list: 'Lista', channel: 'Canal', sender: 'Remetente', everyChannel: 'Todos os canais' },
    channels: { email: 'E-mail', voice: 'Ligações', webchat: 'Chat no site', push: 'Notificações' },
  },
  es: {
    confirm: {
      title: '¿Cancelar la suscripción?', text: 'Confirma y ya no recibirás estos mensajes. Surte efecto de inmediato.', button: 'Confirmar',
      note: 'Nada cambia hasta que confirmes. Los mensajes que no son publicidad, como un recibo, aún pueden llegarte.',
    },
    done: { title: 'Suscripción cancelada', text: 'Ya no recibirás estos mensajes.' },
    again: {
      summary: 'Fue un error', statement: ({ list, from, channel }) => `Quiero volver a recibir los mensajes de la lista «${list}» de ${from}${on(channel)}.`,
      button: 'Volver a suscribirme', missing: 'Marca primero la casilla: sin tu consentimiento no cambia nada.',
    },
    resubscribed: { title: 'Vuelves a estar en la lista', text: 'Tu consentimiento ha quedado registrado. Puedes volver a recibir estos mensajes.', link: 'Cancelar la suscripción' },
    unknown: { title: 'Este enlace no funciona', text: 'Puede estar incompleto. Ábrelo de nuevo desde el mensaje, o responde al mensaje y pide la baja.' },
    unavailable: { title: 'Ahora mismo no es posible', text: 'El servicio no puede guardar tu elección en este momento. Inténtalo de nuevo en un minuto.', link: 'Intentar de nuevo' },
    unreadable: { title: 'No ha funcionado', text: 'No se ha cambiado nada. Abre de nuevo el enlace del mensaje y confirma en la página.' },
    facts: { list: 'Lista', channel: 'Canal', sender: 'Remitente', everyChannel: 'Todos los canales' },
    channels: { email: 'Correo electrónico', voice: 'Llamadas', webchat: 'Chat web', push: 'Notificaciones' },
  },
  de: {
    confirm: {
      title: 'Abmelden?', text: 'Bestätigen Sie, und Sie erhalten diese Nachrichten nicht mehr. Das gilt sofort.', button: 'Bestätigen',
      note: 'Nichts ändert sich, bevor Sie bestätigen. Nachrichten, die keine Werbung sind, etwa eine Rechnung, können Sie weiterhin erreichen.',
    },
    done: { title: 'Sie sind abgemeldet', text: 'Sie erhalten diese Nachrichten nicht mehr.' },
    again: {
      summary: 'Das war ein Versehen', statement: ({ list, from, channel }) => `Ich möchte die Nachrichten der Liste „${list}“ von ${from} wieder erhalten${on(channel)}.`,
      button: 'Wieder anmelden', missing: 'Setzen Sie zuerst das Häkchen: Ohne Ihre Einwilligung ändert sich nichts.',
    },
    resubscribed: { title: 'Sie sind wieder angemeldet', text: 'Ihre Einwilligung wurde festgehalten. Sie können diese Nachrichten wieder erhalten.', link: 'Abmelden' },
    unknown: { title: 'Dieser Link funktioniert nicht', text: 'Vielleicht ist er unvollständig. Öffnen Sie ihn noch einmal aus der Nachricht, oder antworten Sie auf die Nachricht und bitten Sie um Abmeldung.' },
    unavailable: { title: 'Das geht gerade nicht', text: 'Der Dienst kann Ihre Wahl im Moment nicht speichern. Bitte versuchen Sie es in einer Minute noch einmal.', link: 'Noch einmal versuchen' },
    unreadable: { title: 'Das hat nicht geklappt', text: 'Es wurde nichts geändert. Öffnen Sie den Link aus der Nachricht noch einmal, und bestätigen Sie dort.' },
    facts: { list: 'Liste', channel: 'Kanal', sender: 'Absender', everyChannel: 'Alle Kanäle' },
    channels: { email: 'E-Mail', voice: 'Anrufe', webchat: 'Web-Chat', push: 'Push-Nachrichten' },
  },
  fr: {
    confirm: {
      title: 'Se désabonner\u00a0?', text: 'Confirmez, et vous ne recevrez plus ces messages. L’effet est immédiat.', button: 'Confirmer',
      note: 'Rien ne change avant votre confirmation. Les messages qui ne sont pas publicitaires, comme un reçu, peuvent encore vous parvenir.',
    },
    done: { title: 'Désabonnement enregistré', text: 'Vous ne recevrez plus ces messages.' },
    again: {
      summary: 'C’était une erreur', statement: ({ list, from, channel }) => `Je souhaite recevoir à nouveau les messages de la liste «\u00a0${list}\u00a0» de ${from}${on(channel)}.`,
      button: 'Me réabonner', missing: 'Cochez d’abord la case\u00a0: sans votre consentement, rien ne change.',
    },
    resubscribed: { title: 'Votre abonnement est rétabli', text: 'Votre consentement a été enregistré. Vous pouvez de nouveau recevoir ces messages.', link: 'Se désabonner' },
    unknown: { title: 'Ce lien ne fonctionne pas', text: 'Il est peut-être incomplet. Ouvrez-le à nouveau depuis le message, ou répondez au message en demandant votre désabonnement.' },
    unavailable: { title: 'Impossible pour le moment', text: 'Le service ne peut pas enregistrer votre choix pour l’instant. Veuillez réessayer dans une minute.', link: 'Réessayer' },
    unreadable: { title: 'Cela n’a pas fonctionné', text: 'Rien n’a été modifié. Ouvrez à nouveau le lien du message et confirmez sur la page.' },
    facts: { list: 'Liste', channel: 'Canal', sender: 'Expéditeur', everyChannel: 'Tous les canaux' },
    channels: { email: 'Courriel', voice: 'Appels', webchat: 'Chat en ligne', push: 'Notifications' },
  },
};

/** The name of a channel in a language: brands keep theirs, a slug of one’s own is shown as it is. */
export const channelText = ({ channels: own }: LinkTexts, channel: string): string => own[channel as keyof typeof channels] ?? (channels as Record<string, string>)[channel] ?? channel;
