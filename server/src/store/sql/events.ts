import type { Kysely } from 'kysely';
import type { EventHead, EventReader, EventWriter } from '../../app/ports.ts';
import type { EventRecord } from '../../domain/history.ts';
import { sortedByKey } from './chunks.ts';
import type { SqlDialect } from './dialect.ts';
import { besideEntry, eventLines } from './event-lines.ts';
import { snapshotOf, snapshotText } from './event-snapshot.ts';
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
  const lines = eventLines(db, dialect);

  return {
    timeline: async (workspaceId, key, limit) => (await lines.newest(workspaceId, key, limit)).map((row) => toEvent(row)),

    async until(workspaceId, keys, at) {
      const rows = (await lines.of(workspaceId, keys)).filter((row) => row.at <= at);
      return rows.sort((a, b) => a.sequence - b.sequence).map((row) => toEvent(row));
    },

    async find(workspaceId, references) {
      const wanted = new Set(references.map(([key, sequence]) => `${sequence} ${key}`));
      const rows = await lines.of(workspaceId, references.map(([key]) => key), references.map(([, sequence]) => sequence));
      return rows.filter(({ key, sequence }) => wanted.has(`${sequence} ${key}`)).map((row) => toEvent(row));
    },

    async scan(after, limit) {
      const rows = await lines.after(after ?? { workspaceId: -1, key: '', id: 0 }, limit);
      return rows.map((row) => ({ workspaceId: row.workspace, event: toEvent(row) }));
    },
  };
}

/** Appends to the history. */
export function eventWriter(db: Kysely<Database>, dialect: SqlDialect): EventWriter {
  const lines = eventLines(db, dialect);

  return {
    ...eventReader(db, dialect),

    async heads(workspaceId, keys) {
      const heads = new Map<string, EventHead>();
      for (const { key, sequence, hash } of await lines.last(workspaceId, keys)) {
        if (sequence > (heads.get(key)?.sequence ?? 0)) heads.set(key, { sequence, hash });
      }
      return heads;
    },

    async append(workspaceId, events) {
      await dialect.insertMany(db, 'event', eventColumns, sortedByKey(events), (event) => eventValues(workspaceId, event), dialect.schema.rowsById ? besideEntry : undefined);
    },
  };
}
