import type { Person } from '../domain/person.ts';
import type { ChangeSet } from './change-set.ts';
import type { Platform } from './context.ts';
import type { ContactAddress, StoreWriter } from './ports.ts';

/**
 * Links the addresses of one person, so that a hit on one holds them all. Addresses that were linked to others before bring
 * those along. Each address that moves gets a line in its history with the contact it was in, so that a mistake can be seen and undone.
 */
export async function linkPerson(writer: StoreWriter, platform: Platform, changes: ChangeSet, workspaceId: number, person: Person, because: { batch: string | null; reason: string | null }): Promise<void> {
  if (person.addresses.length < 2) return;
  const given: Array<Omit<ContactAddress, 'contactId'>> = person.addresses.map(({ key, address, kind }) => ({ key, address, addressKind: kind }));
  const linked = await writer.contacts.findLinked(workspaceId, given.map(({ key }) => key));
  const contactOf = new Map(linked.map((row) => [row.key, row.contactId]));
  const contactId = linked.length > 0 ? Math.min(...linked.map((row) => row.contactId)) : platform.ids.next();
  const everyone = new Map([...linked, ...given].map(({ key, address, addressKind }) => [key, { key, address, addressKind }]));
  const moved = [...everyone.values()].filter(({ key }) => contactOf.get(key) !== contactId);
  if (moved.length === 0) return;
  await writer.contacts.put(workspaceId, moved.map((address) => ({ ...address, contactId })));
  for (const { key } of moved) changes.note('linked', key, { contact: contactOf.get(key) ?? null }, { contact: contactId }, because);
}
