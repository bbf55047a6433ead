import { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Store } from '../../app/ports.ts';
import { migrate } from '../sql/migrate.ts';
import { migrations } from '../sql/migrations/index.ts';
import { sqlReader, sqlWriter } from '../sql/sql-store.ts';
import type { Database } from '../sql/tables.ts';
import { Checkpointer } from './checkpointer.ts';
import { SqliteConnection } from './connection.ts';
import { storeError } from './errors.ts';
import { databaseFile, storeFile } from './files.ts';
import { filteredReader, filteredWriter } from './filtered.ts';
import { GroupCommit } from './group-commit.ts';
import { KeyFilter } from './key-filter.ts';
import { kyselyDialect } from './kysely-dialect.ts';
import { endStart, openDatabase } from './open-database.ts';
import { rememberingKeys } from './remembered-keys.ts';
import { sqliteDialect, sqliteSchema } from './sqlite-dialect.ts';

const defaultLockWaitMs = 5_000;

export interface SqliteStoreOptions {
  /** The folder of the database. Made when it is not there. */
  directory: string;
  /** Told of faults of the store itself, beside the errors that the callers get. */
  onError?: (error: unknown) => void;
  /** How long a write waits for another process that holds the write lock. */
  lockWaitMs?: number;
  /** Keeps a filter of the stored keys in memory (2 bytes a key), for a process that answers many checks. Default: false. */
  keyFilter?: boolean;
  /** From how many pages of the write-ahead log on they are copied into the database, and at how many writes wait for it: for tests. */
  logPages?: { first: number; most: number };
  /** Other migrations than those of this version: for tests. */
  migrations?: Record<string, Migration>;
}

export interface SqliteStore extends Store {
  /** Resolves once the key filter, if there is one, is not being built. Nobody needs to wait for it but tests and benchmarks. */
  keyFilterBuilt(): Promise<void>;
}

/**
 * Opens the store in a folder. Several processes may have it open: one service, which also takes `lockForServing`, and commands. One
 * connection writes, another reads: reads see every acknowledged write and nothing that is not committed.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<SqliteStore> {
  const path = storeFile(options.directory, databaseFile);
  const opened: SqliteConnection[] = [];
  try {
    const writing = openDatabase(path, { readOnly: false });
    const writeConnection = new SqliteConnection(writing);
    opened.push(writeConnection);
    const writeDb = new Kysely<Database>({ dialect: kyselyDialect(writeConnection) });
    await migrate(writeDb, options.migrations ?? migrations(sqliteSchema));
    endStart(writing, { readOnly: false });
    writeConnection.allowOnlyTransactions();

    const reading = openDatabase(path, { readOnly: true });
    const readConnection = new SqliteConnection(reading);
    opened.push(readConnection);
    endStart(reading, { readOnly: true });
    const readDb = new Kysely<Database>({ dialect: kyselyDialect(readConnection) });

    const onError = options.onError ?? (() => {});
    const checkpointer = new Checkpointer({ path, writing, onError, ...(options.logPages ? { pages: options.logPages } : {}) });
    const group = new GroupCommit(writeConnection, { lockWaitMs: options.lockWaitMs ?? defaultLockWaitMs, onError, log: checkpointer });
    const settle = () => group.write(async () => {});
    const filter = options.keyFilter ? new KeyFilter({ writing, reading, settle, onError }) : null;
    filter?.buildSoon();
    const committed = sqlReader(readDb, sqliteDialect(readConnection));
    const reader = filteredReader({ ...committed, directory: rememberingKeys(committed.directory, reading) }, filter);
    const writer = filteredWriter(sqlWriter(writeDb, sqliteDialect(writeConnection)), filter);
    return {
      ...reader,
      write: (work) => group.write(() => work(writer)),
      async ping() {
        await readDb.selectFrom('workspace').select('id').limit(1).execute();
      },
      async keyFilterBuilt() {
        await filter?.built();
      },
      async close() {
        await filter?.stop();
        await group.close();
        await checkpointer.close();
        for (const connection of opened.splice(0).reverse()) connection.close();
      },
    };
  } catch (error) {
    for (const connection of opened) connection.close();
    throw storeError(error);
  }
}
