import type { Kysely, RawBuilder, SqlBool } from 'kysely';
import type { Database } from './tables.ts';

/** How the engine writes what `CREATE TABLE` needs. */
export interface SchemaDialect {
  /** The type of a 53-bit integer column. */
  readonly integer: string;
  /** The type of a JSON column. */
  readonly json: string;
  /** The constraint that makes rows what they are: by their own id, or, where rows are spread over machines by `spread`, by `within` there. */
  identity(spread: readonly string[], within: string): string;
  /** What follows the closing parenthesis. */
  readonly tableOptions: string;
  /** Indexes that this engine needs beside those of all. */
  readonly indexes: readonly string[];
}

/** What differs between the engines. Everything else of the store is one text for all of them. */
export interface SqlDialect {
  readonly schema: SchemaDialect;
  toJson(value: unknown): unknown;
  fromJson(column: unknown): unknown;
  /**
   * A `FROM` of the texts in one parameter, as `given.value`, joined to `table`; the condition of the join goes into the `WHERE`. The
   * engine walks the texts and looks each one up in an index: the hot path of a bulk check.
   */
  fromTexts(parameter: RawBuilder<unknown>, table: keyof Database): RawBuilder<unknown>;
  /** The value of that parameter. */
  toTexts(texts: readonly string[]): unknown;
  /** A `FROM` of a table read through one of its indexes, where the engine takes such advice. */
  fromIndex(table: keyof Database, index: string): RawBuilder<unknown>;
  /** Whether a column begins with exactly this text: a range of an index where texts are ordered by their bytes. */
  startsWith(column: string, prefix: string): RawBuilder<SqlBool>;
  /** A `FROM` of many pairs, as `given.key` and `given.id`. */
  fromPairs(pairs: ReadonlyArray<{ key: string; id: number }>): RawBuilder<unknown>;
  /** Whether a column is one of many numbers. */
  isAmong(column: string, numbers: readonly number[]): RawBuilder<SqlBool>;
  /** Inserts many rows, the values in the order of `columns`. */
  insertMany(db: Kysely<Database>, table: keyof Database, columns: readonly string[], rows: ReadonlyArray<readonly unknown[]>): Promise<void>;
}
