import { sql, type Kysely, type RawBuilder } from 'kysely';
import { inChunks } from './chunks.ts';
import { compiled } from './compiled.ts';
import type { SqlDialect } from './dialect.ts';
import type { Database } from './tables.ts';

/** Finds the rows of one workspace that belong to any of these texts. */
export type LookUp<Row> = (workspaceId: number, texts: readonly string[]) => Promise<Row[]>;

/**
 * A look-up of many texts at once, written and compiled once: it is what every check and every add runs. `select` and `where` name the
 * texts `given.value`; the workspace is theirs to compare with.
 */
export function lookUp<Row>(
  db: Kysely<Database>,
  dialect: SqlDialect,
  table: keyof Database,
  select: RawBuilder<unknown>,
  where: (workspace: RawBuilder<unknown>) => RawBuilder<unknown>,
  newest?: { by: string; among?: RawBuilder<unknown> },
): LookUp<Row> {
  const [texts, workspace] = [Symbol('texts'), Symbol('workspace')];
  const query = dialect.lookUp({ table, select, where: where(sql.val(workspace)), texts: sql.val(texts), workspace: sql.val(workspace), ...(newest === undefined ? {} : { newestBy: newest.by, newestAmong: newest.among }) }) as RawBuilder<Row>;
  const run = compiled(db, dialect, query, [texts, workspace]);
  return (workspaceId, all) => inChunks(all, (chunk) => run(dialect.toTexts(chunk), workspaceId));
}
