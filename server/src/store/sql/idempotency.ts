import type { Kysely } from 'kysely';
import type { IdempotencyWriter } from '../../app/ports.ts';
import type { Database } from './tables.ts';

/** The answers given to requests with an idempotency key. The unique constraint lets one of two equal requests write. */
export function idempotencyWriter(db: Kysely<Database>): IdempotencyWriter {
  return {
    async find(keyId, idempotencyKey) {
      const query = db.selectFrom('idempotency').selectAll().where('key_id', '=', keyId).where('idempotency_key', '=', idempotencyKey);
      const row = await query.executeTakeFirst();
      if (!row) return null;
      return { keyId: row.key_id, idempotencyKey: row.idempotency_key, fingerprint: row.fingerprint, status: row.status, body: row.body, createdAt: row.created_at };
    },

    async insert({ keyId, idempotencyKey, fingerprint, status, body, createdAt }) {
      await db
        .insertInto('idempotency')
        .values({ key_id: keyId, idempotency_key: idempotencyKey, fingerprint, status, body, created_at: createdAt })
        .execute();
    },

    async deleteBefore(createdAt) {
      const { numDeletedRows } = await db.deleteFrom('idempotency').where('created_at', '<', createdAt).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
