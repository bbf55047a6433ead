import { sql, type Kysely } from 'kysely';
import { noList } from './entry-row.ts';
import type { Database } from './tables.ts';

/**
 * Active opt-outs of each list. Open rows are counted in an index alone; those past their expiry, which the expiry job has not
 * ended yet, are few and taken off.
 */
export async function countOpenByList(db: Kysely<Database>, workspaceId: number, now: number): Promise<Map<string, number>> {
  const ofWorkspace = db
    .selectFrom('entry')
    .select((select) => ['list', select.fn.countAll<number>().as('entries')])
    .where('workspace', '=', workspaceId)
    .where('list', '<>', noList)
    .where(sql<boolean>`closed = 0`)
    .groupBy('list');
  const open = await ofWorkspace.execute();
  const due = await ofWorkspace.where(sql<boolean>`expires_at is not null`).where('expires_at', '<=', now).execute();
  const counts = new Map(open.map(({ list, entries }) => [list, Number(entries)]));
  for (const { list, entries } of due) counts.set(list, (counts.get(list) ?? 0) - Number(entries));
  for (const [list, entries] of counts) if (entries === 0) counts.delete(list);
  return counts;
}
