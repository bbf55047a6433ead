import type { Kysely } from 'kysely';
import type { MarkReader, MarkWriter } from '../../app/ports.ts';
import type { Database } from './tables.ts';

export const markReader = (db: Kysely<Database>): MarkReader => ({
  async get(name) {
    return (await db.selectFrom('mark').select('value').where('name', '=', name).executeTakeFirst())?.value ?? null;
  },
});

export const markWriter = (db: Kysely<Database>): MarkWriter => ({
  ...markReader(db),

  async put(name, value) {
    await db.insertInto('mark').values({ name, value }).onConflict((conflict) => conflict.column('name').doUpdateSet({ value })).execute();
  },
});
