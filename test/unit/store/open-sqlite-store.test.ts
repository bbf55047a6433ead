import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { StoreRefused } from '../../../server/src/app/ports.ts';
import { createIds } from '../../../server/src/store/ids.ts';
import { migrations } from '../../../server/src/store/sql/migrations/index.ts';
import { openSqliteStore } from '../../../server/src/store/sqlite/open-sqlite-store.ts';
import { sqliteSchema } from '../../../server/src/store/sqlite/sqlite-dialect.ts';
import { addingWorkspace, addKey } from '../../support/store-adds.ts';
import { storedKeys } from '../../support/store-checks.ts';
import { startStoreChild } from '../../support/store-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ids = createIds(Date.now);
const databaseIn = (folder: string): string => join(folder, 'quietlist.db');

describe('opening', () => {
  it('makes the folder and its files for their owner alone', async () => {
    const folder = join(temporaryFolder(), 'deeper', 'data');
    const store = await openSqliteStore({ directory: folder });
    await store.write((writer) => addKey(writer, ids, 'p+1'));
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const files = readdirSync(folder);
    expect(files).toContain('quietlist.db-wal');
    for (const file of files) expect([file, statSync(join(folder, file)).mode & 0o777]).toEqual([file, 0o600]);
    await store.close();
  });

  it('finds everything again', async () => {
    const directory = temporaryFolder();
    for (let round = 0; round < 3; round += 1) {
      const store = await openSqliteStore({ directory });
      await store.write((writer) => addKey(writer, ids, `p+${round}`));
      expect(await storedKeys(store)).toEqual(Array.from({ length: round + 1 }, (_, index) => `p+${index}`));
      await store.close();
    }
  });

  it('lets many processes open a new folder at once', async () => {
    const directory = temporaryFolder();
    const children = Array.from({ length: 5 }, (_, index) => startStoreChild(['add-one', directory, `p+${index}`]));
    for (const child of children) await child.ended;
    expect(children.map(({ lines }) => lines)).toEqual(children.map(() => ['added']));
    const store = await openSqliteStore({ directory });
    expect((await storedKeys(store)).sort()).toEqual(children.map((_, index) => `p+${index}`));
    await store.close();
  });

  it('shows a running service what a command wrote, and the command what the service wrote', async () => {
    const directory = temporaryFolder();
    const store = await openSqliteStore({ directory });
    await store.write((writer) => addKey(writer, ids, 'p+service'));
    expect(await store.entries.findOpen(addingWorkspace, ['p+command'])).toEqual([]);
    const command = startStoreChild(['add-one', directory, 'p+command']);
    await command.ended;
    expect(command.lines).toEqual(['added']);
    expect((await store.entries.findOpen(addingWorkspace, ['p+command'])).length).toBe(1);
    await store.write((writer) => addKey(writer, ids, 'p+later'));
    expect((await storedKeys(store)).sort()).toEqual(['p+command', 'p+later', 'p+service']);
    await store.close();
  });
});

describe('refusing', () => {
  const refusal = (directory: string) => openSqliteStore({ directory }).then(() => 'opened', (error: unknown) => error);

  it('refuses data of a newer version in a plain sentence and leaves it as it is', async () => {
    const directory = temporaryFolder();
    const newer = { ...migrations(sqliteSchema), '9999-later': { up: async (db: never) => void (await sql`create table later (a integer)`.execute(db)) } };
    await (await openSqliteStore({ directory, migrations: newer })).close();
    const before = readFileSync(databaseIn(directory));
    const error = await refusal(directory);
    expect(error).toBeInstanceOf(StoreRefused);
    expect((error as Error).message).toBe('The data was written by a newer version of Quietlist. Start that version, or a newer one, on this data.');
    expect(readFileSync(databaseIn(directory)).equals(before)).toBe(true);
    await (await openSqliteStore({ directory, migrations: newer })).close();
  });

  it.each([
    ['a database of another program', (path: string) => { const other = new DatabaseSync(path); other.exec('create table theirs (a); insert into theirs values (1)'); other.close(); }],
    ['a database that another program marked', (path: string) => { const other = new DatabaseSync(path); other.exec('pragma application_id = 77'); other.close(); }],
    ['a text', (path: string) => writeFileSync(path, 'name,phone\n'.repeat(500))],
  ])('refuses %s and leaves it as it is', async (_, make) => {
    const directory = temporaryFolder();
    make(databaseIn(directory));
    const before = readFileSync(databaseIn(directory));
    const error = await refusal(directory);
    expect(error).toBeInstanceOf(StoreRefused);
    expect((error as Error).message).toMatch(/is not a database of Quietlist\. Move it away, or choose another folder\.$/);
    expect(readFileSync(databaseIn(directory)).equals(before)).toBe(true);
  });

  it('refuses a folder that cannot be one', async () => {
    const directory = join(temporaryFolder(), 'file');
    writeFileSync(directory, '');
    expect(await refusal(join(directory, 'data'))).toBeInstanceOf(StoreRefused);
  });
});

describe('migrating', () => {
  const schemaOf = (directory: string): unknown => {
    const database = new DatabaseSync(databaseIn(directory));
    try {
      return database.prepare('select name, sql from sqlite_schema order by name').all();
    } finally {
      database.close();
    }
  };
  const failing = {
    ...migrations(sqliteSchema),
    '9998-first-half': { up: async (db: never) => void (await sql`create table half (a integer)`.execute(db)) },
    '9999-second-half': {
      async up(db: never) {
        await sql`alter table half add column b integer`.execute(db);
        throw new Error('the second half fails');
      },
    },
  };

  it('leaves nothing of a migration that fails, on new data and on old, and works once it is mended', async () => {
    const directory = temporaryFolder();
    await expect(openSqliteStore({ directory, migrations: failing })).rejects.toThrow('the second half fails');
    expect(schemaOf(directory)).toEqual([]);
    const store = await openSqliteStore({ directory });
    await store.write((writer) => addKey(writer, ids, 'p+1'));
    await store.close();
    const before = schemaOf(directory);
    await expect(openSqliteStore({ directory, migrations: failing })).rejects.toThrow('the second half fails');
    expect(schemaOf(directory)).toEqual(before);
    const again = await openSqliteStore({ directory });
    expect(await storedKeys(again)).toEqual(['p+1']);
    await again.close();
  });
});
