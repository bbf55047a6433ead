import { canonicalJson } from '../domain/canonical-json.ts';
import type { Digest } from '../domain/history.ts';
import { anyPart, copyPartNames, forEachPart, type CopyPartName } from './copy-parts.ts';
import { StoreRefused, type ScanStart, type Store, type StoreWriter } from './ports.ts';
import { linkSecretMark } from './link-token.ts';
import { recordsOf, reviewsOf } from './records-of.ts';
import { addressRulesMark } from './rekey.ts';
import { compareStores } from './compare-stores.ts';

/** Where a store keeps that it is becoming a copy of another one, and how far it is. */
const copyMark = 'copy';
/** Marks that belong to the data: by which rules its keys were made, and from which secret its links. */
const copiedMarks = [addressRulesMark, linkSecretMark];
const rowsAtOnce = 2_000;

interface Copying {
  /** What tells one source from another. */
  source: string;
  state: 'under way' | 'done';
  part: CopyPartName;
  after: ScanStart | null;
}

export interface CopyProgress {
  doing: 'copying' | 'comparing';
  part: CopyPartName;
  rows: number;
}

export type Copied = Record<CopyPartName, number> & { workspaces: number };

const readMark = async (store: Store): Promise<Copying | null> => JSON.parse((await store.marks.get(copyMark)) ?? 'null') as Copying | null;

/** Refuses a store that is only half a copy: it would answer allow for everybody who is still missing. */
export async function requireWhole(store: Store): Promise<void> {
  const copying = await readMark(store);
  if (copying?.state === 'under way') throw new StoreRefused('This store is a copy that was not finished. Run "quietlist copy" again until it says that it is done.');
}

/** Reads the next rows of a part, and answers how many there are, where they end, and how to write them. */
async function nextRows(source: Store, { part, after }: Copying): Promise<{ rows: number; end: ScanStart | null; put(writer: StoreWriter): Promise<void> }> {
  const { scan, startAfter, put } = anyPart(part);
  const rows = await scan(source, after, rowsAtOnce);
  const last = rows.at(-1);
  return {
    rows: rows.length,
    end: last ? startAfter(last) : null,
    async put(writer) {
      for (const [workspaceId, own] of Map.groupBy(rows, (row) => row.workspaceId)) await put(writer, workspaceId, own);
    },
  };
}

/** Workspaces, lists, senders, keys, rules and the like: few, so in one write together with the mark that the copy has begun. */
async function copyDirectory(source: Store, target: Store, copying: Copying): Promise<void> {
  const workspaces = await Promise.all((await source.directory.workspaces()).map(async (workspace) => ({
    workspace,
    lists: await source.directory.lists(workspace.id),
    senders: await source.directory.senders(workspace.id),
    keys: await source.directory.keys(workspace.id),
    records: await recordsOf(source, workspace.id),
    reviews: await reviewsOf(source, workspace.id),
    head: await source.outbox.head(workspace.id),
  })));
  const followers = await source.deliveries.followers();
  const marks = await Promise.all(copiedMarks.map(async (name) => ({ name, value: await source.marks.get(name) })));
  await target.write(async (writer) => {
    for (const { workspace, lists, senders, keys, records, reviews, head } of workspaces) {
      await writer.directory.insertWorkspace(workspace);
      for (const list of lists) await writer.directory.putList(workspace.id, list);
      for (const sender of senders) await writer.directory.putSender(workspace.id, sender);
      for (const key of keys) await writer.directory.insertKey(key);
      for (const { kind, record } of records) await writer.records.put(workspace.id, kind, record);
      for (const review of reviews) await writer.reviews.put(workspace.id, review);
      await writer.outbox.setHead(workspace.id, head);
    }
    for (const follower of followers) await writer.deliveries.follow(follower);
    for (const { name, value } of marks) if (value !== null) await writer.marks.put(name, value);
    await writer.marks.put(copyMark, JSON.stringify(copying));
  });
}

/** Where the copy begins or goes on. A target that holds anything else is refused, untouched. */
async function beginOrGoOn(source: Store, target: Store, digest: Digest): Promise<Copying> {
  const workspaces = await source.directory.workspaces();
  if (workspaces.length === 0) throw new StoreRefused('The source is empty: there is nothing to copy.');
  await requireWhole(source);
  const identity = digest(canonicalJson(workspaces.map(({ id, createdAt }) => [id, createdAt])));
  const kept = await readMark(target);
  if (kept?.source === identity) return kept;
  const isEmpty = (await target.directory.workspaces()).length === 0 && (await target.entries.scan(null, 1)).length === 0;
  if (kept || !isEmpty) throw new StoreRefused('The target holds other data, which is left as it is. Give an empty folder or an empty database.');
  // What was committed last may still wait for its place.
  while (await source.outbox.hasUnplaced()) await source.write((writer) => writer.outbox.place(rowsAtOnce));
  const copying: Copying = { source: identity, state: 'under way', part: 'entries', after: null };
  await copyDirectory(source, target, copying);
  return copying;
}

/**
 * Makes the empty target a copy of the source: everything but the answers kept for idempotency keys and the recent inbound messages. Interrupted, it goes on where it
 * stopped. Nothing is taken for copied before both stores were read again and compared, and every hash chain was followed.
 */
export async function copyStore(source: Store, target: Store, digest: Digest, onProgress: (progress: CopyProgress) => void): Promise<Copied> {
  let copying = await beginOrGoOn(source, target, digest);
  const wasDone = copying.state === 'done';
  const copied = forEachPart(() => 0);
  while (!wasDone) {
    const { part } = copying;
    const { rows, end, put } = await nextRows(source, copying);
    const next = copyPartNames[copyPartNames.indexOf(part) + 1];
    if (!end && !next) break;
    const reached: Copying = end ? { ...copying, after: end } : { ...copying, part: next ?? part, after: null };
    await target.write(async (writer) => {
      await put(writer);
      await writer.marks.put(copyMark, JSON.stringify(reached));
    });
    copying = reached;
    copied[part] += rows;
    if (rows > 0) onProgress({ doing: 'copying', part, rows: copied[part] });
  }
  const compared = await compareStores(source, target, digest, (part, rows) => onProgress({ doing: 'comparing', part, rows }));
  if (compared.difference !== null) {
    const advice = wasDone
      ? 'The target was a finished copy, and one of the two has changed since. Give an empty target to copy again.'
      : 'Most likely something was written to the source meanwhile. Stop its services, empty the target, and copy again.';
    throw new StoreRefused(`The copy differs from the source: ${compared.difference}. ${advice}`);
  }
  if (!wasDone) await target.write((writer) => writer.marks.put(copyMark, JSON.stringify({ ...copying, state: 'done' })));
  return compared.counts;
}
