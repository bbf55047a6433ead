import { sql } from 'kysely';
import type { SchemaDialect, SqlDialect } from '../sql/dialect.ts';
import { startsWith } from '../sql/starts-with.ts';
import type { SqliteConnection } from './connection.ts';

export const sqliteSchema: SchemaDialect = {
  integer: 'integer',
  json: 'text',
  // A primary key of one integer column is the row id itself: rows lie in the order of their ids, with no index beside them.
  identity: () => 'primary key (id)',
  tableOptions: 'strict',
  indexes: ['create unique index event_chain on event (workspace, key, sequence)'],
};

const inserts = new Map<readonly string[], string>();

/** The statement that inserts one row, written once for each list of columns. */
function insertInto(table: string, columns: readonly string[]): string {
  const known = inserts.get(columns);
  if (known !== undefined) return known;
  const names = columns.map((column) => `"${column}"`).join(', ');
  const text = `insert into "${table}" (${names}) values (${columns.map(() => '?').join(', ')})`;
  inserts.set(columns, text);
  return text;
}

/** SQLite's ways. `CROSS JOIN` fixes the order of the join; `INDEXED BY` the index, as there are no statistics to choose by. */
export const sqliteDialect = (connection: SqliteConnection): SqlDialect => ({
  schema: sqliteSchema,
  toJson: (value) => (value === null || value === undefined ? null : JSON.stringify(value)),
  fromJson: (column) => (column === null ? null : JSON.parse(column as string)),
  fromTexts: (parameter, table) => sql`json_each(${parameter}) as given cross join ${sql.table(table)}`,
  toTexts: (texts) => JSON.stringify(texts),
  fromIndex: (table, index) => sql`${sql.table(table)} indexed by ${sql.id(index)}`,
  startsWith,
  fromPairs: (pairs) => sql`(select value ->> 0 as key, value ->> 1 as id from json_each(${JSON.stringify(pairs.map(({ key, id }) => [key, id]))})) as given`,
  isAmong: (column, numbers) => sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(numbers)}))`,
  insertMany: (_db, table, columns, rows) => connection.executeMany(insertInto(table, columns), rows),
});
