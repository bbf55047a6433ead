import { sql, type Kysely } from 'kysely';
import type { StoreReader } from '../../app/ports.ts';
import { inOrder } from '../sql/chunks.ts';
import { compiled } from '../sql/compiled.ts';
import type { SqlDialect } from '../sql/dialect.ts';
import type { Database } from '../sql/tables.ts';

/**
 * Which texts lead to something, in one statement that answers nothing else: nearly all lead nowhere, so no row is made of those that do.
 * `limit 1` fixes the order of the joins, as in a look-up. Where a workspace has no links at all, none is looked for.
 */
export function leading(db: Kysely<Database>, dialect: SqlDialect): Required<StoreReader>['leading'] {
  const [keys, mailboxes, workspace] = [Symbol('keys'), Symbol('mailboxes'), Symbol('workspace')];
  const lines = (texts: symbol) => sql`unnest(string_to_array(${sql.val(texts)}::text, E'\\n'))`;
  const asked = sql.val(workspace);
  const query = sql<{ value: string }>`with given as materialized (select ${lines(keys)} as value)
    select given.value from given cross join lateral (select 1 from entry where entry.workspace = ${asked} and entry.key = given.value and ${dialect.isOpen} limit 1) as open
    union all
    select given.value from given cross join lateral (select 1 from contact_address where contact_address.workspace = ${asked} and contact_address.key = given.value limit 1) as linked
      where exists (select 1 from contact_address as any_link where any_link.workspace = ${asked})
    union all
    select given.value from ${lines(mailboxes)} as given(value)
      cross join lateral (select 1 from entry where entry.workspace = ${asked} and entry.mailbox = given.value and entry.mailbox is not null and entry.closed = 0 limit 1) as sharing`;
  const run = compiled(db, dialect, query, [keys, mailboxes, workspace]);
  return async (workspaceId, allKeys, allMailboxes) => {
    if (allKeys.length === 0 && allMailboxes.length === 0) return [];
    const rows = await run(dialect.toTexts(inOrder(allKeys)), dialect.toTexts(inOrder(allMailboxes)), workspaceId);
    return rows.map(({ value }) => value);
  };
}
