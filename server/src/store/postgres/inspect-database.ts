import pg from 'pg';
import { StoreRefused } from '../../app/ports.ts';
import { schemaState, type Inspection } from '../inspection.ts';
import { migrations } from '../sql/migrations/index.ts';
import { postgresSchema } from './postgres-dialect.ts';

const noSuchTable = '42P01';

/** Asks the database which migrations it has had. Its own files are its own business. */
export async function inspectDatabase(url: string): Promise<Inspection> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 10_000, application_name: 'quietlist doctor' });
  client.on('error', () => {});
  try {
    await client.connect();
    const executed = await client.query<{ name: string }>('select name from kysely_migration').then(
      ({ rows }) => rows.map(({ name }) => name),
      (error: unknown) => {
        if ((error as { code?: string }).code === noSuchTable) return [];
        throw error;
      },
    );
    return { exists: executed.length > 0, damage: [], schema: schemaState(executed, Object.keys(migrations(postgresSchema))), bytes: null };
  } catch (error) {
    const { code = 'no answer' } = error as { code?: string };
    throw new StoreRefused(`PostgreSQL cannot be asked (${code}). Check that it runs, and the host, port, user and password of the database URL.`, { cause: error });
  } finally {
    await client.end().catch(() => {});
  }
}
