import { sql, type Kysely } from 'kysely';
import type { ContactAddress, ContactReader, ContactWriter } from '../../app/ports.ts';
import { inChunks, sortedByKey } from './chunks.ts';
import type { SqlDialect } from './dialect.ts';
import type { ContactAddressTable, Database } from './tables.ts';

const toContactAddress = (row: ContactAddressTable): ContactAddress => ({
  contactId: row.contact_id,
  key: row.key,
  address: row.address,
  addressKind: row.address_kind as ContactAddress['addressKind'],
});

export function contactReader(db: Kysely<Database>, dialect: SqlDialect): ContactReader {
  /** Asked anew each time, so that links made by another process count at once: one step in an index. */
  const hasLinks = async (workspaceId: number): Promise<boolean> =>
    (await sql`select 1 from contact_address where workspace = ${workspaceId} limit 1`.execute(db)).rows.length > 0;

  return {
    async findLinked(workspaceId, keys) {
      if (keys.length === 0 || !(await hasLinks(workspaceId))) return [];
      const found = await inChunks(keys, async (chunk) => {
        const query = sql<{ id: number }>`
          select contact_address.contact_id as id from ${dialect.fromTexts(chunk, 'contact_address')}
          where contact_address.workspace = ${workspaceId} and contact_address.key = given.value`;
        return (await query.execute(db)).rows;
      });
      if (found.length === 0) return [];
      const contactIds = [...new Set(found.map(({ id }) => id))];
      const linked = db.selectFrom('contact_address').selectAll().where('workspace', '=', workspaceId).where(dialect.isAmong('contact_id', contactIds));
      return (await linked.orderBy('contact_id').orderBy('key').execute()).map(toContactAddress);
    },
  };
}

export function contactWriter(db: Kysely<Database>, dialect: SqlDialect): ContactWriter {
  return {
    ...contactReader(db, dialect),

    async put(workspaceId, addresses) {
      for (const { key, contactId, address, addressKind } of sortedByKey(addresses)) {
        const columns = { contact_id: contactId, address, address_kind: addressKind };
        await db
          .insertInto('contact_address')
          .values({ workspace: workspaceId, key, ...columns })
          .onConflict((conflict) => conflict.columns(['workspace', 'key']).doUpdateSet(columns))
          .execute();
      }
    },

    async remove(workspaceId, keys) {
      for (const key of keys) await db.deleteFrom('contact_address').where('workspace', '=', workspaceId).where('key', '=', key).execute();
    },
  };
}
