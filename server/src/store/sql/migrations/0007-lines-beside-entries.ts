import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { SchemaDialect } from '../dialect.ts';

/**
 * Where rows lie by their ids, the line that says that an entry was added is found by that entry, whose id it has: an index of all lines
 * would be written to at another place with every entry. See `event-lines.ts`.
 */
export const linesBesideEntries = ({ integer, rowsById }: SchemaDialect): Migration => ({
  async up(db) {
    if (!rowsById) return;
    await sql.raw(`alter table event add column beside_entry ${integer} not null default 0`).execute(db);
    await sql.raw('drop index event_chain').execute(db);
    await sql.raw('create unique index event_chain on event (workspace, key, sequence) where beside_entry = 0').execute(db);
  },
});
