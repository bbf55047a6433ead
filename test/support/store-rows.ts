import { createHash } from 'node:crypto';
import { defaultSettings } from '@quietlist/contract/settings';
import type { KeyRecord, LinkRecord, StoreWriter } from '../../server/src/app/ports.ts';
import type { Entry } from '../../server/src/domain/entry.ts';
import { chainEvents, type EventDraft, type EventRecord } from '../../server/src/domain/history.ts';

export const workspaceId = 7;
export const otherWorkspaceId = 8;
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

let lastId = 0;
/** Ids in the order in which they are asked for. */
export const nextId = (): number => (lastId += 1);

export const createWorkspaces = async (writer: StoreWriter): Promise<void> => {
  await writer.directory.insertWorkspace({ id: workspaceId, name: 'ours', settings: defaultSettings, createdAt: 1 });
  await writer.directory.insertWorkspace({ id: otherWorkspaceId, name: 'theirs', settings: defaultSettings, createdAt: 2 });
};

/** An opt-out as the service writes them, with other fields where the test says so. */
export const anEntry = (fields: Partial<Entry> = {}): Entry => ({
  id: nextId(),
  kind: 'opt_out',
  key: 'p+5511987654321',
  mailbox: null,
  address: '+5511987654321',
  addressKind: 'phone',
  unverified: false,
  channel: null,
  sender: null,
  list: fields.kind === 'block' ? null : 'default',
  purpose: 'marketing',
  direction: 'outbound',
  reason: 'opt_out',
  note: null,
  source: 'api',
  evidence: {},
  by: 'recipient',
  batch: null,
  createdAt: 1_000,
  expiresAt: null,
  endedAt: null,
  endedAs: null,
  ...fields,
});

export const anEventDraft = (fields: Partial<EventDraft> = {}): EventDraft => ({
  id: nextId(), key: 'p+5511987654321', at: 1_000, actor: 'key_1', action: 'added', entryId: 1, before: null, after: { a: 1 }, batch: null, reason: null, ...fields,
});

/** Chains lines to what the store holds and appends them, as the service does. */
export async function appendEvents(writer: StoreWriter, workspace: number, drafts: readonly EventDraft[]): Promise<EventRecord[]> {
  const heads = await writer.events.heads(workspace, drafts.map(({ key }) => key));
  const events = chainEvents(drafts, heads, sha256);
  await writer.events.append(workspace, events);
  return events;
}

export const aLink = (token: string, fields: Partial<LinkRecord> = {}): LinkRecord => ({
  tokenHash: sha256(token), workspaceId, key: 'eann@example.com', address: 'Ann@example.com', addressKind: 'email', list: 'default', channel: null, sender: null, createdAt: 10, ...fields,
});

export const aKey = (fields: Partial<KeyRecord> = {}): KeyRecord => {
  const id = nextId();
  return { id, workspaceId, publicId: `pub${id}`, secretHash: 'f'.repeat(64), name: 'flow', role: 'agent', createdAt: 5, lastUsedAt: null, expiresAt: null, revokedAt: null, ...fields };
};
