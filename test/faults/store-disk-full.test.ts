import { expect, it } from 'vitest';
import { StoreUnavailable, type Store } from '../../server/src/app/ports.ts';
import { createIds } from '../../server/src/store/ids.ts';
import { openSqliteStore } from '../../server/src/store/sqlite/open-sqlite-store.ts';
import { mountSmallDisk } from '../support/small-disk.ts';
import { addKey } from '../support/store-adds.ts';
import { expectSoundFile, expectWholeWrites } from '../support/store-checks.ts';
import { startStoreChild } from '../support/store-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ids = createIds(Date.now);

/** Adds, eight at once, until a write fails; answers what was acknowledged and what the failures were. */
async function fill(store: Store): Promise<{ acknowledged: string[]; failures: unknown[] }> {
  const acknowledged: string[] = [];
  const failures: unknown[] = [];
  for (let start = 0; failures.length === 0; start += 8) {
    const keys = Array.from({ length: 8 }, (_, index) => `p+${start + index}`);
    const settled = await Promise.allSettled(keys.map((key) => store.write((writer) => addKey(writer, ids, key))));
    settled.forEach((result, index) => (result.status === 'fulfilled' ? acknowledged.push(keys[index] ?? '') : failures.push(result.reason)));
  }
  return { acknowledged, failures };
}

async function onSmallDisk(folder: string, grow: () => void): Promise<void> {
  const store = await openSqliteStore({ directory: folder });
  try {
    const { acknowledged, failures } = await fill(store);
    expect(acknowledged.length).toBeGreaterThan(50);
    for (const failure of failures) expect(failure).toMatchObject({ name: 'StoreUnavailable', full: true });
    expect(await expectWholeWrites(store)).toEqual(expect.arrayContaining(acknowledged));
    await expect(store.write((writer) => addKey(writer, ids, `p+${'x'.repeat(100_000)}`))).rejects.toBeInstanceOf(StoreUnavailable);

    grow();
    await store.write((writer) => addKey(writer, ids, 'p+after'));
    expect(await expectWholeWrites(store)).toEqual(expect.arrayContaining([...acknowledged, 'p+after']));
  } finally {
    await store.close();
  }
  expectSoundFile(folder);
}

async function underFileLimit(): Promise<void> {
  const directory = temporaryFolder();
  const child = startStoreChild(['add-until-failure', directory, 'p+'], ['sh', '-c', 'ulimit -f 4000; exec "$@"', 'sh']);
  expect(await child.ended, 'it ended by itself, in order').toBe(0);
  expect(child.lines).toContain('unavailable other');
  expect(child.lines).toContain('readable 5');
  expect(child.lines.filter((line) => line.startsWith('error'))).toEqual([]);
  const store = await openSqliteStore({ directory });
  try {
    const acknowledged = child.lines.filter((line) => line.startsWith('added ')).map((line) => line.slice('added '.length));
    expect(acknowledged.length).toBeGreaterThan(20);
    expect(await expectWholeWrites(store)).toEqual(expect.arrayContaining(acknowledged));
    await store.write((writer) => addKey(writer, ids, 'p+after'));
  } finally {
    await store.close();
  }
  expectSoundFile(directory);
}

it('refuses writes on a full disk, keeps answering reads, loses nothing acknowledged and goes on once there is room', { timeout: 60_000 }, async () => {
  const disk = mountSmallDisk();
  await (disk ? onSmallDisk(disk.folder, disk.grow) : underFileLimit());
});

it('refuses writes past the limit of file sizes, keeps answering reads and loses nothing acknowledged', { timeout: 60_000 }, underFileLimit);
