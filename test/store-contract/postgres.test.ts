import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UniqueConflict, type Store } from '../../server/src/app/ports.ts';
import { linkSecret, linkSecretMark } from '../../server/src/app/link-token.ts';
import { openPostgresStore } from '../../server/src/store/postgres/open-postgres-store.ts';
import { seeded } from '../unit/address/support/random.ts';
import { testDatabase, type TestDatabase } from '../support/given-database.ts';
import { emptyTables, queryAt } from '../support/postgres.ts';
import { anEntry, createWorkspaces, otherWorkspaceId, workspaceId } from '../support/store-rows.ts';
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

it('says in one statement which texts lead to something, as the three look-ups do: entries, mailboxes, links, with and without any link', async () => {
  // On shards there is none.
  if (!store.leading) return;
  const random = seeded(4_712);
  const some = (): string[] => Array.from({ length: 40 }, () => `t${Math.floor(random() * 60)}`);
  let leadingOnes = 0;
  for (let round = 0; round < 25; round += 1) {
    await emptyTables(url);
    await store.write(createWorkspaces);
    await store.write(async ({ entries, contacts }) => {
      const rows = [...new Set(some())].slice(0, 12).map((key, index) => anEntry({ key, mailbox: index % 3 === 0 ? `t${Math.floor(random() * 60)}` : null }));
      await entries.insert(random() < 0.8 ? workspaceId : otherWorkspaceId, rows);
      await entries.end(workspaceId, rows.filter(() => random() < 0.3), 9, 'removed');
      if (random() < 0.5) await contacts.put(random() < 0.8 ? workspaceId : otherWorkspaceId, [...new Set(some())].slice(0, 5).map((key) => ({ contactId: 1, key, address: key, addressKind: 'phone' as const })));
    });
    const [keys, mailboxes] = [some(), some()];
    const [open, sharing, linked] = await Promise.all([store.entries.findOpen(workspaceId, keys), store.entries.findOpenByMailbox(workspaceId, mailboxes), store.contacts.findLinked(workspaceId, keys)]);
    const expected = new Set([...open.map(({ key }) => key), ...sharing.map(({ mailbox }) => mailbox), ...linked.map(({ key }) => key).filter((key) => keys.includes(key))]);
    expect(new Set(await store.leading(workspaceId, keys, mailboxes))).toEqual(expected);
    leadingOnes += expected.size;
  }
  expect(leadingOnes).toBeGreaterThan(100);
  expect(await store.leading(workspaceId, [], [])).toEqual([]);
});
