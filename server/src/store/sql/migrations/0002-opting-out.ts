import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { SchemaDialect } from '../dialect.ts';

/** What opting out by itself takes: fields of lists, rules and templates. English words opt people out of the default list from the start. */
const statements = ({ integer, json, tableOptions }: SchemaDialect): string[] => [
  'alter table list add column keyword text',
  'alter table list add column confirmation_message text',
  'alter table list add column webhook_url text',
  `alter table list add column languages ${json} not null default '[]'`,
  `update list set languages = '["en"]' where id = 'default'`,

  `create table record (
    workspace ${integer} not null, kind text not null, id text not null, name text not null, body ${json} not null,
    created_at ${integer} not null,
    primary key (workspace, kind, id), unique (workspace, kind, name)
  ) ${tableOptions}`,
];

export const optingOut = (schema: SchemaDialect): Migration => ({
  async up(db) {
    for (const statement of statements(schema)) await sql.raw(statement).execute(db);
  },
});
