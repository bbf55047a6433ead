import { canonicalJson } from '../domain/canonical-json.ts';
import { followsIntact, type Digest, type EventRecord } from '../domain/history.ts';
import type { ScanStart, Store } from './ports.ts';
import { recordsOf, reviewsOf } from './records-of.ts';

const rowsAtOnce = 5_000;
/** Sums of hashes wrap here, so that they stay exact. */
const wrap = 2 ** 48;
const hexDigits = 12;

type Part = 'entries' | 'events' | 'contacts' | 'links';

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
  entries: Sum;
  events: Sum;
  contacts: Sum;
  links: Sum;
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
    whole.push({ workspace, lists: await store.directory.lists(id), senders: await store.directory.senders(id), keys, records: await recordsOf(store, id), reviews: await reviewsOf(store, id) });
  }
  return { text: canonicalJson(whole), workspaces: workspaces.length };
}

/** What a store holds, in a few numbers. Every line of the history is hashed anew and held against the one before. */
async function summaryOf(store: Store, digest: Digest, onRows: (part: Part, rows: number) => void): Promise<Summary> {
  const sums: Record<Part, Sum> = { entries: noRows, events: noRows, contacts: noRows, links: noRows };
  let chainsIntact = true;
  let older: { workspaceId: number; event: EventRecord } | null = null;

  await scanAll(store.entries.scan, ({ workspaceId, entry }) => {
    sums.entries = plus(sums.entries, digest(canonicalJson([workspaceId, entry])));
    return { workspaceId, key: entry.key, id: entry.id };
  }, (rows) => onRows('entries', rows));
  await scanAll(store.events.scan, (row) => {
    const { workspaceId, event } = row;
    const isSameAddress = older?.workspaceId === workspaceId && older.event.key === event.key;
    chainsIntact &&= followsIntact(event, isSameAddress ? (older?.event ?? null) : null, digest);
    older = row;
    sums.events = plus(sums.events, event.hash);
    return { workspaceId, key: event.key, id: event.sequence };
  }, (rows) => onRows('events', rows));
  await scanAll(store.contacts.scan, ({ workspaceId, address }) => {
    sums.contacts = plus(sums.contacts, digest(canonicalJson([workspaceId, address])));
    return { workspaceId, key: address.key, id: 0 };
  }, (rows) => onRows('contacts', rows));
  await scanAll((after, limit) => store.links.scan(after?.key ?? null, limit), (link) => {
    sums.links = plus(sums.links, digest(canonicalJson(link)));
    return { workspaceId: link.workspaceId, key: link.tokenHash, id: 0 };
  }, (rows) => onRows('links', rows));
  const { text, workspaces } = await directoryOf(store);
  return { ...sums, directory: text, workspaces, chainsIntact };
}

export interface Comparison {
  /** What differs, for people; null when nothing does. */
  difference: string | null;
  counts: Record<Part, number> & { workspaces: number };
}

/** Reads both stores whole and tells whether they hold the same. */
export async function compareStores(source: Store, target: Store, digest: Digest, onRows: (part: Part, rows: number) => void): Promise<Comparison> {
  const [ours, theirs] = [await summaryOf(source, digest, onRows), await summaryOf(target, digest, onRows)];
  const differs = (['entries', 'events', 'contacts', 'links'] as const).flatMap((part) => {
    if (ours[part].rows !== theirs[part].rows) return [`${ours[part].rows} ${part} in the source, ${theirs[part].rows} in the target`];
    return ours[part].sum === theirs[part].sum ? [] : [`${part} that are not the same`];
  });
  if (ours.directory !== theirs.directory) differs.push('workspaces, lists, senders, keys, rules or reviews that are not the same');
  if (!theirs.chainsIntact) differs.push(ours.chainsIntact ? 'a history that is broken in the target' : 'a history that is broken in the source already');
  const counts = { entries: theirs.entries.rows, events: theirs.events.rows, contacts: theirs.contacts.rows, links: theirs.links.rows, workspaces: theirs.workspaces };
  return { difference: differs.length > 0 ? differs.join('; ') : null, counts };
}
