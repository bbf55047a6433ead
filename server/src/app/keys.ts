import type { ApiKey, CreatedKey, CreateKeyRequest, KeyPage, Me } from '@quietlist/contract/key';
import { idOf, idText } from '../domain/id-text.ts';
import { instantOf, instantText } from '../domain/instant.ts';
import type { Caller, Platform } from './context.ts';
import { mintKey } from './key-secret.ts';
import { pageOf } from './paging.ts';
import type { KeyRecord, StoreReader, StoreWriter, Workspace } from './ports.ts';
import { Problem } from './problem.ts';

const textOrNull = (instant: number | null): string | null => (instant === null ? null : instantText(instant));

const view = (key: KeyRecord): ApiKey => ({
  id: idText('key', key.id),
  name: key.name,
  role: key.role,
  createdAt: instantText(key.createdAt),
  lastUsedAt: textOrNull(key.lastUsedAt),
  expiresAt: textOrNull(key.expiresAt),
  revokedAt: textOrNull(key.revokedAt),
});

/** Creates a key in a workspace and answers it with its secret, for the only time. */
export async function createKey(writer: StoreWriter, platform: Platform, workspace: Workspace, request: CreateKeyRequest): Promise<CreatedKey> {
  const now = platform.clock();
  const expiresAt = request.expiresAt ? instantOf(request.expiresAt) : null;
  if (request.expiresAt && (expiresAt === null || expiresAt <= now)) {
    throw new Problem('invalid-request', 'The key would be expired at once.', [{ pointer: '/expiresAt', message: 'Give a later instant, or none.' }]);
  }
  const { secret, publicId, secretHash } = mintKey();
  const key: KeyRecord = {
    id: platform.ids.next(),
    workspaceId: workspace.id,
    publicId,
    secretHash,
    name: request.name,
    role: request.role,
    createdAt: now,
    lastUsedAt: null,
    expiresAt,
    revokedAt: null,
  };
  await writer.directory.insertKey(key);
  return { ...view(key), secret };
}

export async function listKeys(reader: StoreReader, caller: Caller, query: { limit?: string; cursor?: string }): Promise<KeyPage> {
  return pageOf((await reader.directory.keys(caller.workspace.id)).map(view), query);
}

/** Revokes a key from now on. A key revoked before keeps its date. */
export async function revokeKey(writer: StoreWriter, platform: Platform, caller: Caller, idGiven: string): Promise<ApiKey> {
  const id = idOf('key', idGiven);
  const key = (await writer.directory.keys(caller.workspace.id)).find((one) => one.id === id);
  if (!key) throw new Problem('not-found', 'There is no such key.');
  if (key.revokedAt !== null) return view(key);
  const revokedAt = platform.clock();
  await writer.directory.revokeKey(caller.workspace.id, key.id, revokedAt);
  return view({ ...key, revokedAt });
}

export const getMe = (caller: Caller, version: string): Me => ({
  key: idText('key', caller.key.id),
  keyName: caller.key.name,
  role: caller.key.role,
  workspace: idText('wsp', caller.workspace.id),
  workspaceName: caller.workspace.name,
  version,
});
