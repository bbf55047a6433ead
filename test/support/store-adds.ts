import type { Ids, StoreWriter } from '../../server/src/app/ports.ts';
import { anEntry, anEventDraft, appendEvents } from './store-rows.ts';

export const addingWorkspace = 1;
/** A key to whose history every write adds a line: one long chain. */
export const journalKey = 'hjournal';

/** One opt-out with its line in the history, a line of the journal and an answer for its idempotency key, in one write. */
export async function addKey(writer: StoreWriter, ids: Ids, key: string): Promise<void> {
  const entry = anEntry({ id: ids.next(), key, address: key, evidence: { note: 'x'.repeat(200) } });
  if ((await writer.entries.findOpen(addingWorkspace, [key])).length > 0) return;
  await writer.entries.insert(addingWorkspace, [entry]);
  const lines = [key, journalKey].map((of) => anEventDraft({ id: ids.next(), key: of, entryId: entry.id, after: entry }));
  await appendEvents(writer, addingWorkspace, lines);
  await writer.idempotency.insert({ keyId: 1, idempotencyKey: key, fingerprint: 'f', status: 200, body: '{}', createdAt: 1 });
}
