import { sql } from 'kysely';
import type { ComputedColumn, SchemaDialect, SqlDialect } from '../sql/dialect.ts';
import { isNewest } from '../sql/newest.ts';
import { startsWith } from '../sql/starts-with.ts';
import type { SqliteConnection } from './connection.ts';

export const sqliteSchema: SchemaDialect = {
  integer: 'integer',
  json: 'text',
  // A primary key of one integer column is the row id itself: rows lie in the order of their ids, with no index beside them.
  rowsById: true,
  tableOptions: 'strict',
};

const inserts = new Map<readonly string[], string>();

/** The statement that inserts one row, written once for each list of columns. */
function insertInto(table: string, columns: readonly string[], computed?: ComputedColumn): string {
  const known = inserts.get(columns);
  if (known !== undefined) return known;
  const names = [...columns, ...(computed ? [computed.column] : [])].map((column) => `"${column}"`);
  const values = [...columns.map(() => '?'), ...(computed ? [computed.value] : [])];
  const text = `insert into "${table}" (${names.join(', ')}) values (${values.join(', ')})`;
  inserts.set(columns, text);
  return text;
}

/** SQLite's ways. `CROSS JOIN` fixes the order of the join; `INDEXED BY` the index, as there are no statistics to choose by. */
export const sqliteDialect = (connection: SqliteConnection): SqlDialect => ({
  schema: sqliteSchema,
  hasOneWriter: true,
  toJson: (value) => (value === null || value === undefined ? null : JSON.stringify(value)),
  fromJson: (column) => (column === null ? null : JSON.parse(column as string)),
  lookUp: ({ table, select, where, texts, workspace, newestBy, newestAmong }) => {
    const newest = newestBy === undefined ? sql`` : sql` and ${isNewest(table, newestBy, workspace, sql`given.value`, newestAmong)}`;
    return sql`select ${select} from json_each(${texts}) as given cross join ${sql.table(table)} where ${where}${newest}`;
  },
  isOpen: sql`entry.closed = 0`,
  run: (query) => connection.executeQuery(query),
  toTexts: (texts) => JSON.stringify(texts),
  fromIndex: (table, index) => sql`${sql.table(table)} indexed by ${sql.id(index)}`,
  startsWith,
  isAmong: (column, numbers) => sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(numbers)}))`,
  insertMany: (_db, table, columns, items, valuesOf, computed) => connection.executeMany(insertInto(table, columns, computed), items, valuesOf),
});
