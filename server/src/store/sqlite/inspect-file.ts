import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreRefused } from '../../app/ports.ts';
import { schemaState, type Inspection } from '../inspection.ts';
import { migrations } from '../sql/migrations/index.ts';
import { databaseFile } from './files.ts';
import { sqliteSchema } from './sqlite-dialect.ts';

const texts = (database: DatabaseSync, statement: string): string[] => database.prepare(statement).all().map((row) => String(Object.values(row)[0]));

/** Reads the whole database file and checks that it holds together: https://sqlite.org/pragma.html#pragma_integrity_check */
export function inspectFile(directory: string): Inspection {
  const path = join(directory, databaseFile);
  if (!existsSync(path)) return { exists: false, damage: [], schema: 'none', bytes: 0 };
  const bytes = ['', '-wal'].reduce((sum, suffix) => sum + (statSync(path + suffix, { throwIfNoEntry: false })?.size ?? 0), 0);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
    const damage = texts(database, 'pragma integrity_check(10)').flatMap((text) => text.split('\n')).filter((line) => line !== 'ok' && !line.startsWith('***'));
    const hasMigrations = texts(database, "select name from sqlite_schema where name = 'kysely_migration'").length > 0;
    const executed = hasMigrations ? texts(database, 'select name from kysely_migration') : [];
    return { exists: true, damage, schema: schemaState(executed, Object.keys(migrations(sqliteSchema))), bytes };
  } catch (error) {
    const code = error instanceof Error && 'errcode' in error ? `SQLite error ${String(error.errcode)}` : 'unknown error';
    throw new StoreRefused(`The file ${path} cannot be read as a database (${code}). Check its permissions; if it is damaged, restore a backup.`, { cause: error });
  } finally {
    database?.close();
  }
}
