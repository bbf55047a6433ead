import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Webhooks of providers name a connection and no workspace. */
export const connections = (): Migration => ({
  async up(db) {
    await sql.raw('create index record_by_id on record (id)').execute(db);
  },
});
