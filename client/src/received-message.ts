import type { InboundRequest } from '@quietlist/contract/inbound';
import { limits } from '@quietlist/contract/limits';
import { contactOfMessage, whatsAppValue, type MessageContact } from './contacts.ts';
import { dig, get, isText } from './look-up.ts';

/** What a message that somebody sent us says, as far as the message itself tells. */
export interface ReceivedMessage {
  contact?: MessageContact;
  text?: string;
  button?: NonNullable<InboundRequest['button']>;
  /**
   * Only an id that no other message of this person can have: a message whose id was seen before is not handled again, so an id that
   * repeats would lose an opt-out.
   */
  messageId?: string;
}

/**
 * Reads a message as chatbot and e-mail nodes pass it on, from the same places as `contactOfMessage`. What is not there is left out,
 * nothing is guessed.
 */
export const receivedMessage = (message: unknown): ReceivedMessage => {
  const contact = contactOfMessage(message);
  const content = ofWhatsApp(message) ?? ofTwilio(message) ?? ofChat(message) ?? ofMail(message);
  return { ...(contact ? { contact: withMailChannel(contact) } : {}), ...content };
};

/**
 * Whether a webhook tells what became of a message of ours, and nothing that anybody wrote: WhatsApp's `statuses`, Twilio's status callbacks.
 * In the latter `From` is ourselves.
 */
export const isDeliveryReport = (message: unknown): boolean => {
  const value = whatsAppValue(message);
  if (Array.isArray(get(value, 'statuses'))) return Object.keys(value as object).every((name) => ['messaging_product', 'metadata', 'contacts', 'statuses'].includes(name));
  const payload = get(message, 'payload');
  return isText(get(payload, 'MessageStatus')) && get(payload, 'MessageStatus') !== 'received' && get(payload, 'Body') === undefined;
};

type Content = Omit<ReceivedMessage, 'contact'>;

const contentOf = (text: unknown, button: { text?: unknown; payload?: unknown } = {}, messageId?: unknown): Content => {
  const pressed = { ...(isText(button.text) ? { text: button.text } : {}), ...(isText(button.payload) ? { payload: button.payload } : {}) };
  return { ...(isText(text) ? { text } : {}), ...(Object.keys(pressed).length > 0 ? { button: pressed } : {}), ...(isId(messageId) ? { messageId } : {}) };
};

const isId = (value: unknown): value is string => isText(value) && value.length <= limits.messageIdLength && /^[!-~]+$/.test(value);

const ofWhatsApp = (message: unknown): Content | undefined => {
  const received = dig(whatsAppValue(message), 'messages', 0);
  return received === undefined ? undefined : ofWhatsAppMessage(received);
};

/** Text, a caption, a quick reply of a template (`button`), or a reply to buttons or a list (`interactive`). */
const ofWhatsAppMessage = (received: unknown): Content => {
  const reply = dig(received, 'interactive', 'button_reply') ?? dig(received, 'interactive', 'list_reply');
  const button = { text: dig(received, 'button', 'text') ?? get(reply, 'title'), payload: dig(received, 'button', 'payload') ?? get(reply, 'id') };
  const caption = ['image', 'video', 'document'].map((kind) => dig(received, kind, 'caption')).find(isText);
  return contentOf(dig(received, 'text', 'body') ?? caption, button, get(received, 'id'));
};

const ofTwilio = (message: unknown): Content | undefined => {
  const payload = get(message, 'payload');
  const id = get(payload, 'MessageSid') ?? get(payload, 'SmsSid');
  return isText(id) || isText(get(payload, 'From')) ? contentOf(get(payload, 'Body'), { text: get(payload, 'ButtonText'), payload: get(payload, 'ButtonPayload') }, id) : undefined;
};

/** Kinds of RedBot's and telegrambot's messages whose content is what somebody wrote; of a file it is the file. */
const writtenKinds = new Set<unknown>([undefined, 'message', 'command', 'edited_message', 'business_message', 'edited_business_message']);

/**
 * RedBot and telegrambot. A press of a Telegram button reaches RedBot as the message of ours that has the buttons, with its id: so Telegram's
 * message ids, which an edited message keeps as well, are no ids here.
 */
const ofChat = (message: unknown): Content | undefined => {
  const payload = get(message, 'payload');
  const original = get(message, 'originalMessage');
  if (get(payload, 'chatId') === undefined) return undefined;
  if (get(payload, 'transport') === 'whatsapp' && get(original, 'type') !== undefined) return ofWhatsAppMessage(original);
  const { content, type, caption, callbackQueryId } = payload as Record<string, unknown>;
  const keyboard = dig(original, 'reply_markup', 'inline_keyboard') ?? dig(original, 'message', 'reply_markup', 'inline_keyboard');
  if (type === 'callback_query' || keyboard !== undefined) return contentOf(undefined, { text: labelOf(keyboard, content), payload: content }, callbackQueryId);
  return contentOf(writtenKinds.has(type) ? content : caption, {}, get(payload, 'transport') === 'twilio' ? get(payload, 'messageId') : undefined);
};

/** The text on the button of a Telegram keyboard that sends this. */
const labelOf = (keyboard: unknown, sent: unknown): unknown => (Array.isArray(keyboard) ? get(keyboard.flat().find((button) => get(button, 'callback_data') === sent), 'text') : undefined);

/** A mail without a body says what its subject says: that is how mail programs unsubscribe (RFC 2369). */
const ofMail = (message: unknown): Content => {
  const payload = get(message, 'payload');
  const isBlank = payload === undefined || (typeof payload === 'string' && !isText(payload));
  return contentOf(isBlank && isText(get(message, 'from')) ? get(message, 'topic') : payload, {}, dig(message, 'header', 'message-id'));
};

/** WhatsApp's own ids have an @, too. */
const mailAddress = /^[^@]*[^@\s<]@(?!(?:c|g)\.us|s\.whatsapp\.net|lid\b)[^@\s]+$/i;

const withMailChannel = (contact: MessageContact): MessageContact => {
  const isMail = contact.channel === undefined && contact.people.every((person) => typeof person === 'string' && mailAddress.test(person));
  return isMail ? { ...contact, channel: 'email' } : contact;
};
