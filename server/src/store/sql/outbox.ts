import { sql, type Kysely } from 'kysely';
import type { OutboxReader, OutboxRow, OutboxWriter, PlacedRow } from '../../app/ports.ts';
import { eachRow } from './chunks.ts';
import { compiled } from './compiled.ts';
import type { SqlDialect } from './dialect.ts';
import type { Database, OutboxTable } from './tables.ts';

const outboxColumns = ['workspace', 'id', 'at', 'events', 'items', 'position'] as const satisfies ReadonlyArray<keyof OutboxTable>;

/** Reads what others are told, in the order of the positions. */
export function outboxReader(db: Kysely<Database>, dialect: SqlDialect): OutboxReader {
  const [workspace, position, limit, at] = [Symbol('workspace'), Symbol('position'), Symbol('limit'), Symbol('at')];
  const rowsAfter = compiled(
    db, dialect,
    sql<OutboxTable & { position: number }>`select * from outbox where workspace = ${sql.val(workspace)} and position > ${sql.val(position)} order by position limit ${sql.val(limit)}`,
    [workspace, position, limit],
  );
  const headOf = compiled(db, dialect, sql<{ position: number }>`select position from outbox_head where workspace = ${sql.val(workspace)}`, [workspace]);
  const unplaced = compiled(db, dialect, sql`select 1 from ${dialect.fromIndex('outbox', 'outbox_unplaced')} where position is null limit 1`, []);
  const oldest = compiled(db, dialect, sql<{ at: number }>`${oldestRows(sql`${sql.val(at)}`)} limit 1`, [at]);
  const toRow = (row: OutboxTable & { position: number }): PlacedRow => ({ id: row.id, at: row.at, items: dialect.fromJson(row.items) as OutboxRow['items'], position: row.position });
  const head = async (workspaceId: number): Promise<number> => (await headOf(workspaceId))[0]?.position ?? 0;

  return {
    async after(workspaceId, from, most) {
      const rows = await rowsAfter(workspaceId, from, most);
      return rows.map(toRow);
    },
    head,
    async start(workspaceId) {
      const { rows } = await sql<{ position: number; events: number }>`
        select position, events from outbox where workspace = ${workspaceId} and position > 0 order by position limit 1`.execute(db);
      const first = rows[0];
      return first ? first.position - first.events : head(workspaceId);
    },
    async scan(start, most) {
      const { workspaceId, id } = start ?? { workspaceId: -1, id: 0 };
      const { rows } = await sql<OutboxTable & { position: number }>`select * from outbox
        where (workspace, position) > (${workspaceId}, ${id}) order by workspace, position limit ${most}`.execute(db);
      return rows.map((row) => ({ workspaceId: row.workspace, row: toRow(row) }));
    },
    hasUnplaced: async () => (await unplaced()).length > 0,
    hasBefore: async (instant) => (await oldest(instant)).length > 0,
  };
}

/** The oldest row of each workspace, where it is older than an instant: ids grow with time, so no index by age is needed. `CROSS JOIN`: see `sqliteDialect`. */
const oldestRows = (at: ReturnType<typeof sql>) => sql`
  select outbox.workspace, outbox.id, outbox.at from outbox_head cross join outbox
  where outbox.workspace = outbox_head.workspace
    and outbox.position = (select min(own.position) from outbox as own where own.workspace = outbox_head.workspace)
    and outbox.at < ${at}`;

/** Writes it. One row of `outbox_head` a workspace is what all who give places wait for, so no two give the same. */
export function outboxWriter(db: Kysely<Database>, dialect: SqlDialect): OutboxWriter {
  const [workspace, events] = [Symbol('workspace'), Symbol('events')];
  const advance = compiled(
    db, dialect,
    sql<{ position: number }>`insert into outbox_head (workspace, position) values (${sql.val(workspace)}, ${sql.val(events)})
      on conflict (workspace) do update set position = outbox_head.position + excluded.position returning position`,
    [workspace, events],
  );
  /** The position of the last of so many more events of a workspace. */
  const next = async (workspaceId: number, count: number): Promise<number> => (await advance(workspaceId, count))[0]?.position ?? count;

  /** The values of `outboxColumns`, in that order. */
  const valuesOf = (workspaceId: number) => ({ id, at, items, position }: OutboxRow & { position: number | null }): unknown[] => [workspaceId, id, at, items.length, dialect.toJson(items), position];

  return {
    ...outboxReader(db, dialect),

    async append(workspaceId, { id, at, items }) {
      const position = dialect.hasOneWriter ? await next(workspaceId, items.length) : null;
      await dialect.insertMany(db, 'outbox', outboxColumns, [{ id, at, items, position }], valuesOf(workspaceId));
    },

    async place(limit) {
      const rows = await db.selectFrom('outbox').select(['workspace', 'id', 'events']).where('position', 'is', null).orderBy('id').limit(limit).execute();
      for (const [workspaceId, own] of Map.groupBy(rows, (row) => row.workspace)) {
        const total = own.reduce((sum, row) => sum + row.events, 0);
        let position = (await next(workspaceId, total)) - total;
        const placed = own.map((row) => ({ id: row.id, position: (position += row.events) }));
        await eachRow(placed, (row) => sql`update outbox set position = ${row.position} where workspace = ${workspaceId} and id = ${row.id}`.execute(db));
      }
      return rows.length;
    },

    async keep(workspaceId, rows) {
      await dialect.insertMany(db, 'outbox', outboxColumns, rows, valuesOf(workspaceId));
    },

    async setHead(workspaceId, position) {
      await db.insertInto('outbox_head').values({ workspace: workspaceId, position }).onConflict((conflict) => conflict.column('workspace').doUpdateSet({ position })).execute();
    },

    async deleteBefore(at, limit) {
      const { rows: oldest } = await sql<{ workspace: number }>`${oldestRows(sql`${at}`)}`.execute(db);
      let deleted = 0;
      for (const { workspace: workspaceId } of oldest) {
        const rows = await db.selectFrom('outbox').select(['id', 'at']).where('workspace', '=', workspaceId).where('position', '>', 0).orderBy('position').limit(limit - deleted).execute();
        // Only from the oldest on: what is kept has no gaps.
        const firstKept = rows.findIndex((row) => row.at >= at);
        const old = firstKept === -1 ? rows : rows.slice(0, firstKept);
        await eachRow(old, (row) => db.deleteFrom('outbox').where('workspace', '=', workspaceId).where('id', '=', row.id).execute());
        deleted += old.length;
        if (deleted >= limit) break;
      }
      return deleted;
    },
  };
}
