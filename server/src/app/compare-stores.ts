import { canonicalJson } from '../domain/canonical-json.ts';
import { followsIntact, type Digest, type EventRecord } from '../domain/history.ts';
import { anyPart, copyPartNames, forEachPart, type CopyPartName } from './copy-parts.ts';
import type { ScanStart, Store } from './ports.ts';
import { recordsOf, reviewsOf } from './records-of.ts';

const rowsAtOnce = 5_000;
/** Sums of hashes wrap here, so that they stay exact. */
const wrap = 2 ** 48;
const hexDigits = 12;

/** How many rows, and the sum of their hashes: the same for the same rows in any order. */
interface Sum {
  rows: number;
  sum: number;
}

const noRows: Sum = { rows: 0, sum: 0 };
const plus = ({ rows, sum }: Sum, hash: string): Sum => ({ rows: rows + 1, sum: (sum + Number.parseInt(hash.slice(0, hexDigits), 16)) % wrap });

/** Goes through all rows in steps. `take` answers where the row ends the step. */
async function scanAll<Row>(scan: (after: ScanStart | null, limit: number) => Promise<Row[]>, take: (row: Row) => ScanStart, onRows: (rows: number) => void): Promise<void> {
  let after: ScanStart | null = null;
  for (let seen = 0; ; onRows(seen)) {
    const rows = await scan(after, rowsAtOnce);
    if (rows.length === 0) return;
    for (const row of rows) after = take(row);
    seen += rows.length;
  }
}

interface Summary {
  sums: Record<CopyPartName, Sum>;
  directory: string;
  workspaces: number;
  chainsIntact: boolean;
}

async function directoryOf(store: Store): Promise<{ text: string; workspaces: number }> {
  const workspaces = await store.directory.workspaces();
  const whole = [];
  for (const workspace of workspaces) {
    const { id } = workspace;
    const keys = (await store.directory.keys(id)).map(({ lastUsedAt: _, ...key }) => key);
    whole.push({ workspace, lists: await store.directory.lists(id), senders: await store.directory.senders(id), keys, records: await recordsOf(store, id), reviews: await reviewsOf(store, id), head: await store.outbox.head(id) });
  }
  return { text: canonicalJson([whole, await store.deliveries.followers()]), workspaces: workspaces.length };
}

/** What a store holds, in a few numbers. Every line of the history is hashed anew and held against the one before. */
async function summaryOf(store: Store, digest: Digest, onRows: (part: CopyPartName, rows: number) => void): Promise<Summary> {
  const sums = forEachPart(() => noRows);
  let chainsIntact = true;
  let older: { workspaceId: number; event: EventRecord } | null = null;
  const follow = (row: { workspaceId: number; event: EventRecord }): string => {
    const isSameAddress = older?.workspaceId === row.workspaceId && older.event.key === row.event.key;
    chainsIntact &&= followsIntact(row.event, isSameAddress ? (older?.event ?? null) : null, digest);
    older = row;
    return row.event.hash;
  };
  for (const name of copyPartNames) {
    const { scan, startAfter } = anyPart(name);
    await scanAll((after, limit) => scan(store, after, limit), (row) => {
      sums[name] = plus(sums[name], name === 'events' ? follow(row as { workspaceId: number; event: EventRecord }) : digest(canonicalJson(row)));
      return startAfter(row);
    }, (rows) => onRows(name, rows));
  }
  const { text, workspaces } = await directoryOf(store);
  return { sums, directory: text, workspaces, chainsIntact };
}

export interface Comparison {
  /** What differs, for people; null when nothing does. */
  difference: string | null;
  counts: Record<CopyPartName, number> & { workspaces: number };
}

/** Reads both stores whole and tells whether they hold the same. */
export async function compareStores(source: Store, target: Store, digest: Digest, onRows: (part: CopyPartName, rows: number) => void): Promise<Comparison> {
  const [ours, theirs] = [await summaryOf(source, digest, onRows), await summaryOf(target, digest, onRows)];
  const differs = copyPartNames.flatMap((part) => {
    const [own, other] = [ours.sums[part], theirs.sums[part]];
    if (own.rows !== other.rows) return [`${own.rows} ${part} in the source, ${other.rows} in the target`];
    return own.sum === other.sum ? [] : [`${part} that are not the same`];
  });
  if (ours.directory !== theirs.directory) differs.push('workspaces, lists, senders, keys, rules, webhooks or reviews that are not the same');
  if (!theirs.chainsIntact) differs.push(ours.chainsIntact ? 'a history that is broken in the target' : 'a history that is broken in the source already');
  const counts = { ...forEachPart((part) => theirs.sums[part].rows), workspaces: theirs.workspaces };
  return { difference: differs.length > 0 ? differs.join('; ') : null, counts };
}
