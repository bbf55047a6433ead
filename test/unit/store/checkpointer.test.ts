import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished } from 'vitest';
import { Checkpointer } from '../../../server/src/store/sqlite/checkpointer.ts';
import { openDatabase } from '../../../server/src/store/sqlite/open-database.ts';
import { startStoreChild } from '../../support/store-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const pageBytes = 4_096;

/** A real file whose log is copied from its 20th page on and may grow to 60, and a write of some ten pages. */
function setUp(workerPath?: string) {
  const path = join(temporaryFolder(), 'test.db');
  const writing = openDatabase(path, { readOnly: false });
  writing.exec('create table text (value text)');
  const faults: unknown[] = [];
  const checkpointer = new Checkpointer({ path: workerPath ?? path, writing, onError: (error) => faults.push(error), pages: { first: 20, most: 60 } });
  onTestFinished(async () => {
    await checkpointer.close();
    writing.close();
  });
  const insert = writing.prepare('insert into text values (?)');
  const state = writing.prepare('pragma wal_checkpoint(noop)');
  const log = () => state.get() as { log: number; checkpointed: number };
  async function write(): Promise<void> {
    await checkpointer.room();
    insert.run('x'.repeat(10 * pageBytes));
    checkpointer.committed();
  }
  return { path, writing, checkpointer, faults, write, log };
}

it('keeps the log within its bound while writes go on without a pause, all of it copied by the thread', async () => {
  const { path, write, log, faults } = setUp();
  let longest = 0;
  for (let count = 0; count < 100; count += 1) {
    await write();
    longest = Math.max(longest, log().log);
  }
  expect(longest).toBeLessThan(80);
  expect(statSync(path).size).toBeGreaterThan(900 * pageBytes);
  expect(faults).toEqual([]);
});

it('starts no thread for a short log', async () => {
  const { checkpointer, write, log } = setUp();
  await write();
  expect(log().checkpointed).toBe(0);
  expect(checkpointer.room()).toBe(null);
  await checkpointer.close();
  expect(log().checkpointed).toBe(0);
});

it('copies what is left when it closes, so that closing the store does not take long', async () => {
  const { checkpointer, write, log } = setUp();
  for (let count = 0; count < 5; count += 1) await write();
  await checkpointer.close();
  expect(log().checkpointed).toBe(log().log);
});

it('is no other process to the connection that writes: the key filter stays good', async () => {
  const { writing, write } = setUp();
  const version = writing.prepare('pragma data_version');
  const before = version.get();
  for (let count = 0; count < 50; count += 1) await write();
  expect(version.get()).toEqual(before);
});

it('lets writes go on while a reader holds the log, and copies it afterwards', async () => {
  const { path, write, log } = setUp();
  const reader = new DatabaseSync(path);
  onTestFinished(() => reader.close());
  reader.exec('begin; select * from text');
  for (let count = 0; count < 20; count += 1) await write();
  expect(log().log).toBeGreaterThan(200);
  reader.exec('rollback');
  for (let count = 0; count < 3; count += 1) await write();
  expect(log().log).toBeLessThan(60);
});

it('says that the thread failed and leaves the copying to the connection that writes', async () => {
  const nowhere = temporaryFolder();
  rmSync(nowhere, { recursive: true });
  const { write, log, faults, writing } = setUp(join(nowhere, 'none.db'));
  for (let count = 0; count < 20; count += 1) await write();
  expect(faults).toMatchObject([{ name: 'StoreUnavailable' }]);
  expect(writing.prepare('pragma wal_autocheckpoint').get()).toEqual({ wal_autocheckpoint: 4_000 });
  expect(log().log).toBeGreaterThan(200);
});

it.skipIf(process.platform !== 'linux')('leaves stdout to the process: what is written to it waits for a slow reader, and is not refused', async () => {
  const child = startStoreChild(['add-forever', temporaryFolder(), 'p+']);
  await child.said((line) => line === 'added p+100');
  const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/${child.pid}/fdinfo/1`, 'utf8'))?.[1];
  const nonBlocking = 0o4000;
  expect(Number.parseInt(flags ?? '', 8) & nonBlocking).toBe(0);
});
