import { sql, type Kysely } from 'kysely';
import type { DeliveryReader, DeliveryRecord, DeliveryWriter, DueTarget, Follower } from '../../app/ports.ts';
import { eachRow } from './chunks.ts';
import { compiled } from './compiled.ts';
import type { SqlDialect } from './dialect.ts';
import type { Database, DeliveryTable, FollowerTable } from './tables.ts';

const deliveryColumns = [
  'workspace', 'id', 'target', 'event', 'type', 'url', 'body', 'status', 'attempts', 'due_at', 'last_status', 'last_error', 'created_at', 'delivered_at',
] as const satisfies ReadonlyArray<keyof DeliveryTable>;

const deliveryValues = (workspaceId: number, one: DeliveryRecord): unknown[] => [
  workspaceId, one.id, one.target, one.event, one.type, one.url, one.body, one.status, one.attempts, one.dueAt, one.lastStatus, one.lastError,
  one.createdAt, one.deliveredAt,
];

const toDelivery = (row: DeliveryTable): DeliveryRecord => ({
  id: row.id,
  target: row.target,
  event: row.event,
  type: row.type,
  url: row.url,
  body: row.body,
  status: row.status as DeliveryRecord['status'],
  attempts: row.attempts,
  dueAt: row.due_at,
  lastStatus: row.last_status,
  lastError: row.last_error,
  createdAt: row.created_at,
  deliveredAt: row.delivered_at,
});

const toFollower = (row: FollowerTable): Follower => ({ workspaceId: row.workspace, target: row.target, position: row.position });

/** Reads what is on its way. */
export function deliveryReader(db: Kysely<Database>, dialect: SqlDialect): DeliveryReader {
  // One step in an index for each follower: how much waits for one that is down makes no difference.
  const dueTargets = compiled(db, dialect, sql<{ workspace: number; target: string; due_at: number }>`
    select workspace, target, due_at from (
      select follower.workspace, follower.target, (
        select min(delivery.due_at) from delivery
        where delivery.workspace = follower.workspace and delivery.target = follower.target and delivery.due_at is not null
      ) as due_at from follower
    ) as waiting where due_at is not null order by due_at`, []);
  const limit = Symbol('limit');
  const behind = compiled(db, dialect, sql<FollowerTable>`
    select follower.* from follower join outbox_head on outbox_head.workspace = follower.workspace
    where follower.position < outbox_head.position order by follower.workspace, follower.target limit ${sql.val(limit)}`, [limit]);

  return {
    async find(workspaceId, id) {
      const row = await db.selectFrom('delivery').selectAll().where('workspace', '=', workspaceId).where('id', '=', id).executeTakeFirst();
      return row ? toDelivery(row) : null;
    },

    async page(workspaceId, target, status, most, before) {
      let query = db.selectFrom('delivery').selectAll().where('workspace', '=', workspaceId).where('target', '=', target);
      if (status !== 'any') query = query.where('status', '=', status);
      if (before !== null) query = query.where('id', '<', before);
      return (await query.orderBy('id', 'desc').limit(most).execute()).map(toDelivery);
    },

    dueTargets: async () => (await dueTargets()).map(({ workspace, target, due_at: dueAt }): DueTarget => ({ workspaceId: workspace, target, dueAt })),
    followers: async () => (await db.selectFrom('follower').selectAll().orderBy('workspace').orderBy('target').execute()).map(toFollower),
    followersBehind: async (most) => (await behind(most)).map(toFollower),

    async scan(after, most) {
      const start = after ?? { workspaceId: -1, id: 0 };
      const { rows } = await sql<DeliveryTable>`select * from delivery where (workspace, id) > (${start.workspaceId}, ${start.id}) order by workspace, id limit ${most}`.execute(db);
      return rows.map((row) => ({ workspaceId: row.workspace, delivery: toDelivery(row) }));
    },

    async hasBefore(createdAt) {
      return (await db.selectFrom('delivery').select('id').where('created_at', '<', createdAt).limit(1).executeTakeFirst()) !== undefined;
    },
  };
}

/** Writes it. A delivery is claimed by moving its due time: whoever claims it second finds nothing due. */
export function deliveryWriter(db: Kysely<Database>, dialect: SqlDialect): DeliveryWriter {
  return {
    ...deliveryReader(db, dialect),

    async follow({ workspaceId, target, position }) {
      await db
        .insertInto('follower')
        .values({ workspace: workspaceId, target, position })
        .onConflict((conflict) => conflict.columns(['workspace', 'target']).doUpdateSet({ position }))
        .execute();
    },

    async unfollow(workspaceId, target) {
      await db.deleteFrom('follower').where('workspace', '=', workspaceId).where('target', '=', target).execute();
    },

    insert: (workspaceId, deliveries) => dialect.insertMany(db, 'delivery', deliveryColumns, deliveries, (one) => deliveryValues(workspaceId, one)),

    async claim(workspaceId, target, now, until, limit) {
      const due = db.selectFrom('delivery').selectAll().where('workspace', '=', workspaceId).where('target', '=', target);
      const rows = await due.where('due_at', 'is not', null).where('due_at', '<=', now).orderBy('due_at').limit(limit).execute();
      const claimed: DeliveryRecord[] = [];
      await eachRow(rows, async (row) => {
        const attempts = row.attempts + 1;
        const { numUpdatedRows } = await db
          .updateTable('delivery')
          .set({ due_at: until, attempts })
          .where('workspace', '=', workspaceId)
          .where('id', '=', row.id)
          .where('due_at', '=', row.due_at)
          .executeTakeFirst();
        if (numUpdatedRows > 0n) claimed.push(toDelivery({ ...row, due_at: until, attempts }));
      });
      return claimed;
    },

    async settle(workspaceId, { id, status, dueAt, lastStatus, lastError, deliveredAt }) {
      await db
        .updateTable('delivery')
        .set({ status, due_at: dueAt, last_status: lastStatus, last_error: lastError, delivered_at: deliveredAt })
        .where('workspace', '=', workspaceId)
        .where('id', '=', id)
        .execute();
    },

    async replay(workspaceId, target, { since, until, onlyFailed }, dueAt) {
      const fresh = { status: 'pending', attempts: 0, due_at: dueAt, delivered_at: null };
      const query = db.updateTable('delivery').set(fresh).where('workspace', '=', workspaceId).where('target', '=', target).where('due_at', 'is', null);
      const inTime = query.where('created_at', '>=', since).where('created_at', '<=', until);
      const { numUpdatedRows } = await (onlyFailed ? inTime.where('status', '=', 'failed') : inTime).executeTakeFirst();
      return Number(numUpdatedRows);
    },

    async deleteBefore(createdAt, limit) {
      const rows = await db.selectFrom('delivery').select(['workspace', 'id']).where('created_at', '<', createdAt).orderBy('created_at').limit(limit).execute();
      await eachRow(rows, (row) => db.deleteFrom('delivery').where('workspace', '=', row.workspace).where('id', '=', row.id).execute());
      return rows.length;
    },
  };
}
