/**
 * Telegram Bot API, read at core.telegram.org/bots/api: Update (`message`, `edited_message`, `callback_query`, `my_chat_member`), Chat, ChatMember
 * (`kicked`: in a private chat the person blocked the bot), setWebhook (`secret_token` comes back in `X-Telegram-Bot-Api-Secret-Token`),
 * and core.telegram.org/api/bots/ids (in a private chat the chat's id is the person's). Groups are not people: what is said there is passed over.
 */
import type { AddressInput } from '@quietlist/contract/address';
import type { Signal } from '../domain/signal.ts';
import { evidenceOf, firstText, get, handle, instantIn, isObject, itemsOf, known, textOf } from './fields.ts';
import { inboundMessage } from './inbound-message.ts';
import type { ProviderAdapter } from './provider.ts';
import { isSame, onlyHeader } from './signatures.ts';

const channel = 'telegram';

const personOf = (message: unknown): AddressInput[] => {
  const id = textOf(get(message, 'chat', 'id'));
  return get(message, 'chat', 'type') === 'private' && id !== undefined ? [handle(channel, id)] : [];
};

/** The words on the button with this payload, as the message shows it. */
const labelOf = (query: unknown): unknown => {
  const buttons = itemsOf(get(query, 'message', 'reply_markup', 'inline_keyboard')).flatMap(itemsOf);
  return get(buttons.find((button) => get(button, 'callback_data') === get(query, 'data')), 'text');
};

function membership(update: unknown, member: unknown): Signal {
  const addresses = personOf(member);
  if (addresses.length === 0 || get(member, 'new_chat_member', 'status') !== 'kicked') return { kind: 'ignored' };
  const at = instantIn(get(member, 'date'));
  const eventId = textOf(get(update, 'update_id'));
  return {
    kind: 'suppress',
    ...known(eventId, at),
    addresses,
    channel,
    evidence: evidenceOf({ provider: channel, event: 'my_chat_member', eventId, eventAt: at }),
    // Whoever blocks the bot wants nothing of it.
    entry: { kind: 'opt_out', reason: 'opt_out', source: 'provider', by: 'recipient', direction: 'outbound', purpose: 'all' },
  };
}

function signalOf(update: unknown): Signal {
  const messageId = get(update, 'update_id');
  const member = get(update, 'my_chat_member');
  if (member !== undefined) return membership(update, member);
  const query = get(update, 'callback_query');
  if (query !== undefined) {
    const addresses = personOf(get(query, 'message'));
    const button = { text: labelOf(query), payload: get(query, 'data') };
    return inboundMessage({ provider: channel, channel, addresses, messageId, button });
  }
  const message = get(update, 'message') ?? get(update, 'edited_message');
  if (get(message, 'from', 'is_bot') === true) return { kind: 'ignored' };
  return inboundMessage({ provider: channel, channel, addresses: personOf(message), messageId, at: get(message, 'date'), text: firstText(get(message, 'text'), get(message, 'caption')) });
}

export const telegram: ProviderAdapter = {
  signed: {
    decoy: 'a secret that nobody ever gets',
    flawOf: (secret) => (/^[\w-]{16,256}$/.test(secret) ? null : 'Give the secret_token of setWebhook: 16 to 256 letters, digits, underscores or hyphens.'),
    isSigned: (request, secret) => isSame(onlyHeader(request, 'x-telegram-bot-api-secret-token') ?? '', secret),
  },
  read: (body) => (isObject(body) && textOf(get(body, 'update_id')) !== undefined ? [signalOf(body)] : null),
};
