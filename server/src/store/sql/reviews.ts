import { sql, type Kysely } from 'kysely';
import type { ReviewReader, ReviewRecord, ReviewWriter } from '../../app/ports.ts';
import type { SqlDialect } from './dialect.ts';
import type { Database, ReviewTable } from './tables.ts';

/** Reads reviews. The condition on pending ones is written out: it is that of a partial index. */
export function reviewReader(db: Kysely<Database>, dialect: SqlDialect): ReviewReader {
  const toReview = (row: ReviewTable): ReviewRecord => ({
    id: row.id,
    status: row.status as ReviewRecord['status'],
    key: row.key,
    address: row.address,
    channel: row.channel,
    sender: row.sender,
    text: row.text,
    phrase: row.phrase,
    lists: dialect.fromJson(row.lists) as string[],
    entries: dialect.fromJson(row.entries) as number[],
    isConfirmationAsked: row.asked === 1,
    createdAt: row.created_at,
    dueAt: row.due_at,
    decidedAt: row.decided_at,
    decidedBy: row.decided_by,
    note: row.note,
  });
  const all = db.selectFrom('review').selectAll();
  const isPending = sql<boolean>`status = 'pending'`;

  return {
    async find(workspaceId, id) {
      const row = await all.where('workspace', '=', workspaceId).where('id', '=', id).executeTakeFirst();
      return row ? toReview(row) : null;
    },

    async page(workspaceId, status, limit, before) {
      let query = all.where('workspace', '=', workspaceId);
      if (status !== 'any') query = query.where('status', '=', status);
      if (before !== null) query = query.where('id', '<', before);
      return (await query.orderBy('id', 'desc').limit(limit).execute()).map(toReview);
    },

    pendingOf: async (workspaceId, key) => (await all.where('workspace', '=', workspaceId).where('key', '=', key).where(isPending).orderBy('id').execute()).map(toReview),

    async findDue(now, limit) {
      const rows = await all.where(isPending).where('due_at', '<=', now).orderBy('due_at').orderBy('id').limit(limit).execute();
      return rows.map((row) => ({ workspaceId: row.workspace, review: toReview(row) }));
    },
  };
}

export function reviewWriter(db: Kysely<Database>, dialect: SqlDialect): ReviewWriter {
  return {
    ...reviewReader(db, dialect),

    async put(workspaceId, review) {
      const columns = {
        status: review.status, key: review.key, address: review.address, channel: review.channel, sender: review.sender, text: review.text, phrase: review.phrase,
        lists: dialect.toJson(review.lists), entries: dialect.toJson(review.entries), asked: review.isConfirmationAsked ? 1 : 0,
        created_at: review.createdAt, due_at: review.dueAt, decided_at: review.decidedAt, decided_by: review.decidedBy, note: review.note,
      };
      await db
        .insertInto('review')
        .values({ workspace: workspaceId, id: review.id, ...columns })
        .onConflict((conflict) => conflict.columns(['workspace', 'id']).doUpdateSet(columns))
        .execute();
    },
  };
}
