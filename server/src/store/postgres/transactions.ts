import { setTimeout } from 'node:timers/promises';
import { Kysely } from 'kysely';
import { StoreUnavailable, UniqueConflict, type StoreWriter } from '../../app/ports.ts';
import type { SqlDialect } from '../sql/dialect.ts';
import { sqlWriter } from '../sql/sql-store.ts';
import type { Database } from '../sql/tables.ts';
import { ConnectionLost, DuplicateRow, SerializationFailure } from './errors.ts';
import { kyselyDialect, SessionConnection } from './kysely-dialect.ts';
import type { Session, SessionPool } from './session.ts';
import type { Statements } from './statements.ts';

/** How long one write is run again because others got in its way. */
const retryForMs = 10_000;
const longestPauseMs = 100;
/** How often a lost connection is replaced, as long as the commit was not yet asked for. */
const connectionsTried = 3;
/** A row that is refused this often in a row for the same values is taken for good: a name soon, an address only after many rivals. */
const sameRefusals = { name: 3, address: 20 } as const;

/** The commit was asked for and no answer came: nobody knows whether it happened, so the work is not run again. */
class OutcomeUnknown extends StoreUnavailable {}

interface Writing {
  connection: SessionConnection;
  writer: StoreWriter;
}

/**
 * Runs writes, each in a transaction of its own that sees the database as of one instant. Two that change the same address cannot both
 * commit, since each adds the next line of its history: the later one is run again.
 */
export class Transactions {
  readonly #pool: SessionPool;
  readonly #dialect: SqlDialect;
  readonly #statements: Statements;
  readonly #writings = new WeakMap<Session, Writing>();
  /** Writes that have failed more than once go one by one in this process: fewer rivals, fewer failures. */
  #lane: Promise<unknown> = Promise.resolve();

  constructor(pool: SessionPool, dialect: SqlDialect, statements: Statements) {
    this.#pool = pool;
    this.#dialect = dialect;
    this.#statements = statements;
  }

  async write<T>(work: (writer: StoreWriter) => Promise<T>): Promise<T> {
    const deadline = performance.now() + retryForMs;
    let connections = 1;
    let refusals = 0;
    let last: unknown;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await (attempt <= 2 ? this.#run(work) : this.#runAlone(work));
      } catch (error) {
        if (error instanceof ConnectionLost) {
          if (connections === connectionsTried || error.hasTimedOut) throw error;
          connections += 1;
        } else if (error instanceof DuplicateRow) {
          refusals = error.isSameAs(last) ? refusals + 1 : 1;
          if (refusals === sameRefusals[error.kind]) throw new UniqueConflict(error.message, { cause: error.cause });
        } else if (!(error instanceof SerializationFailure)) {
          throw error;
        }
        last = error;
        if (performance.now() >= deadline) throw new StoreUnavailable('The store cannot be used now: too many writes to the same addresses.', { cause: (error as Error).cause });
        await setTimeout(Math.random() * Math.min(longestPauseMs, 2 ** attempt));
      }
    }
  }

  #runAlone<T>(work: (writer: StoreWriter) => Promise<T>): Promise<T> {
    const result = this.#lane.then(() => this.#run(work));
    this.#lane = result.catch(() => {});
    return result;
  }

  async #run<T>(work: (writer: StoreWriter) => Promise<T>): Promise<T> {
    const session = await this.#pool.connect();
    const { connection, writer } = this.#writingOn(session);
    let isBroken = true;
    try {
      connection.begin('repeatable read');
      const value = await work(writer);
      await connection.commit().catch((error: unknown) => {
        throw error instanceof ConnectionLost ? new OutcomeUnknown(error.message, { cause: error.cause }) : error;
      });
      isBroken = false;
      return value;
    } catch (error) {
      if (!(error instanceof ConnectionLost || error instanceof OutcomeUnknown)) isBroken = !(await connection.rollBack());
      throw error;
    } finally {
      session.release(isBroken);
    }
  }

  #writingOn(session: Session): Writing {
    let writing = this.#writings.get(session);
    if (!writing) {
      const connection = new SessionConnection(session, this.#statements);
      writing = { connection, writer: sqlWriter(new Kysely<Database>({ dialect: kyselyDialect(connection) }), this.#dialect) };
      this.#writings.set(session, writing);
    }
    return writing;
  }
}
