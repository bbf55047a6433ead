/**
 * The SQLite store in process: `node bench/store.ts [entries]`. Medians of several rounds; one million entries by default.
 */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSettings } from '@quietlist/contract/settings';
import type { Store } from '../server/src/app/ports.ts';
import type { Entry } from '../server/src/domain/entry.ts';
import { chainEvents } from '../server/src/domain/history.ts';
import { createIds } from '../server/src/store/ids.ts';
import { openSqliteStore } from '../server/src/store/sqlite/open-sqlite-store.ts';

const entries = Number(process.argv[2] ?? 1_000_000);
const rounds = 7;
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

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
const print = (what: string, values: number[], unit: string): void =>
  console.log(`${what.padEnd(62)} ${Math.round(median(values)).toLocaleString('en').padStart(10)} ${unit}  (${Math.round(Math.min(...values)).toLocaleString('en')}–${Math.round(Math.max(...values)).toLocaleString('en')})`);

const keysOf = (count: number): string[] => Array.from({ length: count }, freshKey);

const directory = mkdtempSync(join(tmpdir(), 'quietlist-bench-'));
try {
  let store = await openSqliteStore({ directory });
  await store.write((writer) => writer.directory.insertWorkspace({ id: workspaceId, name: 'bench', settings: defaultSettings, createdAt: Date.now() }));

  const known: string[] = [];
  const loading = await rate(entries, async () => {
    for (let done = 0; done < entries; done += batch) {
      const keys = keysOf(batch);
      known.push(keys[0] ?? '');
      await add(store, keys);
    }
  });
  print(`load of ${entries.toLocaleString('en')} entries, ${batch.toLocaleString('en')} a write, one after the other`, [loading], 'rows/s');

  const single: number[] = [];
  const bulk: number[] = [];
  const grouped: number[] = [];
  const found: number[] = [];
  const checks: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    single.push(await rate(6_400, () => Promise.all(Array.from({ length: 64 }, async () => { for (let turn = 0; turn < 100; turn += 1) await add(store, [freshKey()]); }))));
    const one = keysOf(batch);
    bulk.push(await rate(batch, () => add(store, one)));
    const many = Array.from({ length: 10 }, () => keysOf(batch));
    grouped.push(await rate(10 * batch, () => Promise.all(many.map((keys) => add(store, keys)))));
    const asked = keysOf(batch).map((key, index) => (index % 50 === 0 ? (known[index % known.length] ?? key) : key));
    found.push(await rate(batch, () => store.entries.findOpen(workspaceId, asked)));
    checks.push(await rate(10 * batch, async () => { for (const keys of many) await store.entries.findOpen(workspaceId, keys); }));
  }
  print('single adds (entry and event), durable, 64 in flight', single, 'adds/s');
  print('bulk add with events, one write of 10,000', bulk, 'rows/s');
  print('bulk add with events, 10 writes of 10,000 at once', grouped, 'rows/s');
  print('open entries of 10,000 keys, 2 % found', found, 'keys/s');
  print('open entries of 10,000 keys, all found', checks, 'keys/s');

  await store.close();
  const opening: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    store = await openSqliteStore({ directory });
    await store.entries.findOpen(workspaceId, ['p+1']);
    opening.push((performance.now() - start) * 1_000);
    await store.close();
  }
  print('open the file and answer a look-up', opening, 'µs');
  console.log(`${(statSync(join(directory, 'quietlist.db')).size / (entries + rounds * (6_400 + 11 * batch))).toFixed(0)} bytes an entry with its event; RSS ${(process.memoryUsage().rss / 2 ** 20).toFixed(0)} MB`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
