import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import type { CompiledQuery } from 'kysely';
import { expect, it, vi } from 'vitest';
import type { EntryFilter, EntrySort, StoreReader, StoreWriter } from '../../../server/src/app/ports.ts';
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
  ['whether events wait for their place', ({ outbox }) => outbox.hasUnplaced()],
  ['whether events are old', ({ outbox }) => outbox.hasBefore(0)],
  ['events of the feed', ({ outbox }) => outbox.after(1, 5, 5)],
  ['the start of the feed', ({ outbox }) => outbox.start(1)],
  ['a delivery', ({ deliveries }) => deliveries.find(1, 5)],
  ['deliveries of a target', ({ deliveries }) => deliveries.page(1, 'a', 'any', 5, 5)],
  ['who has deliveries due', ({ deliveries }) => deliveries.dueTargets()],
  ['who is behind', ({ deliveries }) => deliveries.followersBehind(5)],
  ['whether deliveries are old', ({ deliveries }) => deliveries.hasBefore(0)],
  ['reviews', ({ reviews }) => reviews.page(1, 'any', 5, 5)],
  ['pending reviews', ({ reviews }) => reviews.page(1, 'pending', 5, 5)],
  ['pending reviews of a key', ({ reviews }) => reviews.pendingOf(1, 'a')],
  ['reviews due', ({ reviews }) => reviews.findDue(0, 5)],
  ['a message', ({ messages }) => messages.findMessage(1, 'a', 'sms', 'b')],
  ['messages of a key', ({ messages }) => messages.messagesOf(1, 'a', 0)],
  ['the last messages', ({ messages }) => messages.recent(1, 5)],
  ...sorts.flatMap((sort) => filters.map((filter): [string, (reader: StoreReader) => Promise<unknown>] =>
    [`a page by ${sort} of ${JSON.stringify(filter)}`, ({ entries }) => entries.page(1, filter, sort, 5, { key: 'b', id: 5 }, 0)])),
];

const changes: Array<[string, (writer: StoreWriter) => Promise<unknown>]> = [
  ['places of events', ({ outbox }) => outbox.place(5)],
  ['old events', ({ outbox }) => outbox.deleteBefore(0, 5)],
  ['old messages', ({ messages }) => messages.deleteBefore(1, 0, 5)],
  ['deliveries that are due', ({ deliveries }) => deliveries.claim(1, 'a', 5, 6, 5)],
  ['old deliveries', ({ deliveries }) => deliveries.deleteBefore(0, 5)],
  ['an answer that was kept', ({ idempotency }) => idempotency.find(1, 'a')],
  ['old answers', ({ idempotency }) => idempotency.deleteBefore(0)],
  ['last lines of keys', ({ events }) => events.heads(1, ['a'])],
];

/** Steps that read a table from end to end; not among them: texts that were given, tables of a few rows, and the index of what waits, which is empty. */
const isScan = (step: string): boolean => /^SCAN (?!given|json_each|\d+ CONSTANT|(?:follower|outbox_head)\b|outbox USING INDEX outbox_unplaced$)/.test(step);

it('reads through an index, never a whole table', async () => {
  const directory = temporaryFolder();
  const store = await openSqliteStore({ directory });
  const queries = vi.spyOn(SqliteConnection.prototype, 'executeQuery');
  const explaining = new DatabaseSync(join(directory, 'quietlist.db'));
  try {
    const all = [...reads.map(([what, read]) => [what, () => read(store)] as const), ...changes.map(([what, change]) => [what, () => store.write(change)] as const)];
    for (const [what, run] of all) {
      queries.mockClear();
      await run();
      expect(queries.mock.calls.length).toBeGreaterThan(0);
      for (const [query] of queries.mock.calls as Array<[CompiledQuery]>) {
        const plan = explaining.prepare(`explain query plan ${query.sql}`).all(...(query.parameters as string[]));
        const scans = plan.map((row) => String(row['detail'])).filter(isScan);
        expect([what, query.sql, scans]).toEqual([what, query.sql, []]);
        // Through its workspace alone it would read every message to find that none is old.
        if (what === 'old messages') expect(plan.map((row) => String(row['detail']))).toContainEqual(expect.stringMatching(/\(workspace=\? AND at<\?\)/));
      }
    }
  } finally {
    queries.mockRestore();
    explaining.close();
    await store.close();
  }
});
