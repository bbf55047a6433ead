import { sql, type Kysely } from 'kysely';
import type { LinkReader, LinkRecord, LinkWriter } from '../../app/ports.ts';
import type { SqlDialect } from './dialect.ts';
import { lookUp } from './look-up.ts';
import type { Database, LinkTable } from './tables.ts';

const linkColumns = ['token_hash', 'workspace', 'key', 'address', 'address_kind', 'list', 'channel', 'sender', 'created_at'] as const satisfies ReadonlyArray<keyof LinkTable>;

/** `*` stands for any channel or sender, as it does in entries. */
const any = '*';

const linkValues = (workspaceId: number, link: LinkRecord): unknown[] => [
  link.tokenHash, workspaceId, link.key, link.address, link.addressKind, link.list, link.channel ?? any, link.sender ?? any, link.createdAt,
];

const toLink = (row: LinkTable): LinkRecord => ({
  tokenHash: row.token_hash,
  workspaceId: row.workspace,
  key: row.key,
  address: row.address,
  addressKind: row.address_kind as LinkRecord['addressKind'],
  list: row.list,
  channel: row.channel === any ? null : row.channel,
  sender: row.sender === any ? null : row.sender,
  createdAt: row.created_at,
});

export const linkReader = (db: Kysely<Database>): LinkReader => ({
  async find(tokenHash) {
    const row = await db.selectFrom('link').selectAll().where('token_hash', '=', tokenHash).executeTakeFirst();
    return row ? toLink(row) : null;
  },

  async scan(after, limit) {
    const query = db.selectFrom('link').selectAll().where('token_hash', '>', after ?? '');
    return (await query.orderBy('token_hash').limit(limit).execute()).map(toLink);
  },
});

export function linkWriter(db: Kysely<Database>, dialect: SqlDialect): LinkWriter {
  const kept = lookUp<{ token_hash: string }>(db, dialect, 'link', sql`link.token_hash`, (workspace) => sql`link.workspace = ${workspace} and link.token_hash = given.value`);

  return {
    ...linkReader(db),

    async keep(workspaceId, links) {
      const byHash = new Map(links.map((link) => [link.tokenHash, link]));
      for (const { token_hash } of await kept(workspaceId, [...byHash.keys()])) byHash.delete(token_hash);
      const fresh = [...byHash.values()].sort((a, b) => (a.tokenHash < b.tokenHash ? -1 : 1));
      if (fresh.length > 0) await dialect.insertMany(db, 'link', linkColumns, fresh, (link) => linkValues(workspaceId, link));
    },
  };
}
