import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { SchemaDialect } from '../dialect.ts';

/** Webhooks: who follows the events of a workspace and how far, and what is on its way to whom. */
const statements = ({ integer, rowsById, tableOptions }: SchemaDialect): string[] => [
  `create table follower (
    workspace ${integer} not null, target text not null, position ${integer} not null,
    primary key (workspace, target)
  ) ${tableOptions}`,

  // That an event goes to a target once is a constraint: two servers that make the same one out cannot both.
  `create table delivery (
    workspace ${integer} not null, id ${integer} not null, target text not null, event text not null, type text not null, url text,
    body text not null, status text not null, attempts ${integer} not null, due_at ${integer}, last_status ${integer}, last_error text,
    created_at ${integer} not null, delivered_at ${integer},
    primary key (${rowsById ? 'id' : 'workspace, id'}), unique (workspace, target, event)
  ) ${tableOptions}`,
  'create index delivery_due on delivery (workspace, target, due_at) where due_at is not null',
  'create index delivery_by_target on delivery (workspace, target, id)',
  'create index delivery_by_age on delivery (created_at)',
];

export const deliveries = (schema: SchemaDialect): Migration => ({
  async up(db) {
    for (const statement of statements(schema)) await sql.raw(statement).execute(db);
  },
});
