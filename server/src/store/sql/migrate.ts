import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { StoreRefused } from '../../app/ports.ts';
import type { Database } from './tables.ts';

const migrationTable = 'kysely_migration';

async function executedMigrations(db: Kysely<Database>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === migrationTable)) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(migrationTable)}`.execute(db);
  return rows.map(({ name }) => name);
}

async function isUpToDate(db: Kysely<Database>, migrations: Record<string, Migration>): Promise<boolean> {
  const executed = await executedMigrations(db);
  if (executed.some((name) => !Object.hasOwn(migrations, name))) {
    throw new StoreRefused('The data was written by a newer version of Quietlist. Start that version, or a newer one, on this data.');
  }
  return executed.length === Object.keys(migrations).length;
}

/**
 * Brings the schema to this version, all migrations in one transaction: a failed one leaves nothing behind. A schema that is newer
 * than this version is refused and not touched. Processes that start together wait for each other: in the transaction where only one
 * can write, else in `lock`.
 */
export async function migrate(
  db: Kysely<Database>,
  migrations: Record<string, Migration>,
  lock: (transaction: Kysely<Database>) => Promise<unknown> = async () => {},
): Promise<void> {
  if (await isUpToDate(db, migrations)) return;
  await db.transaction().execute(async (transaction) => {
    await lock(transaction);
    if (await isUpToDate(transaction, migrations)) return;
    const provider = { getMigrations: async () => migrations };
    const { error } = await new Migrator({ db: transaction, provider }).migrateToLatest();
    if (error !== undefined) throw error;
  });
}
