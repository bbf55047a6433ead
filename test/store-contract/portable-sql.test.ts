import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../server/src/app/ports.ts';
import { openStoreOn } from '../../server/src/store/postgres/open-postgres-store.ts';
import { pglitePool } from '../support/pglite.ts';
import { describeStore } from './describe-store.ts';

/** Every statement that the suite runs, opening included. */
const statements = new Set<string>();
const note = (text: string): void => void statements.add(text.replace(/\s+/g, ' ').trim());
let pool: Awaited<ReturnType<typeof pglitePool>>;
let store: Store;
beforeAll(async () => {
  pool = await pglitePool();
  // As on the shards of Citus; how one server is asked otherwise is added below.
  store = await openStoreOn({ reading: pool, writing: pool }, { isSharded: true, onStatement: note });
});
afterAll(() => store.close());

describeStore('the PostgreSQL store on PGlite, written for shards', async () => {
  await pool.clear();
  return { ...store, close: async () => {} };
}, { readsWhileWriting: false });

/** What at least one of Citus, CockroachDB, YugabyteDB and Aurora DSQL lacks, or does in its own way. */
const denied: ReadonlyArray<[string, RegExp]> = [
  ['sequences', /\b(?:small|big)?serial\b|\bidentity\b|\bnextval\b|\bcurrval\b/i],
  ['collations of a column', /\bcollate\b/i],
  ['temporary tables', /\btemp(?:orary)?\b/i],
  ['notifications', /\b(?:un)?listen\b|\bnotify\b/i],
  ['advisory locks', /pg_(?:try_)?advisory/i],
  ['foreign keys', /\breferences\b|\bforeign\b/i],
  ['triggers and functions', /\btrigger\b|\bcreate (?:or replace )?function\b|\bplpgsql\b|^do\b/i],
  ['changes inside a query', /\bwith\b.*\b(?:insert|update|delete|merge)\b/i],
  ['row locks', /\bfor (?:no key )?(?:update|share|key share)\b|\block table\b/i],
  ['cursors and savepoints', /\bdeclare\b|\bsavepoint\b/i],
  ['columns that are computed or partitioned', /\bgenerated\b|\bpartition\b|\binherits\b/i],
  ['types of one engine', /\bjsonb\b|\bhstore\b|\bcitext\b|\bxid8?\b|\bctid\b|\btsvector\b/i],
  ['indexes of one engine', /\busing (?:gin|gist|brin|hash|spgist)\b|\bconcurrently\b|\binclude\b/i],
];

/** The one lock: two servers never change the schema at once. */
const migrationLock = 'select pg_advisory_xact_lock($1)';

const spread: ReadonlyMap<string, RegExp> = new Map([
  ['entry', /\bkey\b/],
  ['event', /\bkey\b/],
  ['contact_address', /\bkey\b/],
  ['inbound_message', /\bkey\b/],
  ['link', /\btoken_hash\b/],
  ['idempotency', /\bidempotency_key\b/],
]);

describe('every statement of the store', () => {
  beforeAll(async () => {
    const single = await openStoreOn({ reading: pool, writing: pool }, { onStatement: note });
    await single.entries.findOpen(1, ['p+1']);
    await single.entries.findOpenByMailbox(1, ['m']);
    await single.entries.keysOfMailboxes(1, ['m']);
    await single.events.until(1, ['p+1'], 1);
    await single.leading?.(1, ['p+1'], ['m']);
    await single.write(async ({ contacts, events }) => {
      await contacts.put(1, [{ contactId: 1, key: 'p+1', address: '+1', addressKind: 'phone' }]);
      await contacts.findLinked(1, ['p+1']);
      await events.heads(1, ['p+1']);
    });
  });

  const all = () => [...statements].filter((text) => text !== migrationLock);
  const own = () => all().filter((text) => !/pg_catalog|kysely_migration/.test(text));

  it('was seen', () => {
    expect(statements.size).toBeGreaterThan(80);
    for (const beginning of ['create table entry', 'insert into "entry"', 'update entry', 'select "entry"."id"', 'insert into "event"', 'delete from "contact_address"']) {
      expect([...statements].some((text) => text.startsWith(beginning)), beginning).toBe(true);
    }
    expect(statements).toContain(migrationLock);
  });

  it.each(denied)('does without %s', (_what, pattern) => {
    expect(own().filter((text) => pattern.test(text))).toEqual([]);
  });

  it('keeps every table by what its rows are spread by: each unique constraint holds it', () => {
    const constraints = own().flatMap((text) => {
      const index = /^create unique index \w+ on (\w+) \((.*?)\)/.exec(text);
      if (index) return [[index[1] ?? '', index[2] ?? '']];
      const table = /^create table (\w+)/.exec(text)?.[1] ?? '';
      return [...text.matchAll(/(?:primary key|unique) \((.*?)\)/g)].map((match) => [table, match[1] ?? '']);
    });
    expect(constraints.length).toBeGreaterThan(8);
    // An id is one entry's alone on one server; `distribute/` says what holds on many.
    const unspread = constraints.filter(([table = '', columns = '']) => spread.get(table)?.test(columns) === false);
    expect(unspread).toEqual([['entry', 'workspace, id']]);
  });

  it('changes rows only by what they are spread by, so that each change goes to one shard', () => {
    const changes = own().filter((text) => /^(?:insert|update|delete)/.test(text));
    expect(changes.length).toBeGreaterThan(15);
    for (const [table, key] of spread) {
      const ofTable = changes.filter((text) => new RegExp(`^(?:insert into|update|delete from) "?${table}"?\\b`).test(text));
      expect(ofTable.length, table).toBeGreaterThan(0);
      const allowed = (text: string) => table === 'idempotency' && text.includes('created_at" < $');
      expect(ofTable.filter((text) => !key.test(text.replace(/^.*? where /, '')) && !allowed(text))).toEqual([]);
    }
  });

  it('looks many addresses up by what they are spread by', () => {
    const lookUps = own().filter((text) => text.startsWith('select') && text.includes('string_to_array'));
    expect(lookUps.length).toBeGreaterThan(4);
    expect(lookUps.filter((text) => !/\b(?:key|mailbox|token_hash) = given\.value/.test(text))).toEqual([]);
  });
});
