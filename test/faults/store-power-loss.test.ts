import { copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createIds } from '../../server/src/store/ids.ts';
import { openSqliteStore } from '../../server/src/store/sqlite/open-sqlite-store.ts';
import { addKey } from '../support/store-adds.ts';
import { expectSoundFile, expectWholeWrites } from '../support/store-checks.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const writes = 40;
const casesOfEachKind = 110;

/** What a power cut leaves of the end of the write-ahead log, from byte `at` on. */
const damages: Record<string, (log: Buffer, at: number) => Buffer> = {
  'is cut off': (log, at) => log.subarray(0, at),
  'is garbled': (log, at) => Buffer.concat([log.subarray(0, at), log.subarray(at).map((byte, index) => byte ^ ((index * 151) % 255 || 1))]),
  'is zeros': (log, at) => Buffer.concat([log.subarray(0, at), Buffer.alloc(log.length - at)]),
};

/** A store with some writes in its log, and how long the log was after each. */
async function loggedWrites(): Promise<{ database: string; log: Buffer; ends: number[] }> {
  const directory = temporaryFolder();
  const store = await openSqliteStore({ directory });
  const ids = createIds(Date.now);
  const path = join(directory, 'quietlist.db-wal');
  const ends: number[] = [];
  for (let index = 0; index < writes; index += 1) {
    await store.write((writer) => addKey(writer, ids, `p+${index}`));
    ends.push(statSync(path).size);
  }
  const database = join(temporaryFolder(), 'copy.db');
  copyFileSync(join(directory, 'quietlist.db'), database);
  const log = readFileSync(path);
  await store.close();
  return { database, log, ends };
}

describe('when the power is cut', () => {
  it.each(Object.keys(damages))(`keeps the whole writes up to the damage and none in part: the end of the log ${'%s'}`, { timeout: 180_000 }, async (kind) => {
    const { database, log, ends } = await loggedWrites();
    const firstEnd = ends[0] ?? 0;
    for (let index = 0; index < casesOfEachKind; index += 1) {
      const at = firstEnd + Math.floor(((log.length - firstEnd) * index) / casesOfEachKind) + (index % 7);
      const directory = temporaryFolder();
      copyFileSync(database, join(directory, 'quietlist.db'));
      writeFileSync(join(directory, 'quietlist.db-wal'), damages[kind]?.(log, at) ?? log);
      const store = await openSqliteStore({ directory });
      const kept = await expectWholeWrites(store);
      const undamaged = ends.filter((end) => end <= at).length;
      expect(kept).toEqual(Array.from({ length: undamaged }, (_, key) => `p+${key}`));
      await store.write((writer) => addKey(writer, createIds(Date.now), 'p+after'));
      await store.close();
      expectSoundFile(directory);
    }
  });
});
