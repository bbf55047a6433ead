import type { AddressInput } from '@quietlist/contract/address';
import { dig, get, isText } from './look-up.ts';
import { splitContacts } from './split-contacts.ts';
import type { Person } from './types.ts';

export { splitContacts };

/** Whom a chat or e-mail message is from or to. */
export interface MessageContact {
  /**
   * To check: all addresses at once, so that the message is held when any of them is. When a message goes to several people
   * (`people` has more than one) do not write this as one person; write each of `people`.
   */
  person: Person;
  people: Person[];
  /** Only where it is certain: the less is said, the more is suppressed. */
  channel?: string;
}

/** RedBot's transports that are one channel for sure. Gateways that carry several are not here. */
const channelOfTransport: Record<string, string> = {
  whatsapp: 'whatsapp', telegram: 'telegram', facebook: 'messenger', instagram: 'instagram', line: 'line', slack: 'slack', viber: 'viber', discord: 'discord', sms: 'sms',
};

/** Channels whose ids are phone numbers; on others of the list above an id is a handle, also when it is all digits. */
const phoneChannels = new Set(['whatsapp', 'sms', 'rcs', 'voice']);

/** How Twilio and others mark the channel of a number. */
const prefixes: Record<string, string> = { whatsapp: 'whatsapp', sms: 'sms', rcs: 'rcs', messenger: 'messenger' };

/**
 * The contact of a message as chatbot and e-mail nodes pass it on, in this order: RedBot and telegrambot, Twilio's webhook, WhatsApp's own
 * webhook, then `from`, `to` and `toNumber`. Undefined when nothing is there: nobody is guessed.
 */
export const contactOfMessage = (message: unknown): MessageContact | undefined =>
  ofChat(message) ?? ofTwilio(message) ?? ofWhatsApp(message) ?? ofValue(get(message, 'from')) ?? ofValue(get(message, 'to')) ?? ofValue(get(message, 'toNumber'));

/** Whom a message that a flow is about to send goes to: as above, but `to` and `toNumber` name the recipient, and `from` may be ourselves. */
export const recipientOfMessage = (message: unknown): MessageContact | undefined =>
  ofChat(message) ?? ofValue(get(message, 'to')) ?? ofValue(get(message, 'toNumber')) ?? contactOfMessage(message);

/** Everybody to whom a message may go that is about to be sent: which of `from` and `to` the sending node takes, nobody knows before. */
export const everyoneOfMessage = (message: unknown): Person[] => {
  const people = [contactOfMessage(message), recipientOfMessage(message)].flatMap((found) => found?.people ?? []);
  return [...new Map(people.map((person) => [JSON.stringify(person), person])).values()];
};

const ofChat = (message: unknown): MessageContact | undefined => {
  const payload = get(message, 'payload');
  const chat = Array.isArray(payload) ? payload.find((part) => get(part, 'chatId') !== undefined) : payload;
  const original = get(message, 'originalMessage');
  const chatId = get(chat, 'chatId') ?? get(original, 'chatId');
  const transport = get(chat, 'transport') ?? get(original, 'transport');
  const isTelegramBot = get(message, 'telegramBot') !== undefined;
  const channel = isTelegramBot ? 'telegram' : typeof transport === 'string' && Object.hasOwn(channelOfTransport, transport) ? channelOfTransport[transport] : undefined;
  return ofValue(chatId, channel ?? (transport === 'twilio' ? 'sms' : undefined));
};

/** Twilio's webhook writes `From` and `To` with a capital; a number without a prefix is a text message. */
const ofTwilio = (message: unknown): MessageContact | undefined => {
  const payload = get(message, 'payload');
  const isTwilio = typeof get(payload, 'MessageSid') === 'string' || typeof get(payload, 'SmsSid') === 'string';
  return ofValue(get(payload, 'From'), isTwilio ? 'sms' : undefined);
};

/** What a webhook of WhatsApp's own is about. */
export const whatsAppValue = (message: unknown): unknown => dig(message, 'payload', 'entry', 0, 'changes', 0, 'value');

/** A number and a business-scoped user id of the same message are one person; either may be missing. */
const ofWhatsApp = (message: unknown): MessageContact | undefined => {
  const value = whatsAppValue(message);
  const received = dig(value, 'messages', 0);
  const contact = dig(value, 'contacts', 0);
  if (received === undefined) return undefined;
  const number = [get(received, 'from'), get(contact, 'wa_id')].find(isText);
  const id = [get(received, 'from_user_id'), get(received, 'user_id'), get(contact, 'user_id')].find(isText);
  const parentId = [get(received, 'from_parent_user_id'), get(contact, 'parent_user_id')].find(isText);
  const addresses = [
    ...(number ? [addressOn('whatsapp', number)] : []),
    ...[id, parentId].filter(isText).map((value) => handle('whatsapp', value)),
  ];
  if (addresses.length === 0) return undefined;
  const person: Person = addresses.length === 1 ? addresses[0]! : addresses;
  return { person, people: [person], channel: 'whatsapp' };
};

/** One value, a comma-separated text or an array: several are several people. */
const ofValue = (value: unknown, channel?: string): MessageContact | undefined => {
  const texts = (Array.isArray(value) ? value : [value]).flatMap((one) => (typeof one === 'number' ? [String(one)] : isText(one) ? splitContacts(one) : []));
  const marked = texts.map(prefixOf);
  const channels = new Set(marked.map(({ prefix }) => prefix ?? channel ?? ''));
  const certain = channels.size === 1 ? [...channels][0] : '';
  const people = marked.map(({ prefix, rest }) => addressOn(prefix ?? channel, rest));
  if (people.length === 0) return undefined;
  return { person: people.length === 1 ? people[0]! : people, people, ...(certain ? { channel: certain } : {}) };
};

const prefixOf = (text: string): { prefix?: string; rest: string } => {
  const [, word, rest] = /^([a-z]+):(.+)$/is.exec(text) ?? [];
  const prefix = word && prefixes[word.toLowerCase()];
  return prefix && rest ? { prefix, rest: rest.trim() } : { rest: text };
};

/** Ids of a messaging channel are its handles; a provider's digits are always international, so they get their plus. */
const addressOn = (channel: string | undefined, text: string): AddressInput => {
  if (channel === undefined) return text;
  if (!phoneChannels.has(channel)) return handle(channel, text);
  return /^[1-9]\d{6,14}$/.test(text) ? `+${text}` : text;
};

const handle = (channel: string, value: string): AddressInput => ({ value, kind: 'handle', channel });
