import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { RawRequest } from './provider.ts';

/** For so long after it was made a signature that carries its time is taken, and so far may a clock be ahead. */
export const signatureAgeMs = 5 * 60 * 1_000;

/** The one value of a header. Undefined when it is missing, or came twice: then nobody knows which one was meant. */
export function onlyHeader({ headers, headerCount }: RawRequest, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' && headerCount(name) === 1 ? value : undefined;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Whether two texts are the same. Takes as long whatever they hold, and however long the second is. */
export const isSame = (given: string, right: string): boolean => timingSafeEqual(digest(given), digest(right));

export const hmac = (algorithm: 'sha1' | 'sha256', secret: string, encoding: 'hex' | 'base64', ...parts: Array<string | Buffer>): string => {
  const sum = createHmac(algorithm, secret);
  for (const part of parts) sum.update(part);
  return sum.digest(encoding);
};

/** Whether a time that is part of what was signed is near enough to now. Text that is no whole number of seconds is no time. */
export const isFresh = (seconds: string | undefined, now: number): boolean =>
  seconds !== undefined && /^\d{1,12}$/.test(seconds) && Math.abs(now - Number(seconds) * 1_000) <= signatureAgeMs;

/** Says what is wrong with a secret that is a text of the provider's choice. */
export const flawOfText = (name: string) => (secret: string): string | null => (secret.length >= 16 && /^[!-~]+$/.test(secret) ? null : `Give ${name}: at least 16 visible characters.`);
