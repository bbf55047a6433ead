import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { StoreRefused } from '../../app/ports.ts';

/** The database, in the folder of a store. */
export const databaseFile = 'quietlist.db';

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : 'unknown');

/** Makes an empty file for its owner alone, unless there is one. That one is not even opened: closing it would drop SQLite's locks on it. */
function makeFile(path: string): void {
  try {
    closeSync(openSync(path, 'ax', 0o600));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/** The path of a file of the store, in a folder that only its owner can enter. SQLite gives its side files the same permissions. */
export function storeFile(directory: string, name: string): string {
  const path = join(directory, name);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    makeFile(path);
  } catch (error) {
    throw new StoreRefused(`The folder ${directory} cannot be used (${codeOf(error)}). Give this user the right to write in it, or choose another folder.`, { cause: error });
  }
  return path;
}
