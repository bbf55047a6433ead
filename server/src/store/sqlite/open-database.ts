import { DatabaseSync } from 'node:sqlite';
import { StoreRefused } from '../../app/ports.ts';
import { isNotADatabase } from './errors.ts';

/** Marks a file as a database of ours: “QLST”. */
const applicationId = 0x514c5354;
const startWaitMs = 5_000;
/** Pages in the write-ahead log from which a connection that writes copies them into the database itself, where nobody else does. */
export const ownAutocheckpointPages = 4_000;
/** What the log keeps of its file when it begins anew: a file that is there is written over, a new one grows page by page. */
const logKeptBytes = 200_000_000;
/** How long a read may hold up the event loop for a lock of another process: those that readers meet are held for moments. */
const readWaitMs = 50;

const pragma = (database: DatabaseSync, name: string): unknown => Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0];

/** Refuses a file that holds something else than a database of ours, before anything is changed in it. */
function requireOurs(database: DatabaseSync, path: string): void {
  const refuse = () => new StoreRefused(`The file ${path} is not a database of Quietlist. Move it away, or choose another folder.`);
  try {
    const id = pragma(database, 'application_id');
    const isEmpty = database.prepare('select 1 from sqlite_schema limit 1').get() === undefined;
    if (id !== applicationId && !(id === 0 && isEmpty)) throw refuse();
  } catch (error) {
    throw isNotADatabase(error) ? refuse() : error;
  }
}

/**
 * Opens a connection: write-ahead log, so that reads never wait for writes; flushed at every commit, so that what was acknowledged
 * survives a power cut.
 */
export function openDatabase(path: string, options: { readOnly: boolean }): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: startWaitMs, enableForeignKeyConstraints: false });
  try {
    requireOurs(database, path);
    if (pragma(database, 'journal_mode') !== 'wal') {
      database.exec('pragma page_size = 4096');
      database.exec('pragma journal_mode = wal');
    }
    if (pragma(database, 'application_id') !== applicationId) database.exec(`pragma application_id = ${applicationId}`);
    database.exec('pragma synchronous = full');
    database.exec('pragma temp_store = memory');
    database.exec(`pragma cache_size = -${options.readOnly ? 16_384 : 8_192}`);
    database.exec(`pragma wal_autocheckpoint = ${ownAutocheckpointPages}`);
    database.exec(`pragma journal_size_limit = ${logKeptBytes}`);
    if (options.readOnly) database.exec('pragma query_only = on');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Ends the patience of the start, when nobody is served yet: writes wait outside of SQLite, where the event loop goes on. */
export const endStart = (database: DatabaseSync, { readOnly }: { readOnly: boolean }): void =>
  database.exec(`pragma busy_timeout = ${readOnly ? readWaitMs : 0}`);
