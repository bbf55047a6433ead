import type { AddressInput } from '@quietlist/contract/address';
import type { Signal } from '../domain/signal.ts';
import { firstText, get, handle, isObject, phone, textOf } from './fields.ts';
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

/** Reads one such message. Groups are not people; what the bot itself sends is nobody's message. */
export function chatbotSignal(provider: string, { message, payload }: ChatbotMessage, transport: string | undefined): Signal {
  const original = get(message, 'originalMessage');
  const chatType = textOf(get(original, 'chat', 'type'));
  const type = textOf(get(payload, 'type')) ?? 'message';
  const party = chatParty(textOf(get(payload, 'chatId')) as string, transport);
  if (!party || get(payload, 'inbound') === false || (chatType !== undefined && chatType !== 'private') || type === 'event') return { kind: 'ignored' };
  const content = get(payload, 'content');
  const isTap = type === 'callback_query' || type === 'postback';
  return inboundMessage({
    provider,
    channel: party.channel,
    addresses: [party.address],
    messageId: firstText(get(payload, 'messageId'), get(original, 'message_id')),
    at: firstText(get(payload, 'date'), get(original, 'date'), get(payload, 'ts')),
    ...(isTap ? { button: { payload: content } } : { text: firstText(type === 'message' ? content : undefined, get(payload, 'caption'), get(original, 'caption')) }),
  });
}
