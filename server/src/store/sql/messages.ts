import { type Kysely, sql } from 'kysely';
import type { InboundRecord, MessageReader, MessageWriter } from '../../app/ports.ts';
import type { SqlDialect } from './dialect.ts';
import type { Database, InboundMessageTable } from './tables.ts';

/** Reads inbound messages with what was answered. */
export function messageReader(db: Kysely<Database>, dialect: SqlDialect): MessageReader {
  const toMessage = (row: InboundMessageTable): InboundRecord => ({
    id: row.id,
    key: row.key,
    channel: row.channel,
    messageId: row.message_id,
    at: row.at,
    request: dialect.fromJson(row.request) as InboundRecord['request'],
    answer: dialect.fromJson(row.answer) as InboundRecord['answer'],
  });
  const of = (workspaceId: number) => db.selectFrom('inbound_message').selectAll().where('workspace', '=', workspaceId);

  return {
    async findMessage(workspaceId, key, channel, messageId) {
      const row = await of(workspaceId).where('key', '=', key).where('channel', '=', channel).where('message_id', '=', messageId).executeTakeFirst();
      return row ? toMessage(row) : null;
    },
    messagesOf: async (workspaceId, key, since) => (await of(workspaceId).where('key', '=', key).where('at', '>=', since).orderBy('id', 'desc').execute()).map(toMessage),
    recent: async (workspaceId, limit) => (await of(workspaceId).orderBy('id', 'desc').limit(limit).execute()).map(toMessage),
  };
}

/** Keeps them. The unique index lets one of two equal messages be handled. */
export function messageWriter(db: Kysely<Database>, dialect: SqlDialect): MessageWriter {
  return {
    ...messageReader(db, dialect),

    async insert(workspaceId, { id, key, channel, messageId, at, request, answer }) {
      const values = { workspace: workspaceId, key, id, channel, message_id: messageId, at, request: dialect.toJson(request), answer: dialect.toJson(answer) };
      await db.insertInto('inbound_message').values(values).execute();
    },

    async deleteBefore(workspaceId, at, limit) {
      const rows = await db.selectFrom('inbound_message').select(['key', 'id']).where('workspace', '=', workspaceId).where('at', '<', at).orderBy('at').limit(limit).execute();
      for (const { key, id } of rows) await sql`delete from inbound_message where workspace = ${workspaceId} and key = ${key} and id = ${id}`.execute(db);
      return rows.length;
    },
  };
}
