import type { Ids, StoreWriter } from '../../server/src/app/ports.ts';
import { anEntry, anEventDraft, appendEvents } from './store-rows.ts';

export const addingWorkspace = 1;

/** One opt-out with its line in the history and an answer for its idempotency key, as the service writes them. */
export async function addKey(writer: StoreWriter, ids: Ids, key: string): Promise<void> {
  const entry = anEntry({ id: ids.next(), key, address: key, evidence: { note: 'x'.repeat(200) } });
  if ((await writer.entries.findOpen(addingWorkspace, [key])).length > 0) return;
  await writer.entries.insert(addingWorkspace, [entry]);
  await appendEvents(writer, addingWorkspace, [anEventDraft({ id: ids.next(), key, entryId: entry.id, after: entry })]);
  await writer.idempotency.insert({ keyId: 1, idempotencyKey: key, fingerprint: 'f', status: 200, body: '{}', createdAt: 1 });
}
