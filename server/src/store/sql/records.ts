import type { Kysely } from 'kysely';
import type { RecordBodies, RecordKind, RecordReader, RecordWriter, WorkspaceRecord } from '../../app/ports.ts';
import type { SqlDialect } from './dialect.ts';
import type { Database, RecordTable } from './tables.ts';

/** Reads rules, templates and the like. What kind a row is says which shape its body has. */
export function recordReader(db: Kysely<Database>, dialect: SqlDialect): RecordReader {
  const toRecord = <Kind extends RecordKind>(row: RecordTable): WorkspaceRecord<Kind> => ({
    id: row.id, name: row.name, body: dialect.fromJson(row.body) as RecordBodies[Kind], createdAt: row.created_at,
  });

  return {
    async all(workspaceId, kind) {
      const query = db.selectFrom('record').selectAll().where('workspace', '=', workspaceId).where('kind', '=', kind);
      return (await query.orderBy('created_at').orderBy('id').execute()).map((row) => toRecord(row));
    },

    async find(workspaceId, kind, id) {
      const row = await db.selectFrom('record').selectAll().where('workspace', '=', workspaceId).where('kind', '=', kind).where('id', '=', id).executeTakeFirst();
      return row ? toRecord(row) : null;
    },

    async whose(kind, id) {
      const row = await db.selectFrom('record').selectAll().where('id', '=', id).where('kind', '=', kind).executeTakeFirst();
      return row ? { workspaceId: row.workspace, record: toRecord(row) } : null;
    },

    async everywhere(kind) {
      const rows = await db.selectFrom('record').selectAll().where('kind', '=', kind).orderBy('workspace').orderBy('created_at').orderBy('id').execute();
      return rows.map((row) => ({ workspaceId: row.workspace, record: toRecord(row) }));
    },
  };
}

/** Writes them. A name that is taken is refused by the unique constraint. */
export function recordWriter(db: Kysely<Database>, dialect: SqlDialect): RecordWriter {
  return {
    ...recordReader(db, dialect),

    async put(workspaceId, kind, { id, name, body, createdAt }) {
      const columns = { name, body: dialect.toJson(body), created_at: createdAt };
      await db
        .insertInto('record')
        .values({ workspace: workspaceId, kind, id, ...columns })
        .onConflict((conflict) => conflict.columns(['workspace', 'kind', 'id']).doUpdateSet(columns))
        .execute();
    },

    async remove(workspaceId, kind, id) {
      await db.deleteFrom('record').where('workspace', '=', workspaceId).where('kind', '=', kind).where('id', '=', id).execute();
    },
  };
}
