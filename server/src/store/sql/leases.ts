import type { Kysely } from 'kysely';
import type { LeaseWriter } from '../../app/ports.ts';
import type { Database } from './tables.ts';

/** Claims of work. Of two that claim at once, one waits for the other's row and then sees that it is taken. */
export function leaseWriter(db: Kysely<Database>): LeaseWriter {
  return {
    async claim(name, holder, now, until) {
      const lease = { holder, held_until: until };
      const { numUpdatedRows } = await db.updateTable('lease').set(lease).where('name', '=', name).where('held_until', '<=', now).executeTakeFirst();
      if (numUpdatedRows > 0n) return true;
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('lease')
        .values({ name, ...lease })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .executeTakeFirst();
      return (numInsertedOrUpdatedRows ?? 0n) > 0n;
    },

    async hold(name, holder, until) {
      const { numUpdatedRows } = await db.updateTable('lease').set({ held_until: until }).where('name', '=', name).where('holder', '=', holder).executeTakeFirst();
      return numUpdatedRows > 0n;
    },
  };
}
