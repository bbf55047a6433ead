import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { SchemaDialect } from '../dialect.ts';

/**
 * What opting out by itself takes: fields of lists, rules and templates, inbound messages, reviews. English words opt people out of the
 * default list from the start.
 */
const statements = ({ integer, json, rowsById, tableOptions }: SchemaDialect): string[] => [
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

  // A message id is the provider's own, and some count within a chat: it names a message only together with whose it is.
  `create table inbound_message (
    workspace ${integer} not null, key text not null, id ${integer} not null, channel text not null, message_id text, at ${integer} not null,
    request ${json}, answer ${json} not null,
    primary key (${rowsById ? 'id' : 'workspace, key, id'})
  ) ${tableOptions}`,
  'create unique index inbound_message_once on inbound_message (workspace, key, channel, message_id)',
  'create index inbound_message_by_id on inbound_message (workspace, id)',
  'create index inbound_message_by_age on inbound_message (workspace, at)',

  `create table review (
    workspace ${integer} not null, id ${integer} not null, status text not null, key text not null, address text not null, channel text not null,
    sender text, text text not null, phrase text not null, lists ${json} not null, entries ${json} not null, asked ${integer} not null,
    created_at ${integer} not null, due_at ${integer} not null, decided_at ${integer}, decided_by text, note text,
    primary key (workspace, id)
  ) ${tableOptions}`,
  'create index review_by_status on review (workspace, status, id)',
  "create index review_pending on review (workspace, key) where status = 'pending'",
  "create index review_due on review (due_at, id) where status = 'pending'",
];

export const optingOut = (schema: SchemaDialect): Migration => ({
  async up(db) {
    for (const statement of statements(schema)) await sql.raw(statement).execute(db);
  },
});
