import { sql, type Kysely } from 'kysely';
import type { EventHead, EventReader, EventWriter } from '../../app/ports.ts';
import type { EventRecord } from '../../domain/history.ts';
import { inChunks, sortedByKey } from './chunks.ts';
import type { SqlDialect } from './dialect.ts';
import type { Database, EventTable } from './tables.ts';

const eventColumns = [
  'id', 'workspace', 'key', 'sequence', 'at', 'actor', 'action', 'entry_id', 'before', 'after', 'batch', 'reason', 'previous_hash', 'hash',
] as const satisfies ReadonlyArray<keyof EventTable>;

const eventValues = (workspaceId: number, event: EventRecord, dialect: SqlDialect): unknown[] => [
  event.id, workspaceId, event.key, event.sequence, event.at, event.actor, event.action, event.entryId, dialect.toJson(event.before),
  dialect.toJson(event.after), event.batch, event.reason, event.previousHash, event.hash,
];

const toEvent = (row: EventTable, dialect: SqlDialect): EventRecord => ({
  id: row.id,
  key: row.key,
  sequence: row.sequence,
  at: row.at,
  actor: row.actor,
  action: row.action as EventRecord['action'],
  entryId: row.entry_id,
  before: dialect.fromJson(row.before),
  after: dialect.fromJson(row.after),
  batch: row.batch,
  reason: row.reason,
  previousHash: row.previous_hash,
  hash: row.hash,
});

export function eventReader(db: Kysely<Database>, dialect: SqlDialect): EventReader {
  return {
    async timeline(workspaceId, key, limit) {
      const query = db.selectFrom('event').selectAll().where('workspace', '=', workspaceId).where('key', '=', key);
      return (await query.orderBy('sequence', 'desc').limit(limit).execute()).map((row) => toEvent(row, dialect));
    },

    async until(workspaceId, keys, at) {
      const rows = await inChunks(keys, async (chunk) => {
        const query = sql<EventTable>`
          select event.* from ${dialect.fromTexts(chunk, 'event')}
          where event.workspace = ${workspaceId} and event.key = given.value and event.at <= ${at}`;
        return (await query.execute(db)).rows;
      });
      return rows.sort((a, b) => a.sequence - b.sequence).map((row) => toEvent(row, dialect));
    },
  };
}

/** Appends to the history. The unique constraint on (workspace, key, sequence) refuses a second line after the same head. */
export function eventWriter(db: Kysely<Database>, dialect: SqlDialect): EventWriter {
  return {
    ...eventReader(db, dialect),

    async heads(workspaceId, keys) {
      const rows = await inChunks(keys, async (chunk) => {
        const query = sql<EventHead & { key: string }>`
          select event.key, event.sequence, event.hash from ${dialect.fromTexts(chunk, 'event')}
          where event.workspace = ${workspaceId} and event.key = given.value and event.sequence =
            (select max(line.sequence) from event as line where line.workspace = ${workspaceId} and line.key = given.value)`;
        return (await query.execute(db)).rows;
      });
      return new Map(rows.map(({ key, sequence, hash }) => [key, { sequence, hash }]));
    },

    async append(workspaceId, events) {
      const rows = sortedByKey(events).map((event) => eventValues(workspaceId, event, dialect));
      await dialect.insertMany(db, 'event', eventColumns, rows);
    },
  };
}
