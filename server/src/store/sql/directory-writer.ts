import type { Kysely } from 'kysely';
import { defaultList } from '../../app/default-list.ts';
import type { DirectoryWriter } from '../../app/ports.ts';
import type { SqlDialect } from './dialect.ts';
import { directoryReader } from './directory.ts';
import type { Database } from './tables.ts';

/** Writes workspaces, lists, senders and keys. A name or number that is taken is refused by a unique constraint. */
export function directoryWriter(db: Kysely<Database>, dialect: SqlDialect): DirectoryWriter {
  return {
    ...directoryReader(db, dialect),

    async insertWorkspace({ id, name, settings, createdAt }) {
      await db.insertInto('workspace').values({ id, name, settings: dialect.toJson(settings), created_at: createdAt }).execute();
      await this.putList(id, defaultList(createdAt));
    },

    async updateSettings(workspaceId, settings) {
      await db.updateTable('workspace').set({ settings: dialect.toJson(settings) }).where('id', '=', workspaceId).execute();
    },

    async putList(workspaceId, { id, name, description, keyword, confirmationMessage, webhookUrl, languages, createdAt }) {
      const columns = {
        name, description, keyword, confirmation_message: confirmationMessage, webhook_url: webhookUrl, languages: dialect.toJson(languages), created_at: createdAt,
      };
      await db
        .insertInto('list')
        .values({ workspace: workspaceId, id, ...columns })
        .onConflict((conflict) => conflict.columns(['workspace', 'id']).doUpdateSet(columns))
        .execute();
    },

    async deleteList(workspaceId, id) {
      await db.deleteFrom('list').where('workspace', '=', workspaceId).where('id', '=', id).execute();
    },

    async putSender(workspaceId, { id, name, channel, channelId, createdAt }) {
      const columns = { name, channel, channel_id: channelId, created_at: createdAt };
      await db
        .insertInto('sender')
        .values({ workspace: workspaceId, id, ...columns })
        .onConflict((conflict) => conflict.columns(['workspace', 'id']).doUpdateSet(columns))
        .execute();
    },

    async deleteSender(workspaceId, id) {
      await db.deleteFrom('sender').where('workspace', '=', workspaceId).where('id', '=', id).execute();
    },

    async insertKey(key) {
      await db
        .insertInto('api_key')
        .values({
          workspace: key.workspaceId,
          id: key.id,
          public_id: key.publicId,
          secret_hash: key.secretHash,
          name: key.name,
          role: key.role,
          created_at: key.createdAt,
          last_used_at: key.lastUsedAt,
          expires_at: key.expiresAt,
          revoked_at: key.revokedAt,
        })
        .execute();
    },

    /** A key stays revoked as of the first time. */
    async revokeKey(workspaceId, id, revokedAt) {
      const query = db.updateTable('api_key').set({ revoked_at: revokedAt }).where('workspace', '=', workspaceId);
      await query.where('id', '=', id).where('revoked_at', 'is', null).execute();
    },

    async touchKey(id, lastUsedAt) {
      await db.updateTable('api_key').set({ last_used_at: lastUsedAt }).where('id', '=', id).execute();
    },
  };
}
