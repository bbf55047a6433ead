import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UniqueConflict, type Store } from '../../server/src/app/ports.ts';
import { linkSecret, linkSecretMark } from '../../server/src/app/link-token.ts';
import { openPostgresStore } from '../../server/src/store/postgres/open-postgres-store.ts';
import { testDatabase, type TestDatabase } from '../support/given-database.ts';
import { emptyTables, queryAt } from '../support/postgres.ts';
import { anEntry, createWorkspaces, workspaceId } from '../support/store-rows.ts';
import { describeStore } from './describe-store.ts';

/** A server of its own, or the database that `npm run test:stores` names. */
let database: TestDatabase;
let url: string;
let store: Store;
beforeAll(async () => {
  database = await testDatabase();
  url = database.url;
  store = await openPostgresStore({ url });
});
afterAll(async () => {
  await store.close();
  await database.remove();
});

describeStore('the PostgreSQL store', async () => {
  await emptyTables(url);
  return { ...store, close: async () => {} };
});

describe('texts and numbers that PostgreSQL cannot keep', () => {
  it.each(['p+1\u0000', 'p+1\ud800', '\udc00'])('refuses the key %j before the server sees it, and keeps nothing', async (key) => {
    await emptyTables(url);
    await store.write(createWorkspaces);
    await expect(store.write(async (writer) => {
      await writer.entries.insert(workspaceId, [anEntry({ key: 'p+2' })]);
      await writer.entries.insert(workspaceId, [anEntry({ key })]);
    })).rejects.toBeInstanceOf(TypeError);
    await expect(store.entries.findOpen(workspaceId, [key])).rejects.toBeInstanceOf(TypeError);
    expect(await store.entries.findOpen(workspaceId, ['p+2'])).toEqual([]);
  });

  it('refuses to look up a key with a line break, which would be taken for two', async () => {
    await expect(store.entries.findOpen(workspaceId, ['p+1\np+2'])).rejects.toBeInstanceOf(TypeError);
  });

  it('never reads a number as another one', async () => {
    await emptyTables(url);
    await store.write(createWorkspaces);
    await store.write((writer) => writer.entries.insert(workspaceId, [anEntry({ key: 'p+1' })]));
    await queryAt(url, 'update entry set created_at = 9007199254740993');
    await expect(store.entries.findOpen(workspaceId, ['p+1'])).rejects.toThrow();
  });
});

it('acknowledges nothing of a write that went on after a statement had failed: the server has undone it all', async () => {
  await emptyTables(url);
  await store.write(createWorkspaces);
  await store.write((writer) => writer.entries.insert(workspaceId, [anEntry({ key: 'p+1' })]));
  const write = store.write(async (writer) => {
    await writer.entries.insert(workspaceId, [anEntry({ key: 'p+2' })]);
    await writer.entries.insert(workspaceId, [anEntry({ key: 'p+1' })]).catch(() => undefined);
    return 'done';
  });
  await expect(write).rejects.toBeInstanceOf(UniqueConflict);
  expect((await store.entries.findOpen(workspaceId, ['p+1', 'p+2'])).length).toBe(1);
});

it('gives two servers that make their first links at once the same secret, so the same links', async () => {
  await emptyTables(url);
  await store.write(createWorkspaces);
  const secrets = await Promise.all(Array.from({ length: 8 }, () => store.write(async (writer) => linkSecret(writer.marks))));
  expect(new Set(secrets)).toEqual(new Set([await store.marks.get(linkSecretMark)]));
});
