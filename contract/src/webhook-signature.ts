/** How a webhook is signed: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
export const webhookHeaders = { id: 'webhook-id', timestamp: 'webhook-timestamp', signature: 'webhook-signature' } as const;

/** What a secret begins with; the key itself follows in base64. */
export const webhookSecretPrefix = 'whsec_';

/** How far the timestamp of a delivery may be from the receiver's clock. */
export const webhookToleranceMs = 5 * 60 * 1000;

/** HMAC-SHA-256 with a key in base64 of a text in UTF-8, as base64. Injected: contract and client know no platform. */
export type HmacSha256 = (keyBase64: string, text: string) => string;

/** What is signed: which delivery it is, when it was sent, and exactly the bytes of the body. */
export interface SignedWebhook {
  id: string;
  /** Seconds since 1970, as the header says it. */
  timestamp: string;
  rawBody: string;
}

/** One signature as the header carries it; several are separated by spaces. */
export const webhookSignature = (secret: string, { id, timestamp, rawBody }: SignedWebhook, hmacSha256: HmacSha256): string =>
  `v1,${hmacSha256(secret.startsWith(webhookSecretPrefix) ? secret.slice(webhookSecretPrefix.length) : secret, `${id}.${timestamp}.${rawBody}`)}`;
