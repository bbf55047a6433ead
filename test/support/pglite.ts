import { PGlite } from '@electric-sql/pglite';
import type { Session, SessionPool } from '../../server/src/store/postgres/session.ts';

/**
 * PostgreSQL compiled to WebAssembly, in this process and in memory, as a pool of one connection: whoever asks for it waits until the
 * one before gave it back.
 */
export async function pglitePool(): Promise<SessionPool & { clear(): Promise<void> }> {
  const database = await PGlite.create();
  let last: Promise<void> = Promise.resolve();
  const prepared = async (text: string, values: readonly unknown[]) => {
    // A statement without values may be several, as the driver of a real server takes them.
    if (values.length > 0) return database.query<object>(text, [...values]);
    return (await database.exec(text)).at(-1);
  };
  const session = (release: () => void): Session => ({
    async run({ text, values }) {
      const result = await prepared(text, values);
      return { rows: result?.rows ?? [], affected: result?.affectedRows ?? 0, command: '' };
    },
    release,
  });
  return {
    async connect() {
      const before = last;
      const { promise, resolve } = Promise.withResolvers<void>();
      last = promise;
      await before;
      return session(resolve);
    },
    async clear() {
      const { rows } = await database.query<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' and tablename not like 'kysely%'`);
      for (const { name } of rows) await database.exec(`delete from "${name}"`);
    },
    close: () => database.close(),
  };
}
