/**
 * The PostgreSQL store in process: `node bench/postgres.ts [entries]`, one million by default. Bulk look-ups are held against the bare
 * `unnest` join through the same driver, one after the other in each round. Medians; durable commits (fsync on).
 */
import { createHash } from 'node:crypto';
import { defaultSettings } from '@quietlist/contract/settings';
import pg from 'pg';
import type { Store } from '../server/src/app/ports.ts';
import type { Entry } from '../server/src/domain/entry.ts';
import { chainEvents } from '../server/src/domain/history.ts';
import { createIds } from '../server/src/store/ids.ts';
import { openPostgresStore } from '../server/src/store/postgres/open-postgres-store.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { median, printTable, rounded } from './support/report.ts';

const entries = Number(process.argv[2] ?? 1_000_000);
const rounds = 9;
const batch = 10_000;
const workspaceId = 1;
const ids = createIds(Date.now);
const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

let made = 0;
/** Keys in a scattered order, each one once: a multiplication modulo 2³² by an odd number repeats nothing. */
function freshKey(): string {
  made += 1;
  const scattered = Math.imul(made, 0x9e3779b1) >>> 0;
  return made % 5 < 3 ? `p+55${10_000_000_000 + scattered}` : `e${scattered.toString(36)}.ann@gmail.com`;
}
const keysOf = (count: number): string[] => Array.from({ length: count }, freshKey);

const newEntry = (key: string, now: number): Entry => ({
  id: ids.next(), kind: 'opt_out', key, mailbox: null, address: key.slice(1), addressKind: key.startsWith('p') ? 'phone' : 'email', unverified: false,
  channel: 'whatsapp', sender: null, list: 'default', purpose: 'marketing', direction: 'outbound', reason: 'opt_out', note: null, source: 'api',
  evidence: { workflow: 'welcome' }, by: 'recipient', batch: null, createdAt: now, expiresAt: null, endedAt: null, endedAs: null,
});

/** What adding does in the service: look up, insert, chain and append. */
function add(store: Store, keys: readonly string[]): Promise<void> {
  return store.write(async (writer) => {
    const now = Date.now();
    await writer.entries.findOpen(workspaceId, keys);
    const added = keys.map((key) => newEntry(key, now));
    await writer.entries.insert(workspaceId, added);
    const drafts = added.map((entry) => ({
      id: ids.next(), key: entry.key, at: now, actor: 'key_1', action: 'added' as const, entryId: entry.id, before: null, after: entry, batch: null, reason: entry.reason,
    }));
    await writer.events.append(workspaceId, chainEvents(drafts, await writer.events.heads(workspaceId, keys), digest));
  });
}

async function rate(count: number, work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (count / (performance.now() - start)) * 1_000;
}

const bareJoin = "select entry.* from unnest(string_to_array($1, E'\\n')) as given(value) join entry on entry.workspace = $2 and entry.key = given.value and entry.closed = 0";

const server = await startPostgres({ settings: ['fsync = on', 'shared_buffers = 1GB', 'max_wal_size = 4GB'] });
const url = await server.createDatabase();
const store = await openPostgresStore({ url, poolSize: 16 });
const bare = new pg.Client({ connectionString: url });
try {
  await store.write((writer) => writer.directory.insertWorkspace({ id: workspaceId, name: 'bench', settings: defaultSettings, createdAt: Date.now() }));
  const known: string[] = [];
  const loading = await rate(entries, async () => {
    for (let done = 0; done < entries; done += batch) {
      const keys = keysOf(Math.min(batch, entries - done));
      known.push(...keys.slice(0, 250));
      await add(store, keys);
    }
  });
  await server.query('vacuum analyze', url);
  await bare.connect();

  const figures: Record<'bare' | 'look-up' | 'ratio' | 'one' | 'single' | 'bulk', number[]> = { bare: [], 'look-up': [], ratio: [], one: [], single: [], bulk: [] };
  for (let round = 0; round < rounds; round += 1) {
    const asked = Array.from({ length: 5 }, () => keysOf(batch).map((key, index) => (index % 50 === 0 ? (known[Math.floor(Math.random() * known.length)] ?? key) : key)));
    const lookUp = async () => void figures['look-up'].push(await rate(5 * batch, async () => { for (const keys of asked) await store.entries.findOpen(workspaceId, keys); }));
    const join = async () => void figures.bare.push(await rate(5 * batch, async () => {
      for (const keys of asked) await bare.query({ name: 'bare', text: bareJoin, values: [keys.toSorted().join('\n'), workspaceId] });
    }));
    for (const step of round % 2 === 0 ? [join, lookUp] : [lookUp, join]) await step();
    figures.ratio.push((figures['look-up'].at(-1) ?? 0) / (figures.bare.at(-1) ?? 1));
    figures.one.push(await rate(500, async () => { for (const key of asked[0]?.slice(0, 500) ?? []) await store.entries.findOpen(workspaceId, [key]); }));
    figures.single.push(await rate(1_280, () => Promise.all(Array.from({ length: 64 }, async () => { for (let turn = 0; turn < 20; turn += 1) await add(store, keysOf(1)); }))));
    figures.bulk.push(await rate(batch, () => add(store, keysOf(batch))));
  }
  const [{ bytes } = { bytes: 0 }] = await server.query('select pg_database_size(current_database()) as bytes', url);
  printTable(
    `PostgreSQL store, ${entries.toLocaleString('en-US')} entries, medians of ${rounds} rounds`,
    ['what', 'median', 'unit'],
    [
      ['load, 10,000 a write', rounded(loading), 'rows/s'],
      ['bare unnest join, 10,000 keys, 2 % found', rounded(median(figures.bare)), 'keys/s'],
      ['open entries of 10,000 keys, 2 % found', rounded(median(figures['look-up'])), 'keys/s'],
      ['the same as a share of the bare join', rounded(median(figures.ratio)), '×'],
      ['open entries of one key, one after the other', rounded(median(figures.one)), 'keys/s'],
      ['single adds (entry and event), 64 in flight', rounded(median(figures.single)), 'adds/s'],
      ['bulk add with events, one write of 10,000', rounded(median(figures.bulk)), 'rows/s'],
      ['size of the database', rounded(Number(bytes) / made), 'bytes an entry with its event'],
    ],
  );
} finally {
  await bare.end();
  await store.close();
  await server.remove();
}
