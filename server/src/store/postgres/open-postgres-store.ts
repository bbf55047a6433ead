import { Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { StoreRefused, StoreUnavailable, type Store, type StoreReader } from '../../app/ports.ts';
import { migrate } from '../sql/migrate.ts';
import { migrations } from '../sql/migrations/index.ts';
import { sqlReader } from '../sql/sql-store.ts';
import type { Database } from '../sql/tables.ts';
import { codeOf, storeError } from './errors.ts';
import { openKeyFilter, type FilterPools } from './key-filter/open-key-filter.ts';
import { kyselyDialect, PooledConnection, SessionConnection } from './kysely-dialect.ts';
import { leading } from './leading.ts';
import { migrationLock } from './migration-lock.ts';
import { pgPool } from './pg-pool.ts';
import { postgresDialect, postgresSchema } from './postgres-dialect.ts';
import { ReplicaConnection } from './replica.ts';
import type { SessionPool } from './session.ts';
import { readSettings } from './settings.ts';
import { Statements } from './statements.ts';
import { Transactions } from './transactions.ts';

const defaultPoolSize = 10;
const defaultReadTimeoutMs = 8_000;
const defaultWriteTimeoutMs = 15_000;
/** What is made for the filter takes as long as it takes to read the entries once. */
const longestChangeMs = 3_600_000;

export interface PostgresStoreOptions {
  /** `postgres://user:password@host:port/database`. */
  url: string;
  /** A read replica of it (streaming replication), for the look-ups of checks. */
  replicaUrl?: string;
  /**
   * How far a replica may be behind, in milliseconds. 0, the default: not at all, so that a check sees every write that any server has
   * acknowledged. More saves a question to the primary: then a check may miss what another server wrote within that time.
   */
  maxReplicaLagMs?: number;
  /** The most connections for reads, and as many again for writes: neither can use up those of the other. */
  poolSize?: number;
  /** How long a statement of a read or of a write may take. */
  readTimeoutMs?: number;
  writeTimeoutMs?: number;
  /**
   * Keeps a filter of the stored keys in memory (2 bytes a key), for a process that answers many checks. Changes the schema in ways that
   * PostgreSQL alone has. Default: false.
   */
  keyFilter?: boolean;
  /** How long after a build of the filter was begun the next one may be. */
  keyFilterPauseMs?: number;
  /** Told of what goes wrong beside the errors that the callers get. */
  onError?: (error: unknown) => void;
  /** Told of what should be changed but stops nothing. */
  onWarning?: (message: string) => void;
  /** Writes statements as for the shards of Citus; otherwise the database is asked whether it has them. For tests. */
  isSharded?: boolean;
  /** Told of every statement: for tests. */
  onStatement?: (text: string) => void;
  /** Other migrations than those of this version: for tests. */
  migrations?: Record<string, Migration>;
}

export interface SessionPools {
  reading: SessionPool;
  writing: SessionPool;
  replica?: SessionPool;
  filter?: FilterPools;
}

export interface PostgresStore extends Store {
  /** Resolves once the key filter, if there is one, is not being built. Nobody needs to wait for it but tests and benchmarks. */
  keyFilterBuilt(): Promise<void>;
}

const collationWarning =
  'The database orders texts by the rules of a language. Searching by the beginning of an address is slow there, and so is every check. ' +
  "Create the database with LOCALE 'C' or 'C.UTF-8', and move the data with \"quietlist copy\".";

/** Opens the store on a PostgreSQL server, or on a distributed engine that speaks like one. Any number of servers may use one database. */
export function openPostgresStore(options: PostgresStoreOptions): Promise<PostgresStore> {
  const onError = (error: unknown) => options.onError?.(storeError(error));
  const pool = (url: string, use: string, statementTimeoutMs: number, size = options.poolSize ?? defaultPoolSize) =>
    pgPool({ url, size, statementTimeoutMs, onError, applicationName: `quietlist ${use}` });
  const readTimeoutMs = options.readTimeoutMs ?? defaultReadTimeoutMs;
  return openStoreOn(
    {
      reading: pool(options.url, 'reads', readTimeoutMs),
      writing: pool(options.url, 'writes', options.writeTimeoutMs ?? defaultWriteTimeoutMs),
      ...(options.replicaUrl === undefined ? {} : { replica: pool(options.replicaUrl, 'checks', readTimeoutMs) }),
      ...(options.keyFilter ? { filter: { tail: pool(options.url, 'filter', readTimeoutMs, 1), change: pool(options.url, 'change', longestChangeMs, 1) } } : {}),
    },
    options,
  );
}

/** Opens the store on connections that are already there. It closes them. */
export async function openStoreOn(
  { reading, writing, replica, filter: filterPools }: SessionPools,
  options: Omit<PostgresStoreOptions, 'url' | 'replicaUrl' | 'poolSize' | 'keyFilter'>,
): Promise<PostgresStore> {
  const onError = (error: unknown) => options.onError?.(storeError(error));
  const statements = new Statements(options.onStatement);
  const closePools = async () => {
    await Promise.all([...new Set([reading, writing, ...(replica ? [replica] : []), ...(filterPools ? [filterPools.tail, filterPools.change] : [])])].map((pool) => pool.close()));
  };
  try {
    await migrateOn(writing, statements, options.migrations ?? migrations(postgresSchema));
    const readDb = new Kysely<Database>({ dialect: kyselyDialect(new PooledConnection(reading, statements)) });
    const settings = await readSettings(readDb);
    if (!settings.ordersByBytes) options.onWarning?.(collationWarning);
    const isSharded = options.isSharded ?? settings.isCitus;
    const dialect = postgresDialect({ ordersByBytes: settings.ordersByBytes, fixesJoinOrder: !isSharded });
    const filter = filterPools ? await openKeyFilter(filterPools, { isSharded, onError, pauseMs: options.keyFilterPauseMs }) : null;
    const transactions = new Transactions(writing, dialect, statements);
    const checks = replica
      ? new ReplicaConnection({ primary: reading, replica, statements, maxLagMs: options.maxReplicaLagMs ?? 0, onError })
      : null;
    const readerOf = (db: Kysely<Database>): StoreReader => ({ ...sqlReader(db, dialect), ...(isSharded ? {} : { leading: leading(db, dialect) }) });
    const reader = readerOf(readDb);
    let isClosed = false;
    return {
      ...(checks ? withChecksOn(reader, readerOf(new Kysely<Database>({ dialect: kyselyDialect(checks) }))) : reader),
      ...(filter ? { screen: (workspaceId) => filter.screen(workspaceId) } : {}),
      async write(work) {
        if (isClosed) throw new StoreUnavailable('The store is closed.');
        const value = await transactions.write(work);
        checks?.noteWrite();
        return value;
      },
      async ping() {
        await readDb.selectFrom('workspace').select('id').limit(1).execute();
      },
      async keyFilterBuilt() {
        await filter?.built();
      },
      async close() {
        if (isClosed) return;
        isClosed = true;
        await filter?.stop();
        await closePools();
      },
    };
  } catch (error) {
    await closePools();
    throw refusalOf(storeError(error));
  }
}

/** The look-ups that a check makes go elsewhere than everything else. */
const withChecksOn = (reader: StoreReader, replica: StoreReader): StoreReader => ({
  ...reader,
  entries: { ...reader.entries, findOpen: replica.entries.findOpen, findOpenByMailbox: replica.entries.findOpenByMailbox },
  contacts: { ...reader.contacts, findLinked: replica.contacts.findLinked },
  ...(replica.leading ? { leading: replica.leading } : {}),
});

/** Brings the schema to this version. Servers that start together do it one after the other. */
async function migrateOn(pool: SessionPool, statements: Statements, all: Record<string, Migration>): Promise<void> {
  const session = await pool.connect();
  let isBroken = true;
  try {
    const db = new Kysely<Database>({ dialect: kyselyDialect(new SessionConnection(session, statements)) });
    await migrate(db, all, (transaction) => sql`select pg_advisory_xact_lock(${migrationLock})`.execute(transaction));
    isBroken = false;
  } finally {
    session.release(isBroken);
  }
}

/** What a person who starts the service can mend, as a sentence. */
const refusals: ReadonlyMap<string, string> = new Map([
  ['28P01', 'PostgreSQL refuses the password of the database URL. Correct it.'],
  ['28000', 'PostgreSQL refuses the user of the database URL. Correct it, or let the user in (pg_hba.conf).'],
  ['3D000', 'The database of the URL does not exist. Create it: CREATE DATABASE quietlist ENCODING \'UTF8\' LOCALE \'C\' TEMPLATE template0.'],
  ['42501', 'The user of the database URL may not create tables there. Make it the owner of the database.'],
  ['42P07', 'The database holds tables of another program. Give Quietlist a database of its own.'],
]);

function refusalOf(error: unknown): unknown {
  const code = codeOf(error) || codeOf((error as { cause?: unknown }).cause);
  const sentence = refusals.get(code);
  if (sentence !== undefined) return new StoreRefused(sentence, { cause: error });
  if (error instanceof StoreUnavailable) return new StoreRefused('PostgreSQL cannot be reached. Check that it runs, and the host and port of the database URL.', { cause: error });
  return error;
}
