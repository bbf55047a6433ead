import { sql, type Kysely } from 'kysely';
import { StoreRefused } from '../../app/ports.ts';
import type { Database } from '../sql/tables.ts';

/** Collations that order texts by their bytes. */
const byBytes = /^(?:C|POSIX|C\.UTF-?8)$/i;

/** What of the database's own settings matters to the store. */
export interface DatabaseSettings {
  /** Whether texts are ordered by their bytes, so that those with a common prefix are neighbours in an index. */
  ordersByBytes: boolean;
  /** Whether rows are spread over servers by the extension Citus. */
  isCitus: boolean;
}

/** Reads the settings, from the database itself: an engine that does not tell gets the careful way. */
export async function readSettings(db: Kysely<Database>): Promise<DatabaseSettings> {
  const encoding = await sql<{ server_encoding: string }>`show server_encoding`.execute(db);
  if (!/^utf-?8$/i.test(encoding.rows[0]?.server_encoding ?? '')) {
    throw new StoreRefused('The database does not keep texts as UTF-8. Create one with ENCODING \'UTF8\' for Quietlist.');
  }
  const { rows } = await sql`select 1 from pg_extension where extname = 'citus'`.execute(db);
  return { ordersByBytes: byBytes.test(await collationOf(db)), isCitus: rows.length > 0 };
}

/** The collation by which the database orders texts where nothing else is said; empty when it is not told. */
async function collationOf(db: Kysely<Database>): Promise<string> {
  try {
    // The rows' own fields are asked for as one JSON, since their names differ between versions.
    const { rows } = await sql<{ fields: string }>`select row_to_json(pg_database)::text as fields from pg_database where datname = current_database()`.execute(db);
    const { datlocprovider = 'c', datcollate = '', datlocale, daticulocale } = JSON.parse(rows[0]?.fields ?? '{}') as Record<string, string | null | undefined>;
    return (datlocprovider === 'c' ? datcollate : (datlocale ?? daticulocale)) ?? '';
  } catch {
    return '';
  }
}
