import type { IDataObject } from 'n8n-workflow';
import { isDeliveryReport, receivedMessage } from '@quietlist/client/received-message';
import type { InboundMessage } from '@quietlist/client/types';
import { dig, get, isText } from '@quietlist/client/look-up';

/**
 * The messages in the output of a node that receives them: WhatsApp Trigger, Telegram Trigger, Twilio Trigger, a Webhook that one of the three
 * calls, and the e-mail triggers. None for news that is no message, such as a delivery report. Undefined for any other item.
 * Shapes: n8n-nodes-base nodes/{WhatsApp,Telegram,Twilio,Webhook,EmailReadImap,Google/Gmail}.
 */
export const triggerMessages = (json: IDataObject): InboundMessage[] | undefined => {
  const sources = [json, get(json, 'body')];
  return firstOf(sources, ofWhatsAppValue) ?? firstOf(sources, ofWhatsAppBody) ?? firstOf(sources, ofTelegramUpdate) ?? firstOf(sources, ofTwilio) ?? ofMail(json);
};

const firstOf = (sources: unknown[], read: (source: unknown) => InboundMessage[] | undefined): InboundMessage[] | undefined => {
  for (const source of sources) {
    const messages = read(source);
    if (messages) return messages;
  }
  return undefined;
};

/** What the readers of a chatbot's message, which carries what was received as its payload, make of it. */
const fromPayload = (message: object, channel?: string): InboundMessage[] => {
  if (isDeliveryReport(message)) return [];
  const { contact, ...said } = receivedMessage(message);
  const certain = contact?.channel ?? channel;
  return contact && certain ? [{ person: contact.person, channel: certain, ...said }] : [];
};

/** WhatsApp Trigger gives the value of each change; one may hold several messages, each with the contact of its sender. */
const ofWhatsAppValue = (value: unknown): InboundMessage[] | undefined => {
  if (get(value, 'messaging_product') !== 'whatsapp') return undefined;
  const contacts = listOf(get(value, 'contacts'));
  const received = listOf(get(value, 'messages'));
  return received.flatMap((message) => {
    const own = contacts.filter((contact) => received.length === 1 || (isText(get(contact, 'wa_id')) && get(contact, 'wa_id') === get(message, 'from')));
    return fromPayload({ payload: { entry: [{ changes: [{ value: { ...(value as object), contacts: own, messages: [message] } }] }] } });
  });
};

/** The body of WhatsApp's own webhook. */
const ofWhatsAppBody = (body: unknown): InboundMessage[] | undefined => {
  if (get(body, 'object') !== 'whatsapp_business_account') return undefined;
  const changes = listOf(get(body, 'entry')).flatMap((entry) => listOf(get(entry, 'changes')));
  return changes.flatMap((change) => ofWhatsAppValue(get(change, 'value')) ?? []);
};

const telegramMessages = ['message', 'edited_message', 'business_message', 'edited_business_message'];

/** An update of a Telegram bot: a message, or the press of a button. Its id is one of its own, where those of messages repeat. */
const ofTelegramUpdate = (update: unknown): InboundMessage[] | undefined => {
  const id = get(update, 'update_id');
  if (id === undefined) return undefined;
  const press = get(update, 'callback_query');
  const message = press === undefined ? telegramMessages.map((kind) => get(update, kind)).find((kind) => kind !== undefined) : get(press, 'message');
  const chatId = dig(message, 'chat', 'id') ?? dig(press, 'from', 'id');
  if (chatId === undefined) return [];
  const said = press === undefined ? textOf(get(message, 'text') ?? get(message, 'caption')) : buttonOf(press);
  return [{ person: { value: String(chatId), kind: 'handle', channel: 'telegram' }, channel: 'telegram', messageId: `update-${String(id)}`, ...said }];
};

const textOf = (text: unknown): Pick<InboundMessage, 'text'> => (typeof text === 'string' ? { text } : {});

const buttonOf = (press: unknown): Pick<InboundMessage, 'button'> => {
  const payload = get(press, 'data');
  const label = get(listOf(dig(press, 'message', 'reply_markup', 'inline_keyboard')).flat().find((button) => get(button, 'callback_data') === payload), 'text');
  return isText(payload) ? { button: { payload, ...(isText(label) ? { text: label } : {}) } } : {};
};

/** Twilio's own webhook, or an event of Twilio Trigger, whose words begin small. */
const ofTwilio = (source: unknown): InboundMessage[] | undefined => {
  if (isText(get(source, 'MessageSid')) || isText(get(source, 'SmsSid'))) return fromPayload({ payload: source }, 'sms');
  if (!String(get(source, 'type') ?? '').startsWith('com.twilio.messaging.')) return undefined;
  const { messageSid, from, body } = (get(source, 'data') ?? {}) as IDataObject;
  return get(source, 'type') === 'com.twilio.messaging.inbound-message.received' ? fromPayload({ payload: { MessageSid: messageSid, From: from, Body: body } }, 'sms') : [];
};

/** Email Trigger (IMAP) and Gmail Trigger. */
const ofMail = (json: IDataObject): InboundMessage[] | undefined => {
  const from = dig(json, 'from', 'text') ?? get(json, 'from') ?? get(json, 'From');
  const topic = get(json, 'subject') ?? get(json, 'Subject');
  if (!isText(from) || topic === undefined) return undefined;
  const messages = fromPayload({ from, topic, payload: get(json, 'textPlain') ?? get(json, 'text') ?? get(json, 'snippet'), header: { 'message-id': get(json, 'messageId') ?? dig(json, 'metadata', 'message-id') } });
  return messages.length > 0 ? messages : undefined;
};

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
