import { sql, type Kysely } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoreRefused, type PageStart } from '../../server/src/app/ports.ts';
import { openPostgresStore } from '../../server/src/store/postgres/open-postgres-store.ts';
import { postgresSchema } from '../../server/src/store/postgres/postgres-dialect.ts';
import { migrations } from '../../server/src/store/sql/migrations/index.ts';
import { startPostgres, type PostgresServer } from '../support/postgres.ts';
import { anEntry, createWorkspaces, workspaceId } from '../support/store-rows.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.remove());

describe('opening a PostgreSQL store', () => {
  it('makes the tables once when several servers start at the same time on an empty database', async () => {
    const empty = await server.createDatabase();
    const stores = await Promise.all(Array.from({ length: 5 }, () => openPostgresStore({ url: empty })));
    await stores[0]?.write(createWorkspaces);
    for (const one of stores) expect((await one.directory.workspaces()).length).toBe(2);
    await Promise.all(stores.map((one) => one.close()));
  });

  it('leaves nothing behind when a migration fails, and refuses a schema that is newer', async () => {
    const empty = await server.createDatabase();
    const broken = { ...migrations(postgresSchema), '9998-broken': { up: async (db: Kysely<unknown>) => {
      await sql`create table half (id bigint)`.execute(db);
      throw new Error('no');
    } } };
    await expect(openPostgresStore({ url: empty, migrations: broken })).rejects.toThrow('no');
    expect(await server.query("select 1 from pg_tables where schemaname = 'public'", empty)).toEqual([]);
    await (await openPostgresStore({ url: empty, migrations: { ...migrations(postgresSchema), '9999-later': { up: async () => {} } } })).close();
    await expect(openPostgresStore({ url: empty })).rejects.toThrow(/newer version/);
  });

  it('searches by the beginning of an address in a database that orders by a language, too, and warns', async () => {
    const german = await server.createDatabase("template template0 encoding 'UTF8' locale_provider icu icu_locale 'de-DE' locale 'C'");
    const warnings: string[] = [];
    const opened = await openPostgresStore({ url: german, onWarning: (message) => void warnings.push(message) });
    await opened.write(createWorkspaces);
    const keys = ['p+55', 'p+551', 'p551', 'p-552', 'eA@x', 'ea@x', 'eÄ@x', 'e%', 'e_'];
    await opened.write((writer) => writer.entries.insert(workspaceId, keys.map((key) => anEntry({ key }))));
    for (const keyPrefix of ['p+5', 'p', 'eA', 'e', 'e%', 'e_', 'eÄ']) {
      const found: string[] = [];
      for (let after: PageStart | null = null; ; ) {
        const page = await opened.entries.page(workspaceId, { keyPrefix }, 'address', 2, after, 0);
        found.push(...page.map(({ key }) => key));
        const last = page.at(-1);
        if (page.length < 2 || !last) break;
        after = { key: last.key, id: last.id };
      }
      expect(found.toSorted()).toEqual(keys.filter((key) => key.startsWith(keyPrefix)).toSorted());
    }
    expect(warnings).toEqual([expect.stringMatching(/LOCALE/)]);
    await opened.close();
  });

  it.each([
    ['a server that is not there', 'postgres://postgres@127.0.0.1:1/none', /cannot be reached/],
    ['a database that is not there', () => server.url('none'), /does not exist/],
    ['a database that does not keep Unicode', () => server.createDatabase("template template0 encoding 'SQL_ASCII'"), /UTF-8/],
  ])('refuses %s in a sentence', async (_what, given, sentence) => {
    const error: unknown = await openPostgresStore({ url: typeof given === 'string' ? given : await given() }).catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(StoreRefused);
    expect((error as Error).message).toMatch(sentence);
  });
});
