import { expect, it } from 'vitest';
import { openSqliteStore } from '../../server/src/store/sqlite/open-sqlite-store.ts';
import { expectSoundFile, expectWholeWrites } from '../support/store-checks.ts';
import { startStoreChild } from '../support/store-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const kills = 24;

it(`loses nothing acknowledged when it is killed ${kills} times in the middle of writes`, { timeout: 180_000 }, async () => {
  const directory = temporaryFolder();
  const acknowledged = new Set<string>();
  for (let round = 0; round < kills; round += 1) {
    const child = startStoreChild(['add-forever', directory, `p+${round}-`]);
    // Killed at another point of its work each time: while it opens, after its first writes, and later.
    const enough = round * round;
    await child.said((_, lines) => lines.length > enough);
    child.kill();
    await child.ended;
    expect(child.lines.filter((line) => !/^(open|added \S+)$/.test(line))).toEqual([]);
    for (const line of child.lines) if (line.startsWith('added ')) acknowledged.add(line.slice('added '.length));
  }
  const store = await openSqliteStore({ directory });
  try {
    const kept = new Set(await expectWholeWrites(store));
    expect([...acknowledged].filter((key) => !kept.has(key))).toEqual([]);
    expect(acknowledged.size).toBeGreaterThan(kills * kills);
  } finally {
    await store.close();
  }
  expectSoundFile(directory);
});
