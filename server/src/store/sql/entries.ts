import { sql, type Kysely } from 'kysely';
import type { EntryReader } from '../../app/ports.ts';
import type { SqlDialect } from './dialect.ts';
import { countOpenByList } from './entry-counts.ts';
import { EntryPageQuery } from './entry-page.ts';
import { anyScope, entryColumns, everyColumn, toEntry } from './entry-row.ts';
import { lookUp } from './look-up.ts';
import type { Database, EntryTable } from './tables.ts';

/** Reads entries. Open ones are `closed = 0`; the conditions written out beside it are those of a partial index. */
export function entryReader(db: Kysely<Database>, dialect: SqlDialect): EntryReader {
  const toEntries = (rows: EntryTable[]) => rows.map((row) => toEntry(row, dialect));
  const openByKey = lookUp<EntryTable>(db, dialect, 'entry', everyColumn, (workspace) =>
    sql`entry.workspace = ${workspace} and entry.key = given.value and ${dialect.isOpen}`);
  const openByMailbox = lookUp<EntryTable>(db, dialect, 'entry', everyColumn, (workspace) =>
    sql`entry.workspace = ${workspace} and entry.mailbox = given.value and entry.mailbox is not null and entry.closed = 0`);

  const everByMailbox = lookUp<{ key: string }>(db, dialect, 'entry', sql`distinct entry.key`, (workspace) =>
    sql`entry.workspace = ${workspace} and entry.mailbox = given.value and entry.mailbox is not null`);

  return {
    findOpen: async (workspaceId, keys) => toEntries(await openByKey(workspaceId, keys)),
    findOpenByMailbox: async (workspaceId, mailboxes) => toEntries(await openByMailbox(workspaceId, mailboxes)),

    keysOfMailboxes: async (workspaceId, mailboxes) => (await everByMailbox(workspaceId, mailboxes)).map(({ key }) => key),

    async scan(after, limit) {
      const start = after ?? { workspaceId: -1, key: '', id: 0 };
      const { rows } = await sql<EntryTable>`select ${everyColumn} from entry
        where (workspace, key, id) > (${start.workspaceId}, ${start.key}, ${start.id}) order by workspace, key, id limit ${limit}`.execute(db);
      return rows.map((row) => ({ workspaceId: row.workspace, entry: toEntry(row, dialect) }));
    },

    async findByIds(workspaceId, ids) {
      return toEntries(await db.selectFrom('entry').select(entryColumns).where('workspace', '=', workspaceId).where(dialect.isAmong('id', ids)).execute());
    },

    async findByKey(workspaceId, key, limit) {
      const query = db.selectFrom('entry').select(entryColumns).where('workspace', '=', workspaceId).where('key', '=', key);
      return toEntries(await query.orderBy('id', 'desc').limit(limit).execute());
    },

    page: async (workspaceId, filter, sort, limit, after, now) =>
      toEntries(await new EntryPageQuery(db, dialect, { workspaceId, filter, sort, limit, after, now }).rows()),

    countOpenByList: (workspaceId, now) => countOpenByList(db, workspaceId, now),

    async hasOpenOfSender(workspaceId, sender, now) {
      const query = db.selectFrom('entry').select('id').where('workspace', '=', workspaceId).where('closed', '=', 0);
      const found = await query
        .where('sender', '=', sender)
        .where(sql<boolean>`sender <> ${sql.lit(anyScope)}`)
        .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
        .limit(1)
        .executeTakeFirst();
      return found !== undefined;
    },

    async findDue(now, limit) {
      const query = db.selectFrom('entry').select(entryColumns).where(sql<boolean>`closed = 0 and expires_at is not null`);
      const rows = await query.where('expires_at', '<=', now).orderBy('expires_at').orderBy('id').limit(limit).execute();
      return rows.map((row) => ({ workspaceId: row.workspace, entry: toEntry(row, dialect) }));
    },
  };
}
