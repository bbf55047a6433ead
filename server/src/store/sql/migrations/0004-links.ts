import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { SchemaDialect } from '../dialect.ts';

/** Unsubscribe links. They are found by the hash of their token alone, so that is what they can be spread by. */
export const links = ({ integer, tableOptions }: SchemaDialect): Migration => ({
  async up(db) {
    await sql.raw(`create table link (
      token_hash text not null, workspace ${integer} not null, key text not null, address text not null, address_kind text not null,
      list text not null, channel text not null, sender text not null, created_at ${integer} not null,
      primary key (token_hash)
    ) ${tableOptions}`).execute(db);
  },
});
