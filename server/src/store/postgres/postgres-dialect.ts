import { sql, type Kysely, type RawBuilder, type SqlBool } from 'kysely';
import type { SchemaDialect, SqlDialect } from '../sql/dialect.ts';
import { isNewest } from '../sql/newest.ts';
import { startsWith } from '../sql/starts-with.ts';
import type { Database } from '../sql/tables.ts';

export const postgresSchema: SchemaDialect = {
  integer: 'bigint',
  // Text keeps a value exactly as it was hashed, NULs and all, and every engine of this family has it.
  json: 'text',
  rowsById: false,
  tableOptions: '',
};

const separator = '\n';

 
const controls = /[\u0000-\u001f]/;

/**
 * A text within a list as PostgreSQL writes it: https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO. Without control characters
 * that is how JSON writes it, which the engine does three times as fast.
 */
const quoted = (text: string): string => (controls.test(text) ? `"${text.replace(/["\\]/g, '\\$&')}"` : JSON.stringify(text));
const element = (value: unknown): string => (value === null || value === undefined ? 'NULL' : typeof value === 'string' ? quoted(value) : String(value));
const arrayText = (values: readonly unknown[]): string => `{${values.map(element).join(',')}}`;

const isNumeric: ReadonlySet<string> = new Set(['id', 'workspace', 'closed', 'unverified', 'created_at', 'expires_at', 'ended_at', 'sequence', 'at', 'entry_id', 'contact_id', 'events', 'position', 'attempts', 'due_at', 'last_status', 'delivered_at']);

type InsertColumns = readonly string[];

const head = (table: string, columns: InsertColumns): string => `insert into "${table}" (${columns.map((column) => `"${column}"`).join(', ')})`;

/** One row goes as it is: a shard router sends it to its shard. */
const insertOne = (table: string, columns: InsertColumns, row: readonly unknown[]): RawBuilder<unknown> =>
  sql`${sql.raw(head(table, columns))} values (${sql.join(row)})`;

/** Many rows go as one list a column: one statement, whatever their number. */
const insertAll = (table: string, columns: InsertColumns, rows: ReadonlyArray<readonly unknown[]>): RawBuilder<unknown> => {
  const lists = columns.map((column, index) => sql`${arrayText(rows.map((row) => row[index]))}::text::${sql.raw(isNumeric.has(column) ? 'bigint' : 'text')}[]`);
  return sql`${sql.raw(head(table, columns))} select * from unnest(${sql.join(lists)})`;
};

const rowsPerStatement = 10_000;

export interface PostgresDialectOptions {
  /** Whether the database orders texts by their bytes, so that a prefix is a range. */
  ordersByBytes: boolean;
  /**
   * Whether a look-up says in which order its join is done. Without statistics, as after a bulk load, the planner otherwise reads all
   * rows for each key: minutes instead of milliseconds. Citus cannot send such a query to its shards.
   */
  fixesJoinOrder: boolean;
}

/** PostgreSQL's ways, of which its distributed relatives share all. */
export const postgresDialect = ({ ordersByBytes, fixesJoinOrder }: PostgresDialectOptions): SqlDialect => ({
  schema: postgresSchema,
  hasOneWriter: false,
  toJson: (value) => (value === null || value === undefined ? null : JSON.stringify(value)),
  fromJson: (column) => (column === null ? null : JSON.parse(column as string)),
  lookUp: ({ table, select, where, texts, newestBy }) => {
    const given = sql`unnest(string_to_array(${texts}::text, E'\\n')) as given(value)`;
    if (fixesJoinOrder) {
      const ending = newestBy === undefined ? sql`offset 0` : sql`order by ${sql.ref(`${table}.${newestBy}`)} desc limit 1`;
      return sql`select ${select} from ${given} cross join lateral (select * from ${sql.table(table)} where ${where} ${ending}) as ${sql.table(table)}`;
    }
    // Both sides of the comparison name the row's own key, so that a shard can answer alone.
    const newest = newestBy === undefined ? sql`` : sql` and ${isNewest(table, newestBy, sql.ref(`${table}.workspace`), sql.ref(`${table}.key`))}`;
    return sql`select ${select} from ${given} cross join ${sql.table(table)} where ${where}${newest}`;
  },
  isOpen: sql`entry.closed + 0 = 0`,
  toTexts(texts) {
    if (texts.some((text) => text.includes(separator))) throw new TypeError('A key with a line break cannot be looked up.');
    return texts.join(separator);
  },
  fromIndex: (table) => sql`${sql.table(table)}`,
  isAmong: (column, numbers) => sql`${sql.ref(column)} = any (${arrayText(numbers)}::text::bigint[])`,
  startsWith: (column, prefix) =>
    ordersByBytes ? startsWith(column, prefix) : (sql`left(${sql.ref(column)}, ${Array.from(prefix).length}) = ${prefix}` as RawBuilder<SqlBool>),
  async insertMany(db: Kysely<Database>, table, columns, items, valuesOf) {
    const rows = items.map(valuesOf);
    const [only] = rows;
    if (rows.length === 1 && only) return void (await insertOne(table, columns, only).execute(db));
    for (let start = 0; start < rows.length; start += rowsPerStatement) {
      await insertAll(table, columns, rows.slice(start, start + rowsPerStatement)).execute(db);
    }
  },
});
