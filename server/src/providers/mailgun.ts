/**
 * Mailgun webhooks, read in documentation.mailgun.com/docs/mailgun/user-manual/webhooks (webhooks, webhook-payloads, securing-webhooks):
 * `{signature: {timestamp, token, signature}, "event-data": {event, severity, reason, recipient, "delivery-status": {code, message, "enhanced-code"}}}`.
 * The signature is hex HMAC-SHA256 over timestamp and token with the signing key. It covers nothing of the event itself: a token is good for one body.
 * A permanent failure is about the mailbox only with the reason bounce or suppress-bounce; espblock, generic and old are not.
 */
import type { Signal } from '../domain/signal.ts';
import { firstText, get, instantIn, isObject, textOf } from './fields.ts';
import { complaint, hardBounce, isAboutMessage, unsubscribe, type MailEvent } from './mail-signals.ts';
import type { ProviderAdapter } from './provider.ts';
import { flawOfText, hmac, isFresh, isSame } from './signatures.ts';

const ignored: Signal = { kind: 'ignored' };

const failed: Record<string, (event: MailEvent) => Signal> = {
  bounce: (event) => (isAboutMessage(event.diagnostic) ? ignored : hardBounce(event)),
  'suppress-bounce': hardBounce,
  'suppress-unsubscribe': unsubscribe,
  'suppress-complaint': complaint,
};

function signalOf(data: unknown): Signal {
  const recipient = textOf(get(data, 'recipient'));
  const name = textOf(get(data, 'event')) ?? '';
  if (recipient === undefined) return ignored;
  const status = get(data, 'delivery-status');
  const event: MailEvent = {
    provider: 'mailgun', event: name, eventId: textOf(get(data, 'id')), recipient, at: instantIn(get(data, 'timestamp')),
    diagnostic: [get(status, 'code'), get(status, 'enhanced-code'), firstText(get(status, 'message'), get(status, 'description'))].map(textOf).filter((text) => text !== undefined).join(' '),
  };
  if (name === 'complained') return complaint(event);
  if (name === 'unsubscribed') return unsubscribe(event);
  const reason = textOf(get(data, 'reason')) ?? '';
  if (name !== 'failed' || get(data, 'severity') !== 'permanent' || !Object.hasOwn(failed, reason)) return ignored;
  return failed[reason]?.(event) ?? ignored;
}

interface Signature {
  timestamp: string;
  token: string;
  signature: string;
}

function signatureIn(body: Buffer): Signature | null {
  try {
    const { timestamp, token, signature } = get(JSON.parse(body.toString()), 'signature') as Record<string, unknown>;
    const time = textOf(timestamp);
    return time !== undefined && typeof token === 'string' && token !== '' && typeof signature === 'string' ? { timestamp: time, token, signature } : null;
  } catch {
    return null;
  }
}

export const mailgun: ProviderAdapter = {
  signed: {
    decoy: 'a secret that nobody ever gets',
    flawOf: flawOfText('the HTTP webhook signing key of your Mailgun account'),
    isSigned({ body }, secret, { now }) {
      const found = signatureIn(body);
      const isRight = isSame(found?.signature ?? '', hmac('sha256', secret, 'hex', found?.timestamp ?? '', found?.token ?? ''));
      return found !== null && isRight && isFresh(found.timestamp, now);
    },
    onceFor: ({ body }) => signatureIn(body)?.token ?? null,
  },
  read(body) {
    const data = get(body, 'event-data') ?? body;
    return isObject(data) && textOf(get(data, 'event')) !== undefined && (get(body, 'event-data') !== undefined || get(data, 'recipient') !== undefined) ? [signalOf(data)] : null;
  },
};
