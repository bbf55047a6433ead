import { sql } from 'kysely';
import type { SchemaDialect, SqlDialect } from '../sql/dialect.ts';
import type { SqliteConnection } from './connection.ts';

export const sqliteSchema: SchemaDialect = {
  integer: 'integer',
  json: 'text',
  // A primary key of one integer column is the row id itself: rows lie in the order of their ids, with no index beside them.
  identity: () => 'primary key (id)',
  tableOptions: 'strict',
};

/** SQLite's ways. `CROSS JOIN` fixes the order of the join; `INDEXED BY` the index, as there are no statistics to choose by. */
export const sqliteDialect = (connection: SqliteConnection): SqlDialect => ({
  schema: sqliteSchema,
  toJson: (value) => (value === null || value === undefined ? null : JSON.stringify(value)),
  fromJson: (column) => (column === null ? null : JSON.parse(column as string)),
  fromTexts: (texts, table) => sql`json_each(${JSON.stringify(texts)}) as given cross join ${sql.table(table)}`,
  fromIndex: (table, index) => sql`${sql.table(table)} indexed by ${sql.id(index)}`,
  isAmong: (column, numbers) => sql`${sql.ref(column)} in (select value from json_each(${JSON.stringify(numbers)}))`,
  async insertMany(_db, table, columns, rows) {
    const names = columns.map((column) => `"${column}"`).join(', ');
    await connection.executeMany(`insert into "${table}" (${names}) values (${columns.map(() => '?').join(', ')})`, rows);
  },
});
