/**
 * SendGrid Event Webhook, read in twilio.com/docs/sendgrid/for-developers/tracking-events/event (an array of events; `bounce` with `type` bounce or blocked
 * and `bounce_classification`; `dropped` with a reason; `spamreport`, `unsubscribe`, `group_unsubscribe`, `group_resubscribe` with `asm_group_id`) and in
 * …/getting-started-event-webhook-security-features with sendgrid-nodejs packages/eventwebhook: `X-Twilio-Email-Event-Webhook-Signature` is an
 * ECDSA signature (P-256, SHA-256, DER) over the timestamp of the header `…-Timestamp` and the raw body; the key is given as base64 without a frame.
 * A block says something about us, a bounce for reputation or content too: neither is about the mailbox.
 */
import { createPublicKey, createVerify, type KeyObject } from 'node:crypto';
import type { Signal } from '../domain/signal.ts';
import { email, evidenceOf, firstText, get, instantIn, known, textOf } from './fields.ts';
import { complaint, hardBounce, isAboutMessage, unsubscribe, type MailEvent } from './mail-signals.ts';
import type { ProviderAdapter } from './provider.ts';
import { isFresh, onlyHeader } from './signatures.ts';

const ignored: Signal = { kind: 'ignored' };
/** Classes of bounces that say nothing about the mailbox. */
const aboutUs = new Set(['content', 'reputation', 'technical', 'frequency or volume too high', 'frequency/volume']);

/** Why SendGrid itself did not send, where that is news of the recipient. */
const dropped: Record<string, (event: MailEvent) => Signal> = {
  'bounced address': hardBounce,
  invalid: hardBounce,
  'unsubscribed address': unsubscribe,
  'spam reporting address': complaint,
};

function signalOf(item: unknown): Signal {
  const recipient = textOf(get(item, 'email'));
  const name = textOf(get(item, 'event')) ?? '';
  if (recipient === undefined) return ignored;
  const reason = firstText(get(item, 'reason'), get(item, 'response'));
  const group = textOf(get(item, 'asm_group_id'));
  const event: MailEvent = {
    provider: 'sendgrid', event: name, eventId: textOf(get(item, 'sg_event_id')), recipient, at: instantIn(get(item, 'timestamp')),
    diagnostic: [textOf(get(item, 'status')), reason].filter((text) => text !== undefined).join(' '),
  };
  switch (name) {
    case 'bounce': {
      const classification = textOf(get(item, 'bounce_classification'))?.toLowerCase() ?? '';
      const isBlock = textOf(get(item, 'type')) === 'blocked';
      return isBlock || aboutUs.has(classification) || isAboutMessage(event.diagnostic) ? ignored : hardBounce(event);
    }
    case 'dropped':
      return (Object.hasOwn(dropped, reason?.toLowerCase() ?? '') ? dropped[reason?.toLowerCase() ?? ''] : undefined)?.(event) ?? ignored;
    case 'spamreport':
      return complaint(event);
    case 'unsubscribe':
      return unsubscribe(event);
    case 'group_unsubscribe':
      return unsubscribe({ ...event, group });
    case 'group_resubscribe':
      return {
        kind: 'resume', ...known(event.eventId, event.at), addresses: [email(recipient)], channel: 'email', purpose: 'marketing',
        ...(group === undefined ? {} : { group }),
        evidence: evidenceOf({ provider: 'sendgrid', event: name, eventId: event.eventId, group, eventAt: event.at }),
      };
    default:
      return ignored;
  }
}

/** The key that SendGrid shows, with or without the frame of a PEM; null for anything but P-256. */
function keyOf(secret: string): KeyObject | null {
  try {
    const der = Buffer.from(secret.replace(/-----[A-Z ]+-----|\s/g, ''), 'base64');
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : null;
  } catch {
    return null;
  }
}

export const sendgrid: ProviderAdapter = {
  signed: {
    // Its private key was thrown away.
    decoy: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEU3Jgkz3GFVXzxM+jsZmTjJVPHKjJX1s9spu2cgFIB+yAswCo7s0IpogP7Hkw6YXsdc5qULPUTwKQDgqTRTG0kw==',
    flawOf: (secret) => (keyOf(secret) ? null : 'Give the verification key that SendGrid shows beside the signed event webhook.'),
    isSigned(request, secret, { now }) {
      const key = keyOf(secret);
      const signature = onlyHeader(request, 'x-twilio-email-event-webhook-signature');
      const timestamp = onlyHeader(request, 'x-twilio-email-event-webhook-timestamp');
      if (!key || signature === undefined || timestamp === undefined || !isFresh(timestamp, now)) return false;
      return createVerify('sha256').update(timestamp).update(request.body).verify(key, signature, 'base64');
    },
  },
  read(body) {
    // A flow may hand the events on one by one.
    const items = Array.isArray(body) ? body : [body];
    return items.length > 0 && items.some((item) => textOf(get(item, 'event')) !== undefined && get(item, 'email') !== undefined) ? items.map(signalOf) : null;
  },
};
