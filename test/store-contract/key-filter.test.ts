import { describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../server/src/store/sqlite/open-sqlite-store.ts';
import { anEntry, createWorkspaces, workspaceId } from '../support/store-rows.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { describeStore } from './describe-store.ts';

describeStore('SQLite with the key filter', async () => {
  const store = await openSqliteStore({ directory: temporaryFolder(), keyFilter: true });
  await store.keyFilterBuilt();
  return store;
});

/** A repeatable choice among a few. */
const choices = (seed: number) => () => (seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 1);

describe('the key filter', () => {
  it('finds every acknowledged entry, whichever process added it and whether or not the filter is being built', async () => {
    const directory = temporaryFolder();
    const filtered = await openSqliteStore({ directory, keyFilter: true });
    const other = await openSqliteStore({ directory });
    await filtered.write(createWorkspaces);
    const next = choices(4711);
    const open = new Map<string, number>();
    let looked = 0;
    for (let step = 0; step < 600; step += 1) {
      const store = next() % 8 === 0 ? other : filtered;
      const key = `p+${next() % 5_000}`;
      const known = open.get(key);
      if (known === undefined) {
        const entry = anEntry({ key });
        open.set(key, entry.id);
        await store.write((writer) => writer.entries.insert(workspaceId, [entry]));
      } else if (next() % 3 === 0) {
        open.delete(key);
        await store.write((writer) => writer.entries.end(workspaceId, [{ id: known, key }], 9, 'removed'));
      }
      if (next() % 5 === 0) await filtered.keyFilterBuilt();
      const asked = Array.from({ length: 50 }, () => `p+${next() % 5_000}`);
      const found = await filtered.entries.findOpen(workspaceId, [...asked, key]);
      const expected = [...new Set([...asked, key])].filter((one) => open.has(one));
      expect(found.map((entry) => entry.key).sort()).toEqual(expected.sort());
      looked += asked.length;
    }
    expect(looked).toBe(30_000);
    await filtered.close();
    await other.close();
  });

  it('holds what was there when it was opened, and what is taken back does no harm', async () => {
    const directory = temporaryFolder();
    const first = await openSqliteStore({ directory });
    await first.write(createWorkspaces);
    await first.write((writer) => writer.entries.insert(workspaceId, Array.from({ length: 45_000 }, (_, index) => anEntry({ key: `p+${index}` }))));
    await first.close();
    const store = await openSqliteStore({ directory, keyFilter: true });
    await store.keyFilterBuilt();
    const keys = Array.from({ length: 90_000 }, (_, index) => `p+${index}`);
    expect(await store.entries.findOpen(workspaceId, keys)).toHaveLength(45_000);
    const takenBack = store.write(async (writer) => {
      await writer.entries.insert(workspaceId, [anEntry({ key: 'p+taken-back' })]);
      throw new Error('taken back');
    });
    await expect(takenBack).rejects.toThrow('taken back');
    expect(await store.entries.findOpen(workspaceId, ['p+taken-back'])).toEqual([]);
    await store.close();
  });
});
