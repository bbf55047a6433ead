import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { StoreRefused } from '../../app/ports.ts';

/** The path of a file of the store, in a folder that only its owner can enter. SQLite gives its side files the same permissions. */
export function storeFile(directory: string, name: string): string {
  const path = join(directory, name);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new StoreRefused(`The folder ${directory} cannot be used (${code}). Give this user the right to write in it, or choose another folder.`, { cause: error });
  }
  return path;
}
