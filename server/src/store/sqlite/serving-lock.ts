import { DatabaseSync } from 'node:sqlite';
import { StoreRefused } from '../../app/ports.ts';
import { isBusy } from './errors.ts';
import { storeFile } from './files.ts';

const lockFile = 'server.lock';

export interface ServingLock {
  release(): void;
}

/**
 * Makes this process the only service on a folder, until it releases the lock or ends in any way: the lock is SQLite's own on a small
 * file, which the operating system frees. Commands that only use the store do not need it. Throws `StoreRefused` when it is held.
 */
export function lockForServing(directory: string): ServingLock {
  const database = new DatabaseSync(storeFile(directory, lockFile));
  try {
    database.exec('begin exclusive');
  } catch (error) {
    database.close();
    if (!isBusy(error)) throw new StoreRefused(`The folder ${directory} cannot be locked for this service. Choose a folder on a local disk.`, { cause: error });
    throw new StoreRefused(`Another Quietlist service is running on the folder ${directory}. Stop it first, or give this one a folder of its own.`, { cause: error });
  }
  return {
    release() {
      if (database.isOpen) database.close();
    },
  };
}
