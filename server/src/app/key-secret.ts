import { hash, randomInt, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const prefix = 'ql_live_';
const shape = /^ql_live_([0-9A-Za-z]{12})_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;

const random = (length: number): string => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

/** Six letters of CRC-32: a mistyped key is told from a wrong one without a look-up, and scanners find leaked ones. */
function checksum(text: string): string {
  let rest = crc32(text);
  let letters = '';
  for (let position = 0; position < 6; position += 1) {
    letters = alphabet[rest % alphabet.length] + letters;
    rest = Math.floor(rest / alphabet.length);
  }
  return letters;
}

const hashOf = (secret: string): string => hash('sha256', secret, 'hex');

export interface MintedKey {
  /** The whole key, to be shown once. */
  secret: string;
  publicId: string;
  secretHash: string;
}

/** A new API key: 190 random bits, of which only the hash is kept. */
export function mintKey(): MintedKey {
  const publicId = random(12);
  const body = `${prefix}${publicId}_${random(32)}`;
  const secret = body + checksum(body);
  return { secret, publicId, secretHash: hashOf(secret) };
}

/** The public id of a key of our shape with a right checksum; null for anything else. */
export function publicIdOf(secret: string): string | null {
  const parts = shape.exec(secret);
  return parts && checksum(secret.slice(0, -6)) === parts[3] ? (parts[1] ?? null) : null;
}

/** Whether the secret is the one of this hash, in constant time. */
export const isSecretOf = (secret: string, secretHash: string): boolean =>
  timingSafeEqual(Buffer.from(hashOf(secret), 'hex'), Buffer.from(secretHash, 'hex'));
