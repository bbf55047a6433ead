/**
 * WhatsApp Cloud API, read in Meta's documentation under developers.facebook.com/documentation/business-messaging/whatsapp:
 * - webhooks/reference/messages/{text,button,interactive,system,status} and webhooks/reference/user_preferences (21 May 2026);
 * - the changelog of 11 August 2026: `user_changed_number` and `user_changed_user_id` carry `previous_user_id` and
 *   `previous_parent_user_id`; `user_id_update` is not sent by itself any more, but gateways still pass it on;
 * - business-scoped user ids: `contacts[].{user_id,parent_user_id}`, `messages[].{from_user_id,from_parent_user_id}`,
 *   `statuses[].{recipient_user_id,recipient_parent_user_id}`; `wa_id`, `from` and `recipient_id` may be missing;
 * - error 131050: the recipient stopped marketing messages. 131026 and the like say only that one message was not delivered.
 * Signature: `X-Hub-Signature-256: sha256=<hex HMAC-SHA256 of the raw body with the app secret>`; a GET with `hub.challenge` asks whether
 * the address is ours. Meta escapes nothing, so the bytes must be those that came.
 */
import type { AddressInput } from '@quietlist/contract/address';
import { limits } from '@quietlist/contract/limits';
import type { Signal, Suppression } from '../domain/signal.ts';
import { evidenceOf, firstText, get, handle, instantIn, isObject, itemsOf, known, phone, textOf } from './fields.ts';
import { inboundMessage } from './inbound-message.ts';
import type { ProviderAdapter } from './provider.ts';
import { flawOfText, hmac, isSame, onlyHeader } from './signatures.ts';

const channel = 'whatsapp';
const stoppedMarketing = 131050;
/** Messages in which nobody says anything. */
const silentTypes = new Set(['reaction', 'system', 'unsupported', 'unknown', 'errors']);

/** The addresses of one person: a number, a user id and that of the parent portfolio, whichever are there. */
const person = (number: string | undefined, ...ids: Array<string | undefined>): AddressInput[] => {
  const handles = [...new Set(ids.filter((id) => id !== undefined))].map((id) => handle(channel, id));
  return [...(number === undefined ? [] : [phone(number)]), ...handles];
};

/** The contact that a message or preference belongs to. Webhooks carry several of each; who cannot be told for sure is not mixed with another. */
function contactOf(value: unknown, number: string | undefined, userId: string | undefined): unknown {
  const contacts = itemsOf(get(value, 'contacts'));
  const isTheirs = (contact: unknown): boolean =>
    (number !== undefined && textOf(get(contact, 'wa_id')) === number) || (userId !== undefined && textOf(get(contact, 'user_id')) === userId);
  const [only, ...others] = contacts;
  return contacts.find(isTheirs) ?? (number === undefined && userId === undefined && others.length === 0 ? only : undefined);
}

function sender(value: unknown, message: unknown): AddressInput[] {
  const number = textOf(get(message, 'from'));
  const userId = textOf(get(message, 'from_user_id'));
  const contact = contactOf(value, number, userId);
  return person(
    number ?? textOf(get(contact, 'wa_id')), userId ?? textOf(get(contact, 'user_id')),
    firstText(get(message, 'from_parent_user_id'), get(contact, 'parent_user_id')),
  );
}

/** What a message says: its text or caption, or the button that was tapped. */
function contentOf(message: unknown): { text?: unknown; button?: { text: unknown; payload: unknown } } {
  const type = textOf(get(message, 'type')) ?? '';
  if (type === 'button') return { button: { text: get(message, 'button', 'text'), payload: get(message, 'button', 'payload') } };
  if (type === 'interactive') {
    const reply = get(message, 'interactive', 'button_reply') ?? get(message, 'interactive', 'list_reply');
    return { button: { text: get(reply, 'title'), payload: get(reply, 'id') } };
  }
  return { text: get(message, 'text', 'body') ?? get(message, type, 'caption') };
}

const changes: Record<string, 'number_changed' | 'user_id_changed'> = {
  user_changed_number: 'number_changed', customer_changed_number: 'number_changed', user_changed_user_id: 'user_id_changed',
};

/** A person got another number, and with it another user id, or another user id alone. */
function changed(message: unknown): Signal {
  const system = get(message, 'system');
  const type = textOf(get(system, 'type')) ?? '';
  const reason = Object.hasOwn(changes, type) ? changes[type] : undefined;
  if (reason === undefined) return { kind: 'ignored' };
  const before = person(
    firstText(get(message, 'from'), get(system, 'previous_wa_id')), textOf(get(system, 'previous_user_id')),
    textOf(get(system, 'previous_parent_user_id')), textOf(get(message, 'from_user_id')), textOf(get(message, 'from_parent_user_id')),
  );
  const after = person(firstText(get(system, 'wa_id'), get(system, 'new_wa_id')), textOf(get(system, 'user_id')), textOf(get(system, 'parent_user_id')));
  return moved(reason, textOf(get(message, 'id')), before, after);
}

const moved = (reason: 'number_changed' | 'user_id_changed', id: string | undefined, before: AddressInput[], after: AddressInput[]): Signal =>
  before.length === 0 || after.length === 0
    ? { kind: 'ignored' }
    : { kind: 'address_changed', ...known(id), reason, addresses: [...before, ...after].slice(0, limits.addressesPerItem) };

function messageSignal(value: unknown, message: unknown): Signal {
  const type = textOf(get(message, 'type')) ?? 'unknown';
  if (type === 'system') return changed(message);
  if (silentTypes.has(type)) return { kind: 'ignored' };
  return inboundMessage({ provider: channel, channel, addresses: sender(value, message), messageId: get(message, 'id'), at: get(message, 'timestamp'), ...contentOf(message) });
}

const stopped = (addresses: AddressInput[], id: string | undefined, at: string | undefined, evidence: Record<string, string | number | undefined>): Suppression => ({
  kind: 'suppress',
  ...known(id, at),
  addresses,
  channel,
  evidence: evidenceOf({ provider: channel, ...evidence, eventAt: at }),
  entry: { kind: 'opt_out', reason: 'opt_out', source: 'provider', by: 'recipient', direction: 'outbound', purpose: 'marketing' },
});

function preferenceSignal(value: unknown, preference: unknown): Signal {
  const number = textOf(get(preference, 'wa_id'));
  const userId = textOf(get(preference, 'user_id'));
  const contact = contactOf(value, number, userId);
  const addresses = person(
    number ?? textOf(get(contact, 'wa_id')), userId ?? textOf(get(contact, 'user_id')),
    firstText(get(preference, 'parent_user_id'), get(contact, 'parent_user_id')),
  );
  const choice = textOf(get(preference, 'value'));
  if (get(preference, 'category') !== 'marketing_messages' || addresses.length === 0) return { kind: 'ignored' };
  const at = instantIn(get(preference, 'timestamp'));
  if (choice === 'stop') return stopped(addresses, undefined, at, { event: 'user_preferences' });
  if (choice !== 'resume') return { kind: 'ignored' };
  return { kind: 'resume', ...known(undefined, at), addresses, channel, purpose: 'marketing', evidence: evidenceOf({ provider: channel, event: 'user_preferences', eventAt: at }) };
}

function statusSignal(value: unknown, status: unknown): Signal {
  const isStopped = itemsOf(get(status, 'errors')).some((error) => textOf(get(error, 'code')) === String(stoppedMarketing));
  const number = textOf(get(status, 'recipient_id'));
  const userId = textOf(get(status, 'recipient_user_id'));
  const contact = contactOf(value, number, userId);
  const addresses = person(number, userId ?? textOf(get(contact, 'user_id')), firstText(get(status, 'recipient_parent_user_id'), get(contact, 'parent_user_id')));
  if (!isStopped || addresses.length === 0) return { kind: 'ignored' };
  const eventId = textOf(get(status, 'id'));
  return stopped(addresses, eventId, instantIn(get(status, 'timestamp')), { event: 'failed', eventId, diagnosticCode: String(stoppedMarketing) });
}

/** As gateways pass it on: `user_id` and `parent_user_id` are `{previous, current}`. */
function userIdSignal(value: unknown, update: unknown): Signal {
  const contact = itemsOf(get(value, 'contacts')).length === 1 ? itemsOf(get(value, 'contacts'))[0] : undefined;
  const idOf = (name: string, which: 'previous' | 'current'): string | undefined =>
    firstText(get(update, name, which), which === 'previous' ? get(update, `previous_${name}`) : undefined, which === 'current' ? get(update, `current_${name}`) : undefined, which === 'current' ? get(update, name) : undefined);
  const before = person(firstText(get(update, 'wa_id'), get(contact, 'wa_id')), idOf('user_id', 'previous'), idOf('parent_user_id', 'previous'));
  const after = person(undefined, idOf('user_id', 'current'), idOf('parent_user_id', 'current'));
  return moved('user_id_changed', instantIn(get(update, 'timestamp')), before, after);
}

function signalsOf(value: unknown): Signal[] {
  const updates = get(value, 'user_id_update');
  return [
    ...itemsOf(get(value, 'messages')).map((message) => messageSignal(value, message)),
    ...itemsOf(get(value, 'user_preferences')).map((preference) => preferenceSignal(value, preference)),
    ...itemsOf(get(value, 'statuses')).map((status) => statusSignal(value, status)),
    ...(isObject(updates) ? [updates] : itemsOf(updates)).map((update) => userIdSignal(value, update)),
  ];
}

/** What says nothing that is known was still heard. */
const orIgnored = (signals: Signal[]): Signal[] => (signals.length > 0 ? signals : [{ kind: 'ignored' }]);

export const whatsapp: ProviderAdapter = {
  signed: {
    decoy: 'a secret that nobody ever gets',
    flawOf: flawOfText('the app secret of your Meta app'),
    isSigned: (request, secret) => isSame(onlyHeader(request, 'x-hub-signature-256') ?? '', `sha256=${hmac('sha256', secret, 'hex', request.body)}`),
    challenge(query, token) {
      const challenge = query.get('hub.challenge') ?? '';
      const isAsked = query.get('hub.mode') === 'subscribe' && isSame(query.get('hub.verify_token') ?? '', token);
      return isAsked && /^[\w-]{1,256}$/.test(challenge) ? challenge : null;
    },
  },
  acknowledge: () => ({ contentType: 'text/plain; charset=utf-8', body: 'EVENT_RECEIVED' }),
  read(body) {
    // The trigger of n8n hands on the value of one change.
    if (get(body, 'messaging_product') === 'whatsapp') return orIgnored(signalsOf(body));
    if (get(body, 'object') !== 'whatsapp_business_account' || !Array.isArray(get(body, 'entry'))) return null;
    const values = itemsOf(get(body, 'entry')).flatMap((entry) => itemsOf(get(entry, 'changes'))).map((change) => get(change, 'value'));
    return values.flatMap((value) => orIgnored(signalsOf(value)));
  },
};
