import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { StoreRefused } from '../../app/ports.ts';
import { databaseFile } from './files.ts';
import { openDatabase } from './open-database.ts';

/** Pages copied between two reports of progress. */
const pagesAtOnce = 1_000;

/** Told how far a backup is: pages copied, and pages in all. */
export type OnProgress = (copied: number, total: number) => void;

function flush(path: string): void {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
}

/** Refuses a copy that does not hold together. */
function requireWhole(path: string): void {
  const database = new DatabaseSync(path);
  try {
    const found = Object.values(database.prepare('pragma integrity_check(1)').get() ?? {})[0];
    if (found !== 'ok') throw new StoreRefused('The copy is damaged, so no backup was kept. Run "quietlist doctor" on the data.');
  } finally {
    database.close();
  }
}

/**
 * Copies the database of a folder into one file while the service goes on: all of it as of one instant, held by a read transaction, so
 * that writes meanwhile neither enter the copy nor make it begin anew. The file appears under its name only when it is whole and flushed.
 */
export async function backUp(directory: string, to: string, onProgress: OnProgress = () => {}): Promise<void> {
  const path = join(directory, databaseFile);
  if (!existsSync(path)) throw new StoreRefused(`There is no database in the folder ${directory}. Give the folder of the service with --data.`);
  if (existsSync(to)) throw new StoreRefused(`The file ${to} is there already. Give a new name: a backup never replaces another.`);
  const unfinished = `${to}.unfinished`;
  const source = openDatabase(path, { readOnly: true });
  try {
    rmSync(unfinished, { force: true });
    closeSync(openSync(unfinished, 'wx', 0o600));
    source.exec('begin');
    source.prepare('select 1 from sqlite_schema').get();
    await backup(source, unfinished, { rate: pagesAtOnce, progress: ({ totalPages, remainingPages }) => onProgress(totalPages - remainingPages, totalPages) });
    requireWhole(unfinished);
    flush(unfinished);
    renameSync(unfinished, to);
    flush(dirname(to));
  } catch (error) {
    rmSync(unfinished, { force: true });
    if (error instanceof StoreRefused) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new StoreRefused(`The backup could not be written to ${to} (${code}). Check that the folder is there, may be written to and has room.`, { cause: error });
  } finally {
    source.close();
  }
}
