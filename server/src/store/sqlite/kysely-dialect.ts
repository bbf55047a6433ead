import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type Dialect, type Driver } from 'kysely';
import type { SqliteConnection } from './connection.ts';

/** SQLite rolls back changes of the schema like any other; Kysely's adapter leaves that unused. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Runs everything on one connection of node:sqlite, one statement after the other. Transactions take the write lock at once. */
const driverOf = (connection: SqliteConnection): Driver => ({
  init: async () => {},
  acquireConnection: async () => connection,
  beginTransaction: async () => connection.control('begin immediate'),
  commitTransaction: async () => connection.control('commit'),
  rollbackTransaction: async () => connection.control('rollback'),
  releaseConnection: async () => {},
  destroy: async () => connection.close(),
});

export const kyselyDialect = (connection: SqliteConnection): Dialect => ({
  createAdapter: () => new TransactionalSqliteAdapter(),
  createDriver: () => driverOf(connection),
  createIntrospector: (db) => new SqliteIntrospector(db),
  createQueryCompiler: () => new SqliteQueryCompiler(),
});
