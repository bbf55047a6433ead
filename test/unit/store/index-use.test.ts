import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import type { CompiledQuery } from 'kysely';
import { expect, it, vi } from 'vitest';
import type { EntryFilter, EntrySort, StoreReader } from '../../../server/src/app/ports.ts';
import { SqliteConnection } from '../../../server/src/store/sqlite/connection.ts';
import { openSqliteStore } from '../../../server/src/store/sqlite/open-sqlite-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const sorts: EntrySort[] = ['createdAt', '-createdAt', 'address', '-address'];
const filters: EntryFilter[] = [
  {}, { kind: 'block' }, { list: 'default' }, { sender: 'snd_1', kind: 'block' }, { keyPrefix: 'p+55' }, { status: 'any' }, { status: 'removed', list: 'default' }, { status: 'expired' },
];

const reads: Array<[string, (reader: StoreReader) => Promise<unknown>]> = [
  ['open entries of keys', ({ entries }) => entries.findOpen(1, ['a', 'b'])],
  ['open entries of mailboxes', ({ entries }) => entries.findOpenByMailbox(1, ['a', 'b'])],
  ['entries by id', ({ entries }) => entries.findByIds(1, [1, 2])],
  ['entries of a key', ({ entries }) => entries.findByKey(1, 'a', 5)],
  ['counts of lists', ({ entries }) => entries.countOpenByList(1, 0)],
  ['entries of a sender', ({ entries }) => entries.hasOpenOfSender(1, 'snd_1', 0)],
  ['entries due', ({ entries }) => entries.findDue(0, 5)],
  ['a timeline', ({ events }) => events.timeline(1, 'a', 5)],
  ['events up to an instant', ({ events }) => events.until(1, ['a'], 0)],
  ['linked addresses', ({ contacts }) => contacts.findLinked(1, ['a'])],
  ['a record of whomever', ({ records }) => records.whose('connection', 'cnn_1')],
  ['a key', ({ directory }) => directory.keyByPublicId('a')],
  ...sorts.flatMap((sort) => filters.map((filter): [string, (reader: StoreReader) => Promise<unknown>] =>
    [`a page by ${sort} of ${JSON.stringify(filter)}`, ({ entries }) => entries.page(1, filter, sort, 5, { key: 'b', id: 5 }, 0)])),
];

it('reads through an index, never a whole table', async () => {
  const directory = temporaryFolder();
  const store = await openSqliteStore({ directory });
  const queries = vi.spyOn(SqliteConnection.prototype, 'executeQuery');
  const explaining = new DatabaseSync(join(directory, 'quietlist.db'));
  try {
    for (const [what, read] of reads) {
      queries.mockClear();
      await read(store);
      expect(queries.mock.calls.length).toBeGreaterThan(0);
      for (const [query] of queries.mock.calls as Array<[CompiledQuery]>) {
        const plan = explaining.prepare(`explain query plan ${query.sql}`).all(...(query.parameters as string[]));
        const scans = plan.map((row) => String(row['detail'])).filter((step) => /^SCAN (?!given|json_each|\d+ CONSTANT)/.test(step));
        expect([what, query.sql, scans]).toEqual([what, query.sql, []]);
      }
    }
  } finally {
    queries.mockRestore();
    explaining.close();
    await store.close();
  }
});
