import { sql, type Kysely } from 'kysely';
import type { EventHead, EventReader, EventWriter } from '../../app/ports.ts';
import type { EventRecord } from '../../domain/history.ts';
import { sortedByKey } from './chunks.ts';
import type { SqlDialect } from './dialect.ts';
import { snapshotOf, snapshotText } from './event-snapshot.ts';
import { lookUp } from './look-up.ts';
import type { Database, EventTable } from './tables.ts';

const eventColumns = [
  'id', 'workspace', 'key', 'sequence', 'at', 'actor', 'action', 'entry_id', 'before', 'after', 'batch', 'reason', 'previous_hash', 'hash',
] as const satisfies ReadonlyArray<keyof EventTable>;

const eventValues = (workspaceId: number, event: EventRecord): unknown[] => [
  event.id, workspaceId, event.key, event.sequence, event.at, event.actor, event.action, event.entryId, snapshotText(event.before, event),
  snapshotText(event.after, event), event.batch, event.reason, event.previousHash, event.hash,
];

function toEvent(row: EventTable): EventRecord {
  const line = { key: row.key, at: row.at, entryId: row.entry_id, batch: row.batch, reason: row.reason };
  return {
    ...line,
    id: row.id,
    sequence: row.sequence,
    actor: row.actor,
    action: row.action as EventRecord['action'],
    before: snapshotOf(row.before, line),
    after: snapshotOf(row.after, line),
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

export function eventReader(db: Kysely<Database>, dialect: SqlDialect): EventReader {
  const lines = lookUp<EventTable>(db, dialect, 'event', sql`event.*`, (workspace) =>
    sql`event.workspace = ${workspace} and event.key = given.value`);

  return {
    async timeline(workspaceId, key, limit) {
      const query = db.selectFrom('event').selectAll().where('workspace', '=', workspaceId).where('key', '=', key);
      return (await query.orderBy('sequence', 'desc').limit(limit).execute()).map((row) => toEvent(row));
    },

    async until(workspaceId, keys, at) {
      const rows = (await lines(workspaceId, keys)).filter((row) => row.at <= at);
      return rows.sort((a, b) => a.sequence - b.sequence).map((row) => toEvent(row));
    },

    async find(workspaceId, references) {
      const wanted = new Set(references.map(([key, sequence]) => `${sequence} ${key}`));
      const sequences = [...new Set(references.map(([, sequence]) => sequence))];
      const found = lookUp<EventTable>(db, dialect, 'event', sql`event.*`, (workspace) =>
        sql`event.workspace = ${workspace} and event.key = given.value and ${dialect.isAmong('event.sequence', sequences)}`);
      const rows = await found(workspaceId, references.map(([key]) => key));
      return rows.filter(({ key, sequence }) => wanted.has(`${sequence} ${key}`)).map((row) => toEvent(row));
    },

    async scan(after, limit) {
      const start = after ?? { workspaceId: -1, key: '', id: 0 };
      const { rows } = await sql<EventTable>`select * from event
        where (workspace, key, sequence) > (${start.workspaceId}, ${start.key}, ${start.id}) order by workspace, key, sequence limit ${limit}`.execute(db);
      return rows.map((row) => ({ workspaceId: row.workspace, event: toEvent(row) }));
    },
  };
}

/** Appends to the history. The unique constraint on (workspace, key, sequence) refuses a second line after the same head. */
export function eventWriter(db: Kysely<Database>, dialect: SqlDialect): EventWriter {
  const lastLines = lookUp<EventHead & { key: string }>(db, dialect, 'event', sql`event.key, event.sequence, event.hash`, (workspace) =>
    sql`event.workspace = ${workspace} and event.key = given.value`, 'sequence');

  return {
    ...eventReader(db, dialect),

    async heads(workspaceId, keys) {
      return new Map((await lastLines(workspaceId, keys)).map(({ key, sequence, hash }) => [key, { sequence, hash }]));
    },

    async append(workspaceId, events) {
      const rows = sortedByKey(events).map((event) => eventValues(workspaceId, event));
      await dialect.insertMany(db, 'event', eventColumns, rows);
    },
  };
}
