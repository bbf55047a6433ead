import { type DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import { StoreUnavailable } from '../../app/ports.ts';
import { breathe } from '../sql/chunks.ts';
import { storeError } from './errors.ts';

interface Prepared {
  statement: StatementSync;
  /** The names of the columns of its rows; none where it answers no rows. */
  columns: readonly string[];
  isRead: boolean;
}

const statementsKept = 256;
/** Rows inserted between two turns of the event loop: a bulk add does not make checks wait. */
const rowsPerTurn = 500;

/**
 * A value as SQLite takes it. An object would be taken for a bag of named parameters and silently stored as null, so it is refused,
 * as is undefined.
 */
function bindable(value: unknown): SQLInputValue {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    default:
      if (value === null) return value;
      throw new TypeError(`A value of type ${typeof value} cannot be stored.`);
  }
}

function allBindable(values: unknown[]): SQLInputValue[] {
  for (let index = 0; index < values.length; index += 1) values[index] = bindable(values[index]);
  return values as SQLInputValue[];
}

/** Rows as objects. Made here of lists of values, in half the time that the driver takes, whose objects are also slow to read from. */
function rowsOf(columns: readonly string[], lists: ReadonlyArray<readonly unknown[]>): Array<Record<string, unknown>> {
  return lists.map((values) => {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < columns.length; index += 1) row[columns[index] as string] = values[index];
    return row;
  });
}

/** One connection of node:sqlite, as Kysely takes it. Statements are prepared once. Errors are those of the application's ports. */
export class SqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, Prepared>();
  /** Set once the schema stands: from then on every statement belongs to a transaction, or to one that SQLite has rolled back. */
  #writesInTransactionsOnly = false;
  #writes = 0;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** Counts the statements that were run, or tried, and may have changed something. */
  get writes(): number {
    return this.#writes;
  }

  get isInTransaction(): boolean {
    return this.#database.isTransaction;
  }

  /** From now on refuses what is outside a transaction: after a fault SQLite may have rolled back and would commit each statement alone. */
  allowOnlyTransactions(): void {
    this.#writesInTransactionsOnly = true;
  }

  /** Runs a statement that begins or ends a transaction. */
  control(text: string): void {
    try {
      this.#prepare(text).statement.run();
    } catch (error) {
      throw storeError(error);
    }
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    this.#requireTransaction();
    try {
      const { statement, columns, isRead } = this.#prepare(sql);
      if (!isRead) this.#writes += 1;
      const values = parameters.map(bindable);
      if (columns.length > 0) return { rows: rowsOf(columns, statement.all(...values) as unknown as unknown[][]) as Row[] };
      return { rows: [], numAffectedRows: BigInt(statement.run(...values).changes) };
    } catch (error) {
      throw storeError(error);
    }
  }

  /** Runs one statement once an item, with its values. */
  async executeMany<Item>(text: string, items: readonly Item[], valuesOf: (item: Item) => unknown[]): Promise<void> {
    for (let start = 0; start < items.length; start += rowsPerTurn) {
      if (start > 0) await breathe();
      this.#requireTransaction();
      try {
        const { statement } = this.#prepare(text);
        this.#writes += 1;
        const end = Math.min(start + rowsPerTurn, items.length);
        for (let index = start; index < end; index += 1) statement.run(...allBindable(valuesOf(items[index] as Item)));
      } catch (error) {
        throw storeError(error);
      }
    }
  }

  // eslint-disable-next-line require-yield
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('The SQLite store reads pages, not streams.');
  }

  close(): void {
    this.#statements.clear();
    if (this.#database.isOpen) this.#database.close();
  }

  #requireTransaction(): void {
    if (this.#writesInTransactionsOnly && !this.#database.isTransaction) {
      throw new StoreUnavailable('The store cannot be used now: the transaction was rolled back.');
    }
  }

  #prepare(text: string): Prepared {
    const known = this.#statements.get(text);
    if (known) return known;
    const statement = this.#database.prepare(text);
    statement.setReturnArrays(true);
    const prepared = { statement, columns: statement.columns().map(({ name }) => name), isRead: /^\s*select\b/i.test(text) };
    if (this.#statements.size >= statementsKept) this.#statements.delete(this.#statements.keys().next().value ?? '');
    this.#statements.set(text, prepared);
    return prepared;
  }
}
