import pg from 'pg';
import { storeError } from './errors.ts';
import type { Session, SessionPool } from './session.ts';

export interface PgPoolOptions {
  url: string;
  /** The most connections. */
  size: number;
  /** How long a statement may run; the server ends it then. */
  statementTimeoutMs: number;
  /** Told of connections that were lost while nobody used them. */
  onError: (error: unknown) => void;
  /** What the server's list of connections shows. */
  applicationName: string;
}

/** How long to wait for a connection: one that is free, or a new one. */
const connectTimeoutMs = 2_000;
/** How much longer than the server the client waits, before it takes the connection for dead. */
const answerGraceMs = 2_000;
const lockTimeoutMs = 5_000;
const idleInTransactionMs = 30_000;
const idleConnectionMs = 60_000;

const int8 = 20;

/** Every number that is stored is one that JavaScript holds exactly; any other is a fault, not a rounded value. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('A stored number is not one that JavaScript holds exactly.');
  return value;
}

const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => (oid === int8 && format !== 'binary' ? safeInteger : pg.types.getTypeParser(oid, format))) as typeof pg.types.getTypeParser,
};

/** Limits that the server itself keeps, so that no statement of a client that is gone holds locks for long. */
const settings = (statementTimeoutMs: number): string =>
  `set statement_timeout = ${statementTimeoutMs}; set lock_timeout = ${Math.min(lockTimeoutMs, statementTimeoutMs)}; set idle_in_transaction_session_timeout = ${idleInTransactionMs}`;

function sessionOf(client: pg.PoolClient): Session {
  return {
    async run({ text, values, name }) {
      const result = await client.query({ text, values: values as unknown[], ...(name === undefined ? {} : { name }) });
      return { rows: result.rows, affected: result.rowCount ?? 0, command: result.command };
    },
    release: (isBroken) => client.release(isBroken),
  };
}

/** A pool of connections of the `pg` driver. A lost one is replaced when it is next needed, so nothing has to be restarted. */
export function pgPool({ url, size, statementTimeoutMs, onError, applicationName }: PgPoolOptions): SessionPool {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: applicationName,
    max: size,
    connectionTimeoutMillis: connectTimeoutMs,
    idleTimeoutMillis: idleConnectionMs,
    pipeline: true,
    query_timeout: statementTimeoutMs + answerGraceMs,
    keepAlive: true,
    types,
    onConnect: async (client) => void (await client.query(settings(statementTimeoutMs))),
  });
  pool.on('error', onError);
  // A connection in use that the server ends between two statements says so by this event, and only then by refusing the next one.
  // Without a listener it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}));
  let closing: Promise<void> | null = null;
  const sessions = new WeakMap<pg.PoolClient, Session>();
  return {
    async connect() {
      const client = await pool.connect().catch((error: unknown) => {
        throw storeError(error);
      });
      const session = sessions.get(client) ?? sessionOf(client);
      sessions.set(client, session);
      return session;
    },
    close: () => (closing ??= pool.end()),
  };
}
