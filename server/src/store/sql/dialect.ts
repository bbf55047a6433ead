import type { CompiledQuery, Kysely, QueryResult, RawBuilder, SqlBool } from 'kysely';
import type { Database } from './tables.ts';

/** How the engine writes what `CREATE TABLE` needs. */
export interface SchemaDialect {
  /** The type of a 53-bit integer column. */
  readonly integer: string;
  /** The type of a JSON column. */
  readonly json: string;
  /** Whether rows lie by their own id, on one machine. Else they lie by what they are, by which they can be spread over many. */
  readonly rowsById: boolean;
  /** What follows the closing parenthesis. */
  readonly tableOptions: string;
}

/** A look-up of many texts at once: the hot path of a bulk check. */
export interface LookUpQuery {
  table: keyof Database;
  select: RawBuilder<unknown>;
  /** Names the texts `given.value`. */
  where: RawBuilder<unknown>;
  texts: RawBuilder<unknown>;
  workspace: RawBuilder<unknown>;
  /** Of each text only the row with the greatest number in this column, where the rows of a text are its lines. */
  newestBy?: string;
  /** Which rows, called `line`, are compared for that; else all of the text. */
  newestAmong?: RawBuilder<unknown> | undefined;
}

/** A column whose value is an expression over the values of the others, `?1` for the first. */
export interface ComputedColumn {
  readonly column: string;
  readonly value: string;
}

/** What differs between the engines. Everything else of the store is one text for all of them. */
export interface SqlDialect {
  readonly schema: SchemaDialect;
  /** Whether writes follow each other, so that what is written in one is seen by all who write later. */
  readonly hasOneWriter: boolean;
  toJson(value: unknown): unknown;
  fromJson(column: unknown): unknown;
  /** A query of the rows that belong to any of the texts in one parameter. The engine walks the texts and looks each one up in an index. */
  lookUp(query: LookUpQuery): RawBuilder<unknown>;
  /** Runs a compiled query without what Kysely does around it, where there is one connection, which is always free. */
  run?<Row>(query: CompiledQuery<Row>): Promise<QueryResult<Row>>;
  /**
   * That an entry is open, for a look-up by its key. Said so that the engine reads it from the row that it has found: PostgreSQL 18 would
   * make ready to skip through the columns between key and `closed` in the index, which takes a quarter of the look-up.
   */
  readonly isOpen: RawBuilder<SqlBool>;
  /** The value of that parameter. */
  toTexts(texts: readonly string[]): unknown;
  /** A `FROM` of a table read through one of its indexes, where the engine takes such advice. */
  fromIndex(table: keyof Database, index: string): RawBuilder<unknown>;
  /** Whether a column begins with exactly this text: a range of an index where texts are ordered by their bytes. */
  startsWith(column: string, prefix: string): RawBuilder<SqlBool>;
  /** Whether a column is one of many numbers. */
  isAmong(column: string, numbers: readonly number[]): RawBuilder<SqlBool>;
  /**
   * Inserts a row for each item. `valuesOf` makes its values, in the order of `columns`, when they are needed: ten thousand rows are not all
   * there at once. `computed` is one more column, which the engine makes of them where rows lie by their id.
   */
  insertMany<Item>(db: Kysely<Database>, table: keyof Database, columns: readonly string[], items: readonly Item[], valuesOf: (item: Item) => unknown[], computed?: ComputedColumn): Promise<void>;
}
