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

abstract class Connection implements DatabaseConnection {
  abstract executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>>;

  // eslint-disable-next-line require-yield
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('The PostgreSQL store reads pages, not streams.');
  }
}

async function runIn<Row>(session: Session, statements: Statements, query: CompiledQuery): Promise<QueryResult<Row>> {
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
        const mayPass = error instanceof SerializationFailure || (isBroken && session !== undefined);
        if (!mayPass || attempt === readAttempts) throw error;
      } finally {
        session?.release(isBroken);
      }
    }
  }
}

/** Runs statements one after the other on one connection, and remembers when one failed: the server then undoes the whole transaction. */
export class SessionConnection extends Connection {
  readonly #session: Session;
  readonly #statements: Statements;
  #last: Promise<unknown> = Promise.resolve();
  #failure: { error: unknown } | null = null;

  constructor(session: Session, statements: Statements) {
    super();
    this.#session = session;
    this.#statements = statements;
  }

  executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const result = this.#last.then(() => this.#execute<Row>(query));
    this.#last = result.catch(() => {});
    return result;
  }

  /** Begins a transaction in which all reads see one instant; whoever changes what another changed meanwhile is refused. */
  async begin(isolation: 'repeatable read' | 'read committed'): Promise<void> {
    this.#failure = null;
    await this.#control(`begin isolation level ${isolation}`);
  }

  /**
   * Resolves once the transaction is durable. After a failed statement the server answers a commit with a rollback and no error, so that
   * is looked for: work that swallowed the error must not pass for written.
   */
  async commit(): Promise<void> {
    if (this.#failure) throw this.#failure.error;
    const command = await this.#control('commit');
    if (command !== '' && command !== 'COMMIT') throw new SerializationFailure('The transaction was rolled back.');
  }

  /** Ends the transaction, if there is one, and answers whether the connection can be used again. */
  async rollBack(): Promise<boolean> {
    return this.#control('rollback').then(
      () => true,
      () => false,
    );
  }

  async #control(text: string): Promise<string> {
    try {
      await this.#last;
      return (await this.#session.run({ text, values: [] })).command;
    } catch (error) {
      throw storeError(error);
    }
  }

  async #execute<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (this.#failure) throw this.#failure.error;
    try {
      return await runIn<Row>(this.#session, this.#statements, query);
    } catch (cause) {
      const error = storeError(cause);
      this.#failure = { error };
      throw error;
    }
  }
}

/** Kysely on one connection, whose transactions are begun and ended elsewhere. */
export const kyselyDialect = (connection: DatabaseConnection): Dialect => ({
  createAdapter: () => new LockedAdapter(),
  createDriver: () => ({
    init: async () => {},
    acquireConnection: async () => connection,
    beginTransaction: async () => beginOf(connection),
    commitTransaction: async () => (connection as SessionConnection).commit(),
    rollbackTransaction: async () => void (await (connection as SessionConnection).rollBack()),
    releaseConnection: async () => {},
    destroy: async () => {},
  }),
  createIntrospector: (db) => new PostgresIntrospector(db),
  createQueryCompiler: () => new PostgresQueryCompiler(),
});

const beginOf = (connection: DatabaseConnection): Promise<void> => (connection as SessionConnection).begin('read committed');
