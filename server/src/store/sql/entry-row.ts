import { sql } from 'kysely';
import type { Entry, Evidence } from '../../domain/entry.ts';
import type { SqlDialect } from './dialect.ts';
import type { EntryTable } from './tables.ts';

/** What a column holds for a channel or sender that is not set. */
export const anyScope = '*';
/** What the list column holds for an entry that is in no list. */
export const noList = '';

export const entryColumns = [
  'id', 'workspace', 'key', 'kind', 'list', 'channel', 'sender', 'closed', 'mailbox', 'address', 'address_kind', 'unverified', 'purpose',
  'direction', 'reason', 'note', 'source', 'evidence', 'origin', 'batch', 'created_at', 'expires_at', 'ended_at', 'ended_as',
] as const satisfies ReadonlyArray<keyof EntryTable>;

/** The columns as a query names them, one by one: a running server then does not mind that another one adds a column. */
export const everyColumn = sql.join(entryColumns.map((column) => sql.ref(`entry.${column}`)));

/** The values of `entryColumns`, in that order. */
export const entryValues = (workspaceId: number, entry: Entry, dialect: SqlDialect): unknown[] => [
  entry.id, workspaceId, entry.key, entry.kind, entry.list ?? noList, entry.channel ?? anyScope, entry.sender ?? anyScope,
  entry.endedAt === null ? 0 : entry.id, entry.mailbox, entry.address, entry.addressKind, entry.unverified ? 1 : 0, entry.purpose,
  entry.direction, entry.reason, entry.note, entry.source, dialect.toJson(entry.evidence), entry.by, entry.batch, entry.createdAt,
  entry.expiresAt, entry.endedAt, entry.endedAs,
];

export function toEntry(row: EntryTable, dialect: SqlDialect): Entry {
  return {
    id: row.id,
    kind: row.kind as Entry['kind'],
    key: row.key,
    mailbox: row.mailbox,
    address: row.address,
    addressKind: row.address_kind as Entry['addressKind'],
    unverified: row.unverified === 1,
    channel: row.channel === anyScope ? null : row.channel,
    sender: row.sender === anyScope ? null : row.sender,
    list: row.list === noList ? null : row.list,
    purpose: row.purpose as Entry['purpose'],
    direction: row.direction as Entry['direction'],
    reason: row.reason as Entry['reason'],
    note: row.note,
    source: row.source as Entry['source'],
    evidence: dialect.fromJson(row.evidence) as Evidence,
    by: row.origin as Entry['by'],
    batch: row.batch,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    endedAt: row.ended_at,
    endedAs: row.ended_as as Entry['endedAs'],
  };
}
