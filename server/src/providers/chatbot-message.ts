import type { AddressInput } from '@quietlist/contract/address';
import type { Signal } from '../domain/signal.ts';
import { firstText, get, handle, isObject, itemsOf, phone, textOf } from './fields.ts';
import { inboundMessage } from './inbound-message.ts';

/** Transports of RedBot under another name than the channel's. */
const channelNames: Record<string, string> = { facebook: 'messenger', twilio: 'sms', smooch: 'webchat' };
const phoneChannels = new Set(['whatsapp', 'sms', 'rcs', 'viber', 'voice']);
const slug = /^[a-z][a-z0-9_-]{0,31}$/;

/** Whose message it is: `whatsapp:+44…` as Twilio writes it, a number, or an id of the channel. */
export function chatParty(chatId: string, transport: string | undefined): { channel: string; address: AddressInput } | null {
  const name = transport?.toLowerCase() ?? '';
  const [, prefix, rest] = /^(whatsapp|sms|rcs|messenger):(.+)$/i.exec(chatId) ?? [];
  const channel = prefix?.toLowerCase() ?? (Object.hasOwn(channelNames, name) ? channelNames[name] : name) ?? '';
  // Telegram's groups have negative ids.
  if (!slug.test(channel) || (channel === 'telegram' && chatId.startsWith('-'))) return null;
  const id = rest ?? chatId;
  return { channel, address: phoneChannels.has(channel) && /^\+?\d/.test(id) ? phone(id) : handle(channel, id) };
}

/** What a chatbot node for Node-RED hands on: `msg` with a payload, or the payload alone. */
export interface ChatbotMessage {
  message: unknown;
  payload: Record<string, unknown>;
}

/** The message in a body. RedBot collects several payloads in an array; the first that came from somebody counts. */
export function chatbotMessageIn(body: unknown): ChatbotMessage | null {
  const inner = get(body, 'payload') ?? body;
  const payload = Array.isArray(inner) ? inner.find((part) => textOf(get(part, 'chatId')) !== undefined) : inner;
  return isObject(payload) && textOf(get(payload, 'chatId')) !== undefined ? { message: body, payload } : null;
}

/** Types whose content is what somebody wrote; that of a medium is the medium. */
const writtenTypes = new Set(['message', 'edited_message', 'business_message', 'edited_business_message']);

/**
 * Reads one such message. Groups are not people; what the bot itself sends is nobody's message. Telegram's message ids are no ids here: an edited
 * message keeps its own, and a tap comes as the bot's message that has the buttons, with its id and its date. Taken for ids, they would make a
 * second tap, on STOP, the message that was seen before.
 */
export function chatbotSignal(provider: string, { message, payload }: ChatbotMessage, transport: string | undefined): Signal {
  const original = get(message, 'originalMessage');
  const chatType = textOf(get(original, 'chat', 'type'));
  const type = textOf(get(payload, 'type')) ?? 'message';
  const party = chatParty(textOf(get(payload, 'chatId')) as string, transport);
  if (!party || get(payload, 'inbound') === false || (chatType !== undefined && chatType !== 'private') || type === 'event') return { kind: 'ignored' };
  const content = get(payload, 'content');
  const buttons = itemsOf(get(original, 'reply_markup', 'inline_keyboard') ?? get(original, 'message', 'reply_markup', 'inline_keyboard')).flatMap(itemsOf);
  const isTap = type === 'callback_query' || type === 'postback' || buttons.length > 0;
  const about = { provider, channel: party.channel, addresses: [party.address] };
  if (isTap) {
    const label = get(buttons.find((button) => get(button, 'callback_data') === content), 'text');
    return inboundMessage({ ...about, messageId: get(payload, 'callbackQueryId'), button: { text: label, payload: content } });
  }
  return inboundMessage({
    ...about,
    messageId: party.channel === 'telegram' ? undefined : firstText(get(payload, 'messageId'), get(original, 'message_id')),
    at: firstText(get(payload, 'date'), get(original, 'date'), get(payload, 'ts')),
    text: firstText(writtenTypes.has(type) ? content : undefined, get(payload, 'caption'), get(original, 'caption')),
  });
}
