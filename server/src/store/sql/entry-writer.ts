import { sql, type Kysely } from 'kysely';
import type { EntryWriter } from '../../app/ports.ts';
import { eachRow, sortedByKey } from './chunks.ts';
import type { SqlDialect } from './dialect.ts';
import { entryReader } from './entries.ts';
import { leaveEntry } from './event-lines.ts';
import { entryColumns, entryValues } from './entry-row.ts';
import type { Database } from './tables.ts';

/** Writes entries. A second open entry of one natural key is refused by the unique constraint, never merged. */
export function entryWriter(db: Kysely<Database>, dialect: SqlDialect): EntryWriter {
  return {
    ...entryReader(db, dialect),

    async insert(workspaceId, entries) {
      await dialect.insertMany(db, 'entry', entryColumns, sortedByKey(entries), (entry) => entryValues(workspaceId, entry, dialect));
    },

    async update(workspaceId, entries) {
      await eachRow(sortedByKey(entries), (entry) =>
        sql`
          update entry set purpose = ${entry.purpose}, direction = ${entry.direction}, expires_at = ${entry.expiresAt}, origin = ${entry.by},
            reason = ${entry.reason}, note = ${entry.note}, source = ${entry.source}, evidence = ${dialect.toJson(entry.evidence)}, batch = ${entry.batch}
          where workspace = ${workspaceId} and key = ${entry.key} and id = ${entry.id} and closed = 0`.execute(db));
    },

    async rekey(workspaceId, moves) {
      await leaveEntry(db, workspaceId, moves.filter(({ from, to }) => from.key !== to.key).map(({ from }) => from.id), dialect);
      await eachRow(sortedByKey(moves.map(({ from }) => from)), ({ key, id }) =>
        sql`delete from entry where workspace = ${workspaceId} and key = ${key} and id = ${id}`.execute(db));
      await dialect.insertMany(db, 'entry', entryColumns, sortedByKey(moves.map(({ to }) => to)), (entry) => entryValues(workspaceId, entry, dialect));
    },

    async end(workspaceId, entries, endedAt, endedAs) {
      await eachRow(sortedByKey(entries), ({ key, id }) =>
        sql`
          update entry set closed = id, ended_at = ${endedAt}, ended_as = ${endedAs}
          where workspace = ${workspaceId} and key = ${key} and id = ${id} and closed = 0`.execute(db));
    },
  };
}
