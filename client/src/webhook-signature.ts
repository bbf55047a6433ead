import { webhookHeaders, webhookSecretPrefix, webhookSignature, webhookToleranceMs, type HmacSha256 } from '@quietlist/contract/webhook-signature';

export interface WebhookToVerify {
  /** `whsec_…`, as the answer that created the webhook showed it. */
  secret: string;
  /** The headers of the request, their names in lower case. */
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The body exactly as it came: parsed and written again it is another text, and refused. */
  rawBody: string;
  /** Milliseconds since 1970. */
  now: number;
  toleranceMs?: number;
  /** With Node: `(key, text) => createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64')`. */
  hmacSha256: HmacSha256;
}

/** Why a delivery is refused. None of them says more than the sender of a forgery knows anyway. */
export type WebhookRefusal = 'missing_secret' | 'missing_header' | 'malformed_timestamp' | 'too_old' | 'too_new' | 'wrong_signature';

/** `id` is the same on every try of a delivery: whoever remembers those seen handles each once. */
export type WebhookVerification = { isValid: true; id: string; timestamp: number } | { isValid: false; refusal: WebhookRefusal };

const refuse = (refusal: WebhookRefusal): WebhookVerification => ({ isValid: false, refusal });

/** Takes as long wherever the texts differ, so that a signature cannot be guessed sign by sign. */
function isEqual(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let index = 0; index < a.length; index += 1) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}

/**
 * Whether a request is a delivery of the webhook with this secret, sent now. Anything else is refused: nothing signed, another body,
 * another id or time, an algorithm other than v1, a delivery that was recorded and sent again later. Without a secret nothing is valid.
 */
export function verifyWebhook({ secret, headers, rawBody, now, toleranceMs = webhookToleranceMs, hmacSha256 }: WebhookToVerify): WebhookVerification {
  if (secret.replace(webhookSecretPrefix, '').trim() === '') return refuse('missing_secret');
  const read = (name: string): string | null => {
    const value = headers[name];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const [id, timestamp, signatures] = [read(webhookHeaders.id), read(webhookHeaders.timestamp), read(webhookHeaders.signature)];
  if (id === null || timestamp === null || signatures === null) return refuse('missing_header');
  if (!/^\d{1,12}$/.test(timestamp)) return refuse('malformed_timestamp');
  const sentAt = Number(timestamp) * 1_000;
  if (sentAt < now - toleranceMs) return refuse('too_old');
  if (sentAt > now + toleranceMs) return refuse('too_new');
  const expected = webhookSignature(secret, { id, timestamp, rawBody }, hmacSha256);
  // Every one is compared: two are sent while a secret is being replaced.
  const matches = signatures.split(' ').filter((signature) => isEqual(signature, expected));
  return matches.length > 0 ? { isValid: true, id, timestamp: sentAt } : refuse('wrong_signature');
}
