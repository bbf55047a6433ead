import { sql, type RawBuilder } from 'kysely';

/** Whether a row has the greatest number in a column among those of this workspace and key; `among` narrows these, and calls them `line`. */
export function isNewest(table: string, column: string, workspace: RawBuilder<unknown>, key: RawBuilder<unknown>, among?: RawBuilder<unknown>): RawBuilder<unknown> {
  const greatest = sql`select max(${sql.ref(`line.${column}`)}) from ${sql.table(table)} as line where line.workspace = ${workspace} and line.key = ${key}${among ? sql` and ${among}` : sql``}`;
  return sql`${sql.ref(`${table}.${column}`)} = (${greatest})`;
}
