import type { CompiledQuery, Kysely, RawBuilder } from 'kysely';
import type { SqlDialect } from './dialect.ts';
import type { Database } from './tables.ts';

/**
 * A query written and compiled once, for what every request asks: compiling costs more than running it. The query holds `sql.val(slot)`
 * where a value goes; the function takes the values in the order of the slots.
 */
export function compiled<Row>(db: Kysely<Database>, dialect: SqlDialect, query: RawBuilder<Row>, slots: readonly symbol[]): (...values: unknown[]) => Promise<Row[]> {
  let once: CompiledQuery<Row> | undefined;
  return async (...values) => {
    once ??= query.compile(db);
    const parameters = once.parameters.map((parameter) => (typeof parameter === 'symbol' ? values[slots.indexOf(parameter)] : parameter));
    const asked = { ...once, parameters };
    return (dialect.run ? await dialect.run<Row>(asked) : await db.executeQuery<Row>(asked)).rows;
  };
}
