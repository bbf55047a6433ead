import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { SchemaDialect } from '../dialect.ts';

/**
 * What others are told. `position` is that of the last event of a row and null until the row has its place; `outbox_head` holds the last
 * position of each workspace, so that none is given twice even after old rows were deleted.
 */
const statements = ({ integer, json, rowsById, tableOptions }: SchemaDialect): string[] => [
  `create table outbox (
    workspace ${integer} not null, id ${integer} not null, at ${integer} not null, events ${integer} not null, items ${json} not null,
    position ${integer},
    primary key (${rowsById ? 'id' : 'workspace, id'}), unique (workspace, position)
  ) ${tableOptions}`,
  'create index outbox_unplaced on outbox (id) where position is null',

  `create table outbox_head (workspace ${integer} not null, position ${integer} not null, primary key (workspace)) ${tableOptions}`,
];

export const outbox = (schema: SchemaDialect): Migration => ({
  async up(db) {
    for (const statement of statements(schema)) await sql.raw(statement).execute(db);
  },
});
