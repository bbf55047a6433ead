import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { createPlatform } from '../../../server/src/platform.ts';
import { openSqliteStore } from '../../../server/src/store/sqlite/open-sqlite-store.ts';
import { lockForServing } from '../../../server/src/store/sqlite/serving-lock.ts';
import { blockPhones, fillStore } from '../../support/filled-folder.ts';
import { runMain } from '../../support/run-main.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const place = (directory: string) => ({ engine: 'sqlite', directory }) as const;

/** Every row of every table of a database file. */
function contents(path: string): Record<string, unknown[]> {
  const database = new DatabaseSync(path, { readOnly: true });
  const tables = database.prepare("select name from sqlite_schema where type = 'table' order by name").all().map(({ name }) => String(name));
  const rows = Object.fromEntries(tables.map((table) => [table, database.prepare(`select * from "${table}" order by 1, 2`).all()]));
  database.close();
  return rows;
}

/** Follows the guide: the backup becomes the database of an empty folder. */
function restore(file: string): string {
  const directory = join(temporaryFolder(), 'restored');
  mkdirSync(directory, { mode: 0o700 });
  copyFileSync(file, join(directory, 'quietlist.db'));
  return directory;
}

describe('quietlist backup', () => {
  it('holds everything, and is restored by becoming the database of an empty folder', async () => {
    const directory = temporaryFolder();
    await fillStore(place(directory), 300);
    const file = join(temporaryFolder(), 'monday.backup');
    const { code, stdout, stderr } = await runMain(['backup', '--data', directory, '--to', file]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(`Backed up to ${file} (${statSync(file).size.toLocaleString('en-US')} bytes).\n`);
    const restored = restore(file);
    const store = await openSqliteStore({ directory: restored });
    expect(await store.entries.page((await store.directory.workspaces())[0]?.id as number, {}, 'address', 1_000, null, Date.now())).toHaveLength(300);
    await store.close();
    expect(contents(join(restored, 'quietlist.db'))).toEqual(contents(join(directory, 'quietlist.db')));
    expect((await runMain(['doctor', '--data', restored, '--all'])).code).toBe(0);
  });

  it('is of one instant while the service goes on writing', async () => {
    const directory = temporaryFolder();
    await fillStore(place(directory), 5_000);
    const lock = lockForServing(directory);
    const [store, platform] = [await openSqliteStore({ directory }), createPlatform()];
    const file = join(temporaryFolder(), 'busy.backup');
    let isDone = false;
    const done = runMain(['backup', '--data', directory, '--to', file]).finally(() => (isDone = true));
    let written = 0;
    while (!isDone) {
      await blockPhones(store, platform, 1_000_000 + written * 10, 10);
      written += 1;
    }
    expect((await done).code).toBe(0);
    expect(written).toBeGreaterThan(0);
    await store.close();
    lock.release();
    const { entry = [], event = [] } = contents(file);
    expect(entry.length).toBe(event.length);
    expect((entry.length - 5_000) % 10).toBe(0);
    expect(entry.length).toBeLessThanOrEqual(5_000 + written * 10);
    expect((await runMain(['doctor', '--data', restore(file), '--all'])).stdout).not.toContain('problem');
  });

  it('never replaces a file, and leaves none behind when it fails', async () => {
    const directory = temporaryFolder();
    await fillStore(place(directory), 10);
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'there'), 'keep me');
    expect(await runMain(['backup', '--data', directory, '--to', join(folder, 'there')])).toMatchObject({ code: 1, stderr: expect.stringContaining('never replaces another') });
    expect(await runMain(['backup', '--data', directory, '--to', join(folder, 'no', 'such', 'folder')])).toMatchObject({ code: 1, stderr: expect.stringContaining('(ENOENT)') });
    expect(await runMain(['backup', '--data', join(folder, 'empty'), '--to', join(folder, 'b')])).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no database') });
    expect((await runMain(['backup', '--data', directory])).code).toBe(64);
    expect(readdirSync(folder)).toEqual(['there']);
    expect(existsSync(join(folder, 'empty'))).toBe(false);
  });

  it('can be read by its owner alone', async () => {
    const directory = temporaryFolder();
    await fillStore(place(directory), 1);
    const file = join(temporaryFolder(), 'mine');
    await runMain(['backup', '--data', directory, '--to', file]);
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
  });
});
