import { rulesVersion } from '../domain/address/address.ts';
import type { Entry } from '../domain/entry.ts';
import { mailboxOf, readPerson } from '../domain/person.ts';
import { rereadAddress } from '../domain/reread-address.ts';
import { ChangeSet } from './change-set.ts';
import type { Platform } from './context.ts';
import { linkPerson } from './link-person.ts';
import type { ContactAddress, ScanStart, Store, StoreWriter, Workspace } from './ports.ts';
import { readingOptionsOf } from './reading-options.ts';

/** Where the version of the rules is kept that the stored keys were made with, and how far a newer one has come. */
export const addressRulesMark = 'address-rules';
const progressMark = 'address-rules-progress';
const rowsAtOnce = 2_000;
const actor = 'job:rekey';

interface Progress {
  version: string;
  part: 'entries' | 'contacts';
  after: ScanStart | null;
}

/** The entry under the key of today's rules, or null when that is what it has. */
function moved(entry: Entry): Entry | null {
  const address = entry.unverified ? null : rereadAddress(entry);
  if (!address) return null;
  const mailbox = mailboxOf(address);
  return address.key === entry.key && mailbox === entry.mailbox ? null : { ...entry, key: address.key, mailbox };
}

/**
 * An opt-out that nobody could read, and that can be read now, as a second entry under its key. The first one stays: it still holds
 * whoever sends the same text with another country.
 */
function nowReadable(entry: Entry, workspace: Workspace, id: number): Entry | null {
  if (!entry.unverified || entry.endedAt !== null) return null;
  const { addresses } = readPerson([entry.address], readingOptionsOf(workspace.settings, undefined, entry.channel));
  const address = addresses[0];
  return address ? { ...entry, id, key: address.key, mailbox: mailboxOf(address), address: address.address, addressKind: address.kind, unverified: false } : null;
}

async function rekeyEntries(writer: StoreWriter, platform: Platform, workspace: Workspace, entries: readonly Entry[]): Promise<void> {
  const moves = entries.flatMap((from) => {
    const to = moved(from);
    return to ? [{ from, to }] : [];
  });
  const readable = entries.map((entry) => nowReadable(entry, workspace, platform.ids.next())).filter((entry) => entry !== null);
  const keys = new Set([...moves.map(({ to }) => to.key), ...readable.map(({ key }) => key)]);
  if (keys.size === 0) return;
  const now = platform.clock();
  const open = await writer.entries.findOpen(workspace.id, [...keys]);
  const changes = new ChangeSet(platform, { actor, workspaceId: workspace.id }, open, now);
  for (const { from, to } of moves) changes.move(from, to);
  for (const entry of readable) changes.add(entry);
  await changes.write(writer);
}

/** Contacts follow their addresses; two that meet under one key are one person's, and are linked. */
async function rekeyContacts(writer: StoreWriter, platform: Platform, workspaceId: number, rows: readonly ContactAddress[]): Promise<void> {
  for (const row of rows) {
    const address = rereadAddress(row);
    if (!address || address.key === row.key) continue;
    const because = { batch: null, reason: 'rekeyed' };
    const others = (await writer.contacts.findLinked(workspaceId, [row.key])).filter(({ key }) => key !== row.key);
    const changes = new ChangeSet(platform, { actor, workspaceId }, [], platform.clock());
    await writer.contacts.remove(workspaceId, [row.key]);
    changes.note('unlinked', row.key, { contact: row.contactId }, { contact: null }, because);
    const known = others.map((other) => ({ kind: other.addressKind, address: other.address, key: other.key }));
    await linkPerson(writer, platform, changes, workspaceId, { addresses: [address, ...known], unreadable: [], textKeys: [] }, because);
    await changes.write(writer);
  }
}

/** Rows that were read together, by the workspace they belong to. */
function byWorkspace<Row extends { workspaceId: number }>(rows: readonly Row[]): Map<number, Row[]> {
  return Map.groupBy(rows, ({ workspaceId }) => workspaceId);
}

/** Does one batch and answers where it ended: null when there is no more of this part. */
async function batchOf(writer: StoreWriter, platform: Platform, { part, after }: Progress): Promise<{ rows: number; end: ScanStart | null }> {
  if (part === 'entries') {
    const rows = await writer.entries.scan(after, rowsAtOnce);
    for (const [workspaceId, own] of byWorkspace(rows)) {
      const workspace = await writer.directory.workspace(workspaceId);
      if (workspace) await rekeyEntries(writer, platform, workspace, own.map(({ entry }) => entry));
    }
    const last = rows.at(-1);
    return { rows: rows.length, end: last ? { workspaceId: last.workspaceId, key: last.entry.key, id: last.entry.id } : null };
  }
  const rows = await writer.contacts.scan(after, rowsAtOnce);
  for (const [workspaceId, own] of byWorkspace(rows)) await rekeyContacts(writer, platform, workspaceId, own.map(({ address }) => address));
  const last = rows.at(-1);
  return { rows: rows.length, end: last ? { workspaceId: last.workspaceId, key: last.address.key, id: 0 } : null };
}

/**
 * Brings every stored key to the rules of this version, in batches, before the service answers anything: a check by a new key would miss
 * a row under its old one, and answer allow. Interrupted, it goes on where it stopped. `onProgress` gets the number of rows seen so far.
 */
export async function rekey(store: Store, platform: Platform, onProgress: (rows: number) => void, version: string = rulesVersion): Promise<void> {
  if ((await store.marks.get(addressRulesMark)) === version) return;
  const kept = JSON.parse((await store.marks.get(progressMark)) ?? 'null') as Progress | null;
  let progress: Progress = kept?.version === version ? kept : { version, part: 'entries', after: null };
  let seen = 0;
  for (let isDone = false; !isDone; ) {
    const { rows, reached } = await store.write(async (writer) => {
      const { rows, end } = await batchOf(writer, platform, progress);
      const reached: Progress = end ? { ...progress, after: end } : { version, part: 'contacts', after: null };
      await writer.marks.put(progressMark, JSON.stringify(reached));
      if (!end && progress.part === 'contacts') await writer.marks.put(addressRulesMark, version);
      return { rows, reached };
    });
    isDone = rows === 0 && progress.part === 'contacts';
    seen += rows;
    if (rows > 0) onProgress(seen);
    progress = reached;
  }
}
