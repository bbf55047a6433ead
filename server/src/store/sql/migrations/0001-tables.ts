import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { SchemaDialect } from '../dialect.ts';

/** Unique among open entries. */
const naturalKey = 'workspace, key, kind, list, channel, sender, closed';
/** Two lines cannot follow the same head: the hash chain of an address never forks. */
const chain = 'workspace, key, sequence';

/**
 * The first schema. Portable on purpose: no sequences, foreign keys, triggers or collations, and every table leads with what its
 * rows can be spread over machines by.
 */
const statements = ({ integer, json, rowsById, tableOptions }: SchemaDialect): string[] => [
  `create table workspace (
    id ${integer} not null, name text not null, settings ${json} not null, created_at ${integer} not null,
    primary key (id), unique (name)
  ) ${tableOptions}`,

  `create table list (
    workspace ${integer} not null, id text not null, name text not null, description text not null, created_at ${integer} not null,
    primary key (workspace, id), unique (workspace, name)
  ) ${tableOptions}`,

  `create table sender (
    workspace ${integer} not null, id text not null, name text not null, channel text not null, channel_id ${integer} not null,
    created_at ${integer} not null,
    primary key (workspace, id), unique (workspace, name), unique (workspace, channel_id)
  ) ${tableOptions}`,

  `create table api_key (
    workspace ${integer} not null, id ${integer} not null, public_id text not null, secret_hash text not null, name text not null,
    role text not null, created_at ${integer} not null, last_used_at ${integer}, expires_at ${integer}, revoked_at ${integer},
    primary key (id), unique (public_id)
  ) ${tableOptions}`,

  `create table entry (
    workspace ${integer} not null, key text not null, id ${integer} not null, kind text not null, list text not null,
    channel text not null, sender text not null, closed ${integer} not null, mailbox text, address text not null,
    address_kind text not null, unverified ${integer} not null, purpose text not null, direction text not null, reason text not null,
    note text, source text not null, evidence ${json} not null, origin text not null, batch text, created_at ${integer} not null,
    expires_at ${integer}, ended_at ${integer}, ended_as text,
    primary key (${rowsById ? 'id' : naturalKey})
  ) ${tableOptions}`,
  rowsById ? `create unique index entry_natural_key on entry (${naturalKey})` : 'create unique index entry_by_id on entry (workspace, id)',
  // `closed` is the id of an ended row, so each of these holds the open rows and the ended ones by id.
  'create index entry_by_kind on entry (workspace, kind, closed, id)',
  'create index entry_by_list on entry (workspace, list, closed, id)',
  "create index entry_by_sender on entry (workspace, sender, closed, id) where sender <> '*'",
  'create index entry_by_mailbox on entry (workspace, mailbox) where mailbox is not null',
  'create index entry_due on entry (expires_at, id) where closed = 0 and expires_at is not null',

  `create table event (
    workspace ${integer} not null, key text not null, sequence ${integer} not null, id ${integer} not null, at ${integer} not null,
    actor text not null, action text not null, entry_id ${integer}, "before" ${json}, "after" ${json}, batch text, reason text,
    previous_hash text, hash text not null,${rowsById ? ` beside_entry ${integer} not null default 0,` : ''}
    primary key (${rowsById ? 'id' : chain})
  ) ${tableOptions}`,
  // Where rows lie by their ids, the line that says that an entry was added is found by that entry, whose id it has: an index of all lines
  // would be written to at another place with every entry. See `event-lines.ts`.
  ...(rowsById ? [`create unique index event_chain on event (${chain}) where beside_entry = 0`] : []),

  `create table contact_address (
    workspace ${integer} not null, key text not null, contact_id ${integer} not null, address text not null, address_kind text not null,
    primary key (workspace, key)
  ) ${tableOptions}`,
  'create index contact_address_by_contact on contact_address (workspace, contact_id)',

  `create table idempotency (
    key_id ${integer} not null, idempotency_key text not null, fingerprint text not null, status ${integer} not null, body text not null,
    created_at ${integer} not null
  ) ${tableOptions}`,
  'create unique index idempotency_request on idempotency (key_id, idempotency_key)',
  'create index idempotency_by_age on idempotency (created_at)',

  `create table mark (name text not null, value text not null, primary key (name)) ${tableOptions}`,

  `create table lease (
    name text not null, holder text not null, held_until ${integer} not null,
    primary key (name)
  ) ${tableOptions}`,
];

export const tables = (schema: SchemaDialect): Migration => ({
  async up(db) {
    for (const statement of statements(schema)) await sql.raw(statement).execute(db);
  },
});
