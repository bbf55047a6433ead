import { sql, type Kysely } from 'kysely';
import type { ContactAddress, ContactReader, ContactWriter } from '../../app/ports.ts';
import { eachRow, sortedByKey } from './chunks.ts';
import { compiled } from './compiled.ts';
import type { SqlDialect } from './dialect.ts';
import { lookUp } from './look-up.ts';
import type { ContactAddressTable, Database } from './tables.ts';

/** Named one by one, as those of entries are. */
const contactColumns = ['workspace', 'key', 'contact_id', 'address', 'address_kind'] as const satisfies ReadonlyArray<keyof ContactAddressTable>;

const toContactAddress = (row: ContactAddressTable): ContactAddress => ({
  contactId: row.contact_id,
  key: row.key,
  address: row.address,
  addressKind: row.address_kind as ContactAddress['addressKind'],
});

/** So few keys are looked for as fast as it is told whether a workspace has any link at all. */
const fewKeys = 50;

export function contactReader(db: Kysely<Database>, dialect: SqlDialect): ContactReader {
  /** Asked anew each time, so that links made by another process count at once: one step in an index. */
  const workspaceAsked = Symbol('workspace');
  const oneLink = compiled(db, dialect, sql`select 1 from contact_address where workspace = ${sql.val(workspaceAsked)} limit 1`, [workspaceAsked]);
  const hasLinks = async (workspaceId: number): Promise<boolean> => (await oneLink(workspaceId)).length > 0;

  const contactsOf = lookUp<{ id: number }>(db, dialect, 'contact_address', sql`contact_address.contact_id as id`, (workspace) =>
    sql`contact_address.workspace = ${workspace} and contact_address.key = given.value`);

  return {
    async findLinked(workspaceId, keys) {
      if (keys.length === 0 || (keys.length > fewKeys && !(await hasLinks(workspaceId)))) return [];
      const found = await contactsOf(workspaceId, keys);
      if (found.length === 0) return [];
      const contactIds = [...new Set(found.map(({ id }) => id))];
      const linked = db.selectFrom('contact_address').select(contactColumns).where('workspace', '=', workspaceId).where(dialect.isAmong('contact_id', contactIds));
      return (await linked.orderBy('contact_id').orderBy('key').execute()).map(toContactAddress);
    },

    async scan(after, limit) {
      const start = after ?? { workspaceId: -1, key: '' };
      const { rows } = await sql<ContactAddressTable>`select ${sql.join(contactColumns.map((column) => sql.ref(column)))} from contact_address
        where (workspace, key) > (${start.workspaceId}, ${start.key}) order by workspace, key limit ${limit}`.execute(db);
      return rows.map((row) => ({ workspaceId: row.workspace, address: toContactAddress(row) }));
    },
  };
}

export function contactWriter(db: Kysely<Database>, dialect: SqlDialect): ContactWriter {
  return {
    ...contactReader(db, dialect),

    async put(workspaceId, addresses) {
      await eachRow(sortedByKey(addresses), ({ key, contactId, address, addressKind }) => {
        const columns = { contact_id: contactId, address, address_kind: addressKind };
        return db
          .insertInto('contact_address')
          .values({ workspace: workspaceId, key, ...columns })
          .onConflict((conflict) => conflict.columns(['workspace', 'key']).doUpdateSet(columns))
          .execute();
      });
    },

    async remove(workspaceId, keys) {
      await eachRow(keys, (key) => db.deleteFrom('contact_address').where('workspace', '=', workspaceId).where('key', '=', key).execute());
    },
  };
}
