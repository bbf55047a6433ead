import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { StoreUnavailable } from '../../server/src/app/ports.ts';
import { createIds } from '../../server/src/store/ids.ts';
import { openSqliteStore } from '../../server/src/store/sqlite/open-sqlite-store.ts';
import { addKey } from '../support/store-adds.ts';
import { expectWholeWrites, storedKeys } from '../support/store-checks.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ids = createIds(Date.now);

/** A store in a folder, and a connection of somebody else that takes the write lock. */
async function withLocker(lockWaitMs: number) {
  const directory = temporaryFolder();
  const faults: unknown[] = [];
  const store = await openSqliteStore({ directory, lockWaitMs, onError: (error) => faults.push(error) });
  const locker = new DatabaseSync(join(directory, 'quietlist.db'));
  const add = (key: string) => store.write((writer) => addKey(writer, ids, key));
  await add('p+before');
  return { store, locker, add, faults, async close() { locker.close(); await store.close(); } };
}

it('refuses writes while another process holds the database, answers reads meanwhile, and goes on after', async () => {
  const { store, locker, add, faults, close } = await withLocker(30);
  locker.exec('begin immediate');
  const refused = Promise.allSettled([add('p+1'), add('p+2')]);
  expect(await storedKeys(store)).toEqual(['p+before']);
  for (const result of await refused) {
    expect(result).toMatchObject({ status: 'rejected', reason: { name: 'StoreUnavailable', full: false } });
  }
  expect(faults.length).toBe(1);
  locker.exec('commit');
  await add('p+3');
  expect(await expectWholeWrites(store)).toEqual(['p+before', 'p+3']);
  await close();
});

it('waits for a lock that is given back in time, and writes then', async () => {
  const { store, locker, add, faults, close } = await withLocker(60_000);
  locker.exec('begin immediate');
  let isDone = false;
  const write = add('p+1').then(() => (isDone = true));
  for (let turn = 0; turn < 20; turn += 1) {
    await setImmediate();
    await store.ping();
  }
  expect(isDone).toBe(false);
  locker.exec('rollback');
  await write;
  expect(faults).toEqual([]);
  expect(await storedKeys(store)).toEqual(['p+before', 'p+1']);
  await close();
});

it('names nobody’s address in what it says of a fault', async () => {
  const { locker, add, close } = await withLocker(1);
  locker.exec('begin exclusive');
  const error = await add('p+5511987654321').catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StoreUnavailable);
  expect(JSON.stringify([String(error), (error as Error).stack, String((error as Error).cause)])).not.toContain('5511987654321');
  locker.exec('rollback');
  await close();
});
