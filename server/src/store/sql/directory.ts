import { sql, type Kysely } from 'kysely';
import { defaultSettings } from '@quietlist/contract/settings';
import { defaultListId } from '@quietlist/contract/vocabulary';
import type { DirectoryReader, KeyRecord, ListRecord, SenderRecord, Workspace } from '../../app/ports.ts';
import { compiled } from './compiled.ts';
import type { SqlDialect } from './dialect.ts';
import type { ApiKeyTable, Database, ListTable, SenderTable, WorkspaceTable } from './tables.ts';

const toWorkspace = (row: WorkspaceTable, dialect: SqlDialect): Workspace => ({
  id: row.id,
  name: row.name,
  // Settings that are younger than the row have their defaults.
  settings: { ...defaultSettings, ...(dialect.fromJson(row.settings) as Partial<Workspace['settings']>) },
  createdAt: row.created_at,
});

const toList = (row: ListTable, dialect: SqlDialect): ListRecord => ({
  id: row.id,
  name: row.name,
  description: row.description,
  keyword: row.keyword,
  confirmationMessage: row.confirmation_message,
  webhookUrl: row.webhook_url,
  languages: dialect.fromJson(row.languages) as ListRecord['languages'],
  createdAt: row.created_at,
});

const toSender = (row: SenderTable): SenderRecord => ({
  id: row.id,
  name: row.name,
  channel: row.channel,
  channelId: row.channel_id,
  createdAt: row.created_at,
});

const toKey = (row: ApiKeyTable): KeyRecord => ({
  id: row.id,
  workspaceId: row.workspace,
  publicId: row.public_id,
  secretHash: row.secret_hash,
  name: row.name,
  role: row.role as KeyRecord['role'],
  createdAt: row.created_at,
  lastUsedAt: row.last_used_at,
  expiresAt: row.expires_at,
  revokedAt: row.revoked_at,
});

/** A key with its workspace beside it: one question to the database, for what every request asks. */
interface KeyRow extends ApiKeyTable {
  workspace_name: string;
  workspace_settings: WorkspaceTable['settings'];
  workspace_created_at: number;
}

/** Reads workspaces, lists, senders and keys, each by creation. */
export function directoryReader(db: Kysely<Database>, dialect: SqlDialect): DirectoryReader {
  const workspaces = db.selectFrom('workspace').selectAll().orderBy('created_at').orderBy('id');
  const asked = Symbol('asked');
  const workspaceById = compiled(db, dialect, sql<WorkspaceTable>`select * from workspace where id = ${sql.val(asked)}`, [asked]);
  const keyByPublicId = compiled(db, dialect, sql<KeyRow>`
    select api_key.*, workspace.name as workspace_name, workspace.settings as workspace_settings, workspace.created_at as workspace_created_at
    from api_key join workspace on workspace.id = api_key.workspace where api_key.public_id = ${sql.val(asked)}`, [asked]);
  const listsOf = compiled(
    db, dialect,
    sql<ListTable>`select * from list where workspace = ${sql.val(asked)} order by case when id = ${sql.lit(defaultListId)} then 0 else 1 end, created_at, id`,
    [asked],
  );
  const sendersOf = compiled(db, dialect, sql<SenderTable>`select * from sender where workspace = ${sql.val(asked)} order by created_at, id`, [asked]);
  const one = (row: WorkspaceTable | undefined) => (row ? toWorkspace(row, dialect) : null);

  return {
    workspace: async (id) => one((await workspaceById(id))[0]),
    workspaceByName: async (name) => one(await workspaces.where('name', '=', name).executeTakeFirst()),
    workspaces: async () => (await workspaces.execute()).map((row) => toWorkspace(row, dialect)),

    lists: async (workspaceId) => (await listsOf(workspaceId)).map((row) => toList(row, dialect)),
    senders: async (workspaceId) => (await sendersOf(workspaceId)).map(toSender),

    async keys(workspaceId) {
      const query = db.selectFrom('api_key').selectAll().where('workspace', '=', workspaceId);
      return (await query.orderBy('created_at').orderBy('id').execute()).map(toKey);
    },

    async keyByPublicId(publicId) {
      const [row] = await keyByPublicId(publicId);
      if (!row) return null;
      const workspace = { id: row.workspace, name: row.workspace_name, settings: row.workspace_settings, created_at: row.workspace_created_at };
      return { key: toKey(row), workspace: toWorkspace(workspace, dialect) };
    },
  };
}
