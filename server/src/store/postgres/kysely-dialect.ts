import { PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, type CompiledQuery, type DatabaseConnection, type Dialect, type QueryResult } from 'kysely';
import { ConnectionLost, SerializationFailure, storeError } from './errors.ts';
import type { Session, SessionPool } from './session.ts';
import type { Statements } from './statements.ts';

/** How often a read is tried: a connection that had died unnoticed is replaced, and a conflict on a replica passes. */
const readAttempts = 3;

/** The migrator runs in one transaction that holds the lock already. */
class LockedAdapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

export abstract class Connection implements DatabaseConnection {
  abstract executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>>;

  // eslint-disable-next-line require-yield
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('The PostgreSQL store reads pages, not streams.');
  }
}

export async function runIn<Row>(session: Session, statements: Statements, query: CompiledQuery): Promise<QueryResult<Row>> {
  const { rows, affected } = await session.run(statements.of(query));
  return { rows: rows as Row[], numAffectedRows: BigInt(affected) };
}

/** Runs each statement on whatever connection is free, outside any transaction: for reads alone. */
export class PooledConnection extends Connection {
  readonly #pool: SessionPool;
  readonly #statements: Statements;

  constructor(pool: SessionPool, statements: Statements) {
    super();
    this.#pool = pool;
    this.#statements = statements;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    for (let attempt = 1; ; attempt += 1) {
      let session: Session | undefined;
      let isBroken = false;
      try {
        session = await this.#pool.connect();
        return await runIn<Row>(session, this.#statements, query);
      } catch (cause) {
        const error = storeError(cause);
        isBroken = error instanceof ConnectionLost;
        const mayPass = error instanceof SerializationFailure || (error instanceof ConnectionLost && session !== undefined && !error.hasTimedOut);
        if (!mayPass || attempt === readAttempts) throw error;
      } finally {
        session?.release(isBroken);
      }
    }
  }
}

/**
 * Runs statements on one connection, in the order in which they are asked for and without waiting for each other's answers. Remembers
 * when one failed: the server then undoes the whole transaction.
 */
export class SessionConnection extends Connection {
  readonly #session: Session;
  readonly #statements: Statements;
  #failure: { error: unknown } | null = null;
  /** Set while nobody knows yet whether the transaction was begun: only reads may run. */
  #beginning: Promise<void> | null = null;

  constructor(session: Session, statements: Statements) {
    super();
    this.#session = session;
    this.#statements = statements;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#beginning && !query.sql.startsWith('select')) await this.#beginning.catch(() => {});
    if (this.#failure) throw this.#failure.error;
    try {
      return await runIn<Row>(this.#session, this.#statements, query);
    } catch (cause) {
      this.#failure ??= { error: storeError(cause) };
      throw this.#failure.error;
    }
  }

  /**
   * Begins a transaction in which all reads see one instant; whoever changes what another changed meanwhile is refused. Does not wait for
   * the answer: a first read goes out at once, and a failure is that of the first statement.
   */
  begin(isolation: 'repeatable read' | 'read committed'): void {
    this.#failure = null;
    const beginning = this.#control(`begin isolation level ${isolation}`).then(
      () => {},
      (error: unknown) => {
        this.#failure ??= { error };
        throw error;
      },
    );
    beginning.catch(() => {}).finally(() => (this.#beginning = null));
    this.#beginning = beginning;
  }

  /**
   * Resolves once the transaction is durable. After a failed statement the server answers a commit with a rollback and no error, so that
   * is looked for: work that swallowed the error must not pass for written.
   */
  async commit(): Promise<void> {
    await this.#beginning;
    if (this.#failure) throw this.#failure.error;
    const command = await this.#control('commit');
    if (command !== '' && command !== 'COMMIT') throw new SerializationFailure('The transaction was rolled back.');
  }

  /** Ends the transaction, if there is one, and answers whether the connection can be used again. */
  rollBack(): Promise<boolean> {
    return this.#control('rollback').then(
      () => true,
      () => false,
    );
  }

  async #control(text: string): Promise<string> {
    try {
      return (await this.#session.run({ text, values: [] })).command;
    } catch (error) {
      throw storeError(error);
    }
  }
}

/** Kysely on one connection, whose transactions are begun and ended elsewhere. */
export const kyselyDialect = (connection: DatabaseConnection): Dialect => ({
  createAdapter: () => new LockedAdapter(),
  createDriver: () => ({
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: async () => (connection as SessionConnection).begin('read committed'),
    commitTransaction: async () => (connection as SessionConnection).commit(),
    rollbackTransaction: async () => void (await (connection as SessionConnection).rollBack()),
    releaseConnection: async () => {},
    destroy: async () => {},
  }),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
});
