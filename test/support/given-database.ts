import { openPostgresStore } from '../../server/src/store/postgres/open-postgres-store.ts';
import { citusStatements, isDistributed } from '../../server/src/store/postgres/distribute/citus.ts';
import { queryAt, startPostgres, testMark } from './postgres.ts';

/** A database whose rows the tests may delete. */
export interface TestDatabase {
  url: string;
  remove(): Promise<void>;
}

const shards = 4;

/** A database that somebody gave. One that holds anything else than an earlier run of these tests is refused. */
async function givenDatabase(url: string, distribute: string): Promise<TestDatabase> {
  const tables = (await queryAt(url, "select tablename from pg_tables where schemaname = 'public'")).map(({ tablename }) => String(tablename));
  if (tables.length > 0 && !tables.includes(testMark)) throw new Error('The given database holds tables. The tests delete everything: give an empty database.');
  await queryAt(url, `create table if not exists ${testMark} (id bigint primary key)`);
  await (await openPostgresStore({ url })).close();
  if (distribute === 'citus' && (await queryAt(url, isDistributed)).length === 0) {
    for (const statement of citusStatements(shards)) await queryAt(url, statement);
  }
  return { url, remove: async () => {} };
}

/** The database of `npm run test:stores`, or one on a server that is started for it. */
export async function testDatabase(): Promise<TestDatabase> {
  const { QUIETLIST_TEST_DATABASE_URL: given, QUIETLIST_TEST_DISTRIBUTE: distribute = 'none' } = process.env;
  if (given) return givenDatabase(given, distribute);
  const server = await startPostgres();
  return { url: await server.createDatabase(), remove: server.remove };
}
