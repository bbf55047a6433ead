import { idText } from '../domain/id-text.ts';
import type { Caller } from './context.ts';
import { isSecretOf, publicIdOf } from './key-secret.ts';
import type { Clock, KeyRecord, StoreReader } from './ports.ts';
import { Problem } from './problem.ts';

/** The key that somebody came in with. */
export type KeyUsed = Pick<KeyRecord, 'publicId' | 'lastUsedAt'>;

/** Compared with when there is no such key, so that an unknown id takes as long as a wrong secret. */
const nobodysHash = '0'.repeat(64);

/** The key in an `Authorization` header; empty when there is none. */
export const secretOf = (authorization: string | undefined): string => /^Bearer (\S+)$/.exec(authorization ?? '')?.[1] ?? '';

/** Who sends this `Authorization` header. Every reason to refuse looks the same from outside. */
export async function authenticate(reader: StoreReader, clock: Clock, authorization: string | undefined): Promise<Caller & KeyUsed> {
  const secret = secretOf(authorization);
  const publicId = publicIdOf(secret);
  const found = publicId === null ? null : await reader.directory.keyByPublicId(publicId);
  const key = found?.key;
  const isRight = isSecretOf(secret, key?.secretHash ?? nobodysHash);
  const now = clock();
  if (!found || !key || !isRight || key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now)) throw new Problem('unauthenticated');
  return { workspace: found.workspace, key: { id: key.id, name: key.name, role: key.role }, actor: idText('key', key.id), publicId: key.publicId, lastUsedAt: key.lastUsedAt };
}
