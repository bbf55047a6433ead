import type { Store } from '../app/ports.ts';
import { openSqliteStore } from './sqlite/open-sqlite-store.ts';
import { lockForServing } from './sqlite/serving-lock.ts';

/** Where the data is: a folder of this machine, or a PostgreSQL database. */
export type StorePlace =
  | { engine: 'sqlite'; directory: string }
  | { engine: 'postgres'; url: string; replicaUrl?: string; poolSize?: number; maxReplicaLagMs?: number };

export interface OpenStoreOptions {
  /** Told of faults of the store itself, beside the errors that the callers get. */
  onError?: (error: unknown) => void;
  /** Keeps a filter of the stored keys in memory, for a process that answers many checks. On PostgreSQL it changes the schema. */
  keyFilter?: boolean;
  /** Told of what should be changed but stops nothing. */
  onWarning?: (message: string) => void;
}

/** The place as it may be shown: without user and password. */
export function placeText(place: StorePlace): string {
  if (place.engine === 'sqlite') return place.directory;
  const { host, pathname } = new URL(place.url);
  return `PostgreSQL ${host}${pathname}`;
}

/** Opens the store at a place. The driver of PostgreSQL is loaded only where it is used. */
export async function openStore(place: StorePlace, options: OpenStoreOptions = {}): Promise<Store> {
  if (place.engine === 'sqlite') return openSqliteStore({ ...place, ...options });
  const { openPostgresStore } = await import('./postgres/open-postgres-store.ts');
  return openPostgresStore({ ...place, ...options });
}

/**
 * Opens the store for a process that serves. A folder takes one such process, a database any number. Closing the store frees the place.
 */
export async function openStoreForServing(place: StorePlace, options: OpenStoreOptions = {}): Promise<Store> {
  if (place.engine === 'postgres') return openStore(place, options);
  const lock = lockForServing(place.directory);
  try {
    const store = await openStore(place, options);
    return {
      ...store,
      async close() {
        await store.close();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
