import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { CompiledQuery } from 'kysely';
import { expect, it, onTestFinished, vi } from 'vitest';
import { StoreUnavailable, UniqueConflict } from '../../../server/src/app/ports.ts';
import { SqliteConnection } from '../../../server/src/store/sqlite/connection.ts';
import { GroupCommit } from '../../../server/src/store/sqlite/group-commit.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Groups on a real file with one table, the statements that begin and end transactions, and what a second connection sees. */
function setUp() {
  const path = join(temporaryFolder(), 'test.db');
  const open = () => {
    const database = new DatabaseSync(path);
    onTestFinished(() => void (database.isOpen && database.close()));
    return database;
  };
  const [writing, other] = [open(), open()];
  writing.exec('pragma journal_mode = wal; create table number (n integer primary key, square text unique)');
  const connection = new SqliteConnection(writing);
  connection.allowOnlyTransactions();
  const control = vi.spyOn(connection, 'control');
  const faults: unknown[] = [];
  const group = new GroupCommit(connection, { lockWaitMs: 0, onError: (error) => faults.push(error) });
  return {
    connection, control, faults, group,
    insert: (n: number, square = String(n * n)) => connection.executeQuery(CompiledQuery.raw('insert into number values (?, ?)', [n, square])),
    committed: () => other.prepare('select n from number order by n').all().map((row) => row['n']),
    count: (statement: string) => control.mock.calls.filter(([text]) => text === statement).length,
  };
}

const failCommitOnce = ({ control, connection }: ReturnType<typeof setUp>, error: unknown): void => {
  const real = SqliteConnection.prototype.control;
  let hasFailed = false;
  control.mockImplementation((text) => {
    if (text !== 'commit' || hasFailed) return real.call(connection, text);
    hasFailed = true;
    throw error;
  });
};

it('commits all writes of one turn of the event loop together, and acknowledges them after', async () => {
  const { group, insert, committed, count } = setUp();
  const seenByFirst = group.write(() => insert(0)).then(committed);
  await Promise.all(Array.from({ length: 99 }, (_, index) => group.write(() => insert(index + 1))));
  expect(count('commit')).toBe(1);
  expect((await seenByFirst).length).toBe(100);
});

it('commits the writes that arrive while a group runs together in the next one', async () => {
  const { group, insert, count, committed } = setUp();
  const later: Array<Promise<unknown>> = [];
  await group.write(async () => {
    await insert(0);
    for (let n = 1; n <= 5; n += 1) {
      await setImmediate();
      later.push(group.write(() => insert(n)));
    }
  });
  expect(committed()).toEqual([0]);
  await Promise.all(later);
  expect(count('commit')).toBe(2);
  expect(committed()).toEqual([0, 1, 2, 3, 4, 5]);
});

it('takes back only the write that fails, wherever in the group it is', async () => {
  const { group, insert, committed, count } = setUp();
  const writes = [1, 2, 3, 4].map((n) => group.write(async () => {
    await insert(n);
    if (n % 2 === 1) throw new Error(`no ${n}`);
    return n;
  }));
  writes.push(group.write(async () => { await insert(5, '4'); return 5; }));
  const settled = await Promise.allSettled(writes);
  expect(settled.map((result) => (result.status === 'fulfilled' ? result.value : (result.reason as Error).name))).toEqual(['Error', 2, 'Error', 4, 'UniqueConflict']);
  expect(committed()).toEqual([2, 4]);
  expect(count('commit')).toBe(1);
});

it('runs no other write again for one that fails before it has written anything', async () => {
  const { group, insert, committed, count } = setUp();
  let runs = 0;
  const counted = group.write(async () => { runs += 1; await insert(1); });
  const refused = group.write(async () => { throw new Error('refused'); });
  const later = group.write(() => insert(2));
  await expect(refused).rejects.toThrow('refused');
  await Promise.all([counted, later]);
  expect([runs, count('savepoint unit'), committed()]).toEqual([1, 0, [1, 2]]);
});

it('acknowledges none of a group whose commit fails, and goes on with the next', async () => {
  const set = setUp();
  const error = new StoreUnavailable('The disk is full.', { full: true });
  failCommitOnce(set, error);
  const settled = await Promise.allSettled([1, 2, 3].map((n) => set.group.write(() => set.insert(n))));
  expect(settled.map((result) => result.status === 'rejected' && result.reason === error)).toEqual([true, true, true]);
  expect(set.faults).toEqual([error]);
  expect(set.committed()).toEqual([]);
  await set.group.write(() => set.insert(4));
  expect(set.committed()).toEqual([4]);
});

it('acknowledges none of a group whose transaction SQLite rolled back, even when the work swallows the fault', async () => {
  const { group, insert, committed, connection } = setUp();
  const settled = await Promise.allSettled([
    group.write(() => insert(1)),
    group.write(async () => {
      connection.control('rollback');
      await insert(2).catch(() => undefined);
    }),
    group.write(() => insert(3)),
  ]);
  expect(settled.map((result) => result.status === 'rejected' && result.reason instanceof StoreUnavailable)).toEqual([true, true, true]);
  expect(committed()).toEqual([]);
  await group.write(() => insert(4));
  expect(committed()).toEqual([4]);
});

it('goes on after a fault whose rollback failed, too', async () => {
  const { group, control, connection, insert, committed, faults } = setUp();
  const real = SqliteConnection.prototype.control;
  const failing = new Set(['commit', 'rollback']);
  control.mockImplementation((text) => {
    if (!failing.delete(text)) return real.call(connection, text);
    throw new StoreUnavailable('The disk could not be written.');
  });
  await expect(group.write(() => insert(1))).rejects.toBeInstanceOf(StoreUnavailable);
  expect(faults.length).toBe(2);
  await group.write(() => insert(2));
  expect(committed()).toEqual([2]);
});

it('runs a write again with fresh ids when an id is taken, and gives up in the end', async () => {
  const { group, insert, committed } = setUp();
  await group.write(() => insert(1));
  let id = -1;
  const runs = () => group.write(async () => { id += 1; await insert(10 + id, `tried ${id}`); await insert(id < 2 ? 1 : 20); });
  await runs();
  expect(committed()).toEqual([1, 12, 20]);
  await expect(group.write(() => insert(1, 'other'))).rejects.toBeInstanceOf(UniqueConflict);
  expect(committed()).toEqual([1, 12, 20]);
});

it('finishes what it took before it closes, and takes no more', async () => {
  const { group, insert, committed } = setUp();
  const taken = [1, 2].map((n) => group.write(() => insert(n)));
  await group.close();
  expect(committed()).toEqual([1, 2]);
  await Promise.all(taken);
  await expect(group.write(() => insert(3))).rejects.toBeInstanceOf(StoreUnavailable);
});
