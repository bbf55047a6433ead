import { addressProblems } from '@quietlist/contract/address-problems';
import type { AddressInput, AddressOptions } from '@quietlist/contract/address';
import type { Contact, LinkRequest, UnlinkRequest } from '@quietlist/contract/contact';
import { idText } from '../domain/id-text.ts';
import { readPerson, type Person } from '../domain/person.ts';
import { ChangeSet } from './change-set.ts';
import type { Caller, Platform } from './context.ts';
import { linkPerson } from './link-person.ts';
import type { StoreReader, StoreWriter } from './ports.ts';
import { Problem } from './problem.ts';
import { readingOptionsOf } from './reading-options.ts';

/** All addresses must be read: what nobody can read is not linked to anybody. */
function readAll(caller: Caller, addresses: readonly AddressInput[], options: AddressOptions | undefined): Person {
  const person = readPerson(addresses, readingOptionsOf(caller.workspace.settings, options, null));
  const unreadable = person.unreadable[0];
  if (unreadable) throw new Problem('invalid-address', addressProblems[unreadable.code], [{ pointer: '/addresses', message: addressProblems[unreadable.code] }]);
  return person;
}

async function contactOf(reader: StoreReader, caller: Caller, person: Person): Promise<Contact> {
  const rows = await reader.contacts.findLinked(caller.workspace.id, person.addresses.map(({ key }) => key));
  const linked = rows.map(({ key, address, addressKind }) => ({ kind: addressKind, address, key }));
  const alone = person.addresses.map(({ kind, address, key }) => ({ kind, address, key }));
  return { contact: rows[0] ? idText('con', rows[0].contactId) : null, addresses: rows.length > 0 ? linked : alone };
}

/** Links the addresses of one person. A provider's “number changed” is told by `reason`: the old block stays and holds the new address. */
export async function linkAddresses(writer: StoreWriter, platform: Platform, caller: Caller, request: LinkRequest): Promise<Contact> {
  const person = readAll(caller, request.addresses, request.addressOptions);
  const changes = new ChangeSet(platform, { actor: caller.actor, workspaceId: caller.workspace.id }, [], platform.clock());
  await linkPerson(writer, platform, changes, caller.workspace.id, person, { batch: request.batch ?? null, reason: request.reason ?? 'same_person' });
  await changes.write(writer);
  return contactOf(writer, caller, person);
}

/** Takes addresses out of their contact; each line in the history says which one it was, so that it can be linked again. */
export async function unlinkAddresses(writer: StoreWriter, platform: Platform, caller: Caller, request: UnlinkRequest): Promise<Contact> {
  const workspaceId = caller.workspace.id;
  const person = readAll(caller, request.addresses, request.addressOptions);
  const keys = new Set(person.addresses.map(({ key }) => key));
  const linked = await writer.contacts.findLinked(workspaceId, [...keys]);
  // A contact of one address says nothing: whoever would be left alone is taken out, too.
  const leaving = linked.filter(({ key, contactId }) => keys.has(key) || linked.filter((row) => row.contactId === contactId && !keys.has(row.key)).length === 1);
  const changes = new ChangeSet(platform, { actor: caller.actor, workspaceId }, [], platform.clock());
  await writer.contacts.remove(workspaceId, leaving.map(({ key }) => key));
  for (const { key, contactId } of leaving) changes.note('unlinked', key, { contact: contactId }, { contact: null }, { batch: request.batch ?? null, reason: null });
  await changes.write(writer);
  return contactOf(writer, caller, person);
}
