import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { EventHead, ScanStart } from '../../app/ports.ts';
import type { SqlDialect } from './dialect.ts';
import { lookUp } from './look-up.ts';
import type { Database, EventTable } from './tables.ts';

/** The newest line of an address. */
export type HeadRow = EventHead & { key: string };

/** Finds lines of the history. */
export interface EventLines {
  /** The lines of these addresses, in no order: all, or at least those with one of these numbers. */
  of(workspaceId: number, keys: readonly string[], sequences?: readonly number[]): Promise<EventTable[]>;
  /** The newest lines of one address, newest first. */
  newest(workspaceId: number, key: string, limit: number): Promise<EventTable[]>;
  /** The last line of each address that has any; of some addresses an older one, too. */
  last(workspaceId: number, keys: readonly string[]): Promise<HeadRow[]>;
  /** Lines of everybody by workspace, key and sequence. */
  after(start: ScanStart, limit: number): Promise<EventTable[]>;
}

const every = sql`event.*`;
const head = sql`event.key, event.sequence, event.hash`;
const isBeyond = ({ workspaceId, key, id }: ScanStart) => sql`(event.workspace, event.key, event.sequence) > (${workspaceId}, ${key}, ${id})`;
const chainsAfter = (start: ScanStart, limit: number, held: RawBuilder<unknown>) =>
  sql`select event.* from event where ${isBeyond(start)}${held} order by event.workspace, event.key, event.sequence limit ${limit}`;

/** The condition under which the index of chains holds a line, where it does not hold all. */
const isChained = (table: string) => sql`${sql.ref(`${table}.beside_entry`)} = 0`;

/** Lines that the index of chains holds: all lines, or those that no entry leads to. */
function chainedLines(db: Kysely<Database>, dialect: SqlDialect, holdsAll: boolean): EventLines {
  const held = holdsAll ? sql`` : sql` and ${isChained('event')}`;
  const where = (workspace: RawBuilder<unknown>) => sql`event.workspace = ${workspace} and event.key = given.value${held}`;
  const all = lookUp<EventTable>(db, dialect, 'event', every, where);
  const numbered = (sequences: readonly number[]) => lookUp<EventTable>(db, dialect, 'event', every, (workspace) => sql`${where(workspace)} and ${dialect.isAmong('event.sequence', sequences)}`);
  return {
    of: (workspaceId, keys, sequences) => (sequences ? numbered(sequences) : all)(workspaceId, keys),
    last: lookUp<HeadRow>(db, dialect, 'event', head, where, { by: 'sequence', ...(holdsAll ? {} : { among: isChained('line') }) }),
    newest: async (workspaceId, key, limit) =>
      (await sql<EventTable>`select event.* from event where event.workspace = ${workspaceId} and event.key = ${key}${held} order by event.sequence desc limit ${limit}`.execute(db)).rows,
    after: async (start, limit) => (await sql<EventTable>`${chainsAfter(start, limit, held)}`.execute(db)).rows,
  };
}

/**
 * Lines where rows lie by their ids. The line that says that an entry was added has its id, and is found by it for as long as the entry
 * has the key it was added under (`beside_entry`); all others are in the index of chains. So adding entries, which is what is done by the
 * ten thousand, writes to one index in the order of keys, and not to two.
 */
function linesBesideEntries(db: Kysely<Database>, dialect: SqlDialect): EventLines {
  const chained = chainedLines(db, dialect, false);
  const idsOf = lookUp<{ id: number }>(db, dialect, 'entry', sql`entry.id`, (workspace) => sql`entry.workspace = ${workspace} and entry.key = given.value`);

  const beside = <Row>(select: RawBuilder<unknown>) => {
    const linesOf = lookUp<Row>(db, dialect, 'event', select, (workspace) => sql`event.id = given.value and event.workspace = ${workspace} and event.beside_entry = 1`);
    return async (workspaceId: number, keys: readonly string[]): Promise<Row[]> => linesOf(workspaceId, (await idsOf(workspaceId, keys)).map(({ id }) => String(id)));
  };
  const linesBeside = beside<EventTable>(every);
  const headsBeside = beside<HeadRow>(head);

  return {
    of: async (workspaceId, keys, sequences) => [...(await chained.of(workspaceId, keys, sequences)), ...(await linesBeside(workspaceId, keys))],
    last: async (workspaceId, keys) => [...(await chained.last(workspaceId, keys)), ...(await headsBeside(workspaceId, keys))],
    async newest(workspaceId, key, limit) {
      const rows = [...(await chained.newest(workspaceId, key, limit)), ...(await linesBeside(workspaceId, [key]))];
      return rows.sort((a, b) => b.sequence - a.sequence).slice(0, limit);
    },
    async after(start, limit) {
      // One step over the entries, in the order of their keys; each has its line at its id.
      const besides = sql`select event.* from ${dialect.fromIndex('entry', 'entry_natural_key')} cross join event on event.id = entry.id
        where (entry.workspace, entry.key) >= (${start.workspaceId}, ${start.key}) and event.beside_entry = 1 and ${isBeyond(start)}
        order by entry.workspace, entry.key, event.sequence limit ${limit}`;
      const chains = chainsAfter(start, limit, sql` and ${isChained('event')}`);
      const { rows } = await sql<EventTable>`select * from (select * from (${chains}) union all select * from (${besides})) order by workspace, key, sequence limit ${limit}`.execute(db);
      return rows;
    },
  };
}

export const eventLines = (db: Kysely<Database>, dialect: SqlDialect): EventLines =>
  dialect.schema.rowsById ? linesBesideEntries(db, dialect) : chainedLines(db, dialect, true);

/** Whether the entry with the id of a new line has its key: what is kept in `beside_entry`. The values are those of the line. */
export const besideEntry = { column: 'beside_entry', value: 'exists (select 1 from entry where entry.id = ?1 and entry.workspace = ?2 and entry.key = ?3)' } as const;

/** Puts the lines that were found by these entries into the index of chains, before the entries leave their keys. */
export async function leaveEntry(db: Kysely<Database>, workspaceId: number, ids: readonly number[], dialect: SqlDialect): Promise<void> {
  if (!dialect.schema.rowsById || ids.length === 0) return;
  await sql`update event set beside_entry = 0 where ${dialect.isAmong('id', ids)} and workspace = ${workspaceId} and beside_entry = 1`.execute(db);
}
