import type { Inspection } from './inspection.ts';
import type { StorePlace } from './open-store.ts';

/** Looks at the store at a place. Throws `StoreRefused` with a sentence for people when it cannot be looked at. */
export async function inspectStore(place: StorePlace): Promise<Inspection> {
  if (place.engine === 'sqlite') return (await import('./sqlite/inspect-file.ts')).inspectFile(place.directory);
  return (await import('./postgres/inspect-database.ts')).inspectDatabase(place.url);
}
