import { createHmac, randomBytes } from 'node:crypto';
import type { LinkRecord, MarkWriter } from './ports.ts';

/** Where a store keeps the secret from which the tokens of its links are made. */
export const linkSecretMark = 'link-secret';
/** 160 bits: as many as 32 letters of 5 bits hold. */
const tokenLength = 32;

/** Whom a link opts out, and of what. */
export type LinkTarget = Pick<LinkRecord, 'workspaceId' | 'key' | 'list' | 'channel' | 'sender'>;

/**
 * The token of a link: the same target always has the same one, another target another one, and nobody without the secret can tell
 * either from it. Digits and small letters only, so that no mail program cuts it at a sign or reads one as markup.
 */
export function linkToken(secret: string, { workspaceId, key, list, channel, sender }: LinkTarget): string {
  const hex = createHmac('sha256', secret).update(JSON.stringify([workspaceId, key, list, channel, sender])).digest('hex');
  return BigInt(`0x${hex.slice(0, 40)}`).toString(32).padStart(tokenLength, '0');
}

/** The secret of this store, made when it is first asked for. It guards against guessing; a link goes on working without it. */
export async function linkSecret(marks: MarkWriter): Promise<string> {
  const kept = await marks.get(linkSecretMark);
  if (kept !== null) return kept;
  const secret = randomBytes(32).toString('base64url');
  await marks.put(linkSecretMark, secret);
  return secret;
}
