import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'vitest';
import type { Store } from '../../server/src/app/ports.ts';
import { isChainIntact } from '../../server/src/domain/history.ts';
import { addingWorkspace, journalKey } from './store-adds.ts';
import { sha256 } from './store-rows.ts';

/** The keys of all entries of the store. */
export async function storedKeys(store: Store): Promise<string[]> {
  const keys: string[] = [];
  for (let after = null as { key: string; id: number } | null; ; ) {
    const page = await store.entries.page(addingWorkspace, {}, 'createdAt', 1_000, after, 0);
    keys.push(...page.map(({ key }) => key));
    const last = page.at(-1);
    if (!last || page.length < 1_000) return keys;
    after = { key: last.key, id: last.id };
  }
}

/** Every entry has exactly its one line, and the journal one for each, its chain unbroken: writes are there whole or not at all. */
export async function expectWholeWrites(store: Store): Promise<string[]> {
  const keys = await storedKeys(store);
  const events = await store.events.until(addingWorkspace, keys, Number.MAX_SAFE_INTEGER);
  expect(events.map(({ key }) => key).sort()).toEqual(keys.toSorted());
  expect(events.every((event) => isChainIntact([event], sha256))).toBe(true);
  const journal = await store.events.timeline(addingWorkspace, journalKey, Number.MAX_SAFE_INTEGER);
  expect(journal.length).toBe(keys.length);
  expect(isChainIntact(journal, sha256)).toBe(true);
  return keys;
}

/** SQLite's own check of the file, and as many rows in each table of a write. */
export function expectSoundFile(directory: string): void {
  const database = new DatabaseSync(join(directory, 'quietlist.db'));
  try {
    expect(database.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    const counts = database.prepare('select (select count(*) from entry) as entries, (select count(*) from event) as events, (select count(*) from idempotency) as answers').get();
    expect(counts?.['events']).toBe(2 * Number(counts?.['entries']));
    expect(counts?.['answers']).toBe(counts?.['entries']);
  } finally {
    database.close();
  }
}
