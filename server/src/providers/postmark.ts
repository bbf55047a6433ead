/**
 * Postmark webhooks, read in postmarkapp.com/developer/webhooks (bounce-webhook, spam-complaint-webhook, subscription-change-webhook, webhooks-overview)
 * and developer/api/bounce-api (bounce types): `RecordType` Bounce with `Type` HardBounce, BadEmailAddress, SoftBounce, Blocked …, SpamComplaint,
 * SubscriptionChange with `SuppressSending`, `SuppressionReason`, `Origin` Recipient | Customer | Admin and `MessageStream`.
 * Postmark signs nothing. What it can send is basic authentication or a header of one's own: the secret is the password there, or the value of
 * `X-Webhook-Token`. A reactivation is the recipient's own only where its origin says so.
 */
import type { Signal } from '../domain/signal.ts';
import { email, evidenceOf, firstText, get, instantIn, isObject, known, textOf } from './fields.ts';
import { complaint, hardBounce, isAboutMessage, unsubscribe, type MailEvent } from './mail-signals.ts';
import type { ProviderAdapter, RawRequest } from './provider.ts';
import { flawOfText, isSame, onlyHeader } from './signatures.ts';

const ignored: Signal = { kind: 'ignored' };

const bounces: Record<string, (event: MailEvent) => Signal> = {
  HardBounce: (event) => (isAboutMessage(event.diagnostic) ? ignored : hardBounce(event)),
  BadEmailAddress: hardBounce,
  SpamComplaint: complaint,
  Unsubscribe: unsubscribe,
};

function subscriptionChanged(body: unknown, event: MailEvent): Signal {
  const isTheirs = get(body, 'Origin') === 'Recipient';
  const reason = get(body, 'SuppressionReason');
  if (get(body, 'SuppressSending') === true) {
    if (reason === 'HardBounce') return hardBounce({ ...event, group: undefined });
    return reason === 'SpamComplaint' ? complaint({ ...event, group: undefined }) : unsubscribe(event, isTheirs ? 'recipient' : 'operator');
  }
  if (get(body, 'SuppressSending') !== false || !isTheirs) return ignored;
  return {
    kind: 'resume', ...known(event.eventId, event.at), addresses: [email(event.recipient)], channel: 'email', purpose: 'marketing',
    ...(event.group === undefined ? {} : { group: event.group }),
    evidence: evidenceOf({ provider: 'postmark', event: 'SubscriptionChange', eventId: event.eventId, group: event.group, eventAt: event.at }),
  };
}

function signalOf(body: unknown): Signal {
  const recipient = firstText(get(body, 'Recipient'), get(body, 'Email'));
  const name = textOf(get(body, 'RecordType')) ?? '';
  if (recipient === undefined) return ignored;
  const type = textOf(get(body, 'Type')) ?? '';
  const event: MailEvent = {
    provider: 'postmark', event: type === '' ? name : `${name} ${type}`, recipient, diagnostic: textOf(get(body, 'Details')),
    eventId: firstText(get(body, 'ID'), get(body, 'MessageID')), at: instantIn(firstText(get(body, 'ChangedAt'), get(body, 'BouncedAt'))),
  };
  switch (name) {
    case 'Bounce':
      return Object.hasOwn(bounces, type) ? (bounces[type]?.(event) ?? ignored) : ignored;
    case 'SpamComplaint':
      return complaint(event);
    case 'SubscriptionChange':
      return subscriptionChanged(body, { ...event, eventId: undefined, group: textOf(get(body, 'MessageStream')) });
    default:
      return ignored;
  }
}

function passwordIn(request: RawRequest): string {
  const encoded = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(onlyHeader(request, 'authorization') ?? '')?.[1] ?? '';
  const text = Buffer.from(encoded, 'base64').toString();
  return text.slice(text.indexOf(':') + 1);
}

export const postmark: ProviderAdapter = {
  signed: {
    decoy: 'a secret that nobody ever gets',
    flawOf: flawOfText('the password, or the value of the header X-Webhook-Token, that Postmark is to send'),
    isSigned: (request, secret) => [passwordIn(request), onlyHeader(request, 'x-webhook-token') ?? ''].map((given) => isSame(given, secret)).includes(true),
  },
  read: (body) => (isObject(body) && textOf(get(body, 'RecordType')) !== undefined ? [signalOf(body)] : null),
};
