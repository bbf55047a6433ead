import { addressProblems } from '@quietlist/contract/address-problems';
import type { AddressQuery, AddressView } from '@quietlist/contract/address-view';
import type { Event as EventView } from '@quietlist/contract/event';
import { limits } from '@quietlist/contract/limits';
import type { Entry } from '../domain/entry.ts';
import type { Names } from '../domain/explanation.ts';
import { isChainIntact, type Digest, type EventRecord } from '../domain/history.ts';
import { idText } from '../domain/id-text.ts';
import { instantText } from '../domain/instant.ts';
import { readPerson, type Person } from '../domain/person.ts';
import type { Caller } from './context.ts';
import { entryView } from './entry-view.ts';
import type { Clock, StoreReader } from './ports.ts';
import { Problem } from './problem.ts';
import { readingOptionsOf } from './reading-options.ts';
import { loadReferences } from './references.ts';

/** What a line says before and after, as the API shows entries and contacts. */
function stateView(state: unknown, names: Names, now: number): unknown {
  if (typeof state !== 'object' || state === null) return state;
  if ('kind' in state) return entryView(state as Entry, names, now);
  if ('contact' in state) return { contact: typeof state.contact === 'number' ? idText('con', state.contact) : null };
  return 'endedAt' in state ? { ...state, endedAt: instantText(state.endedAt as number) } : state;
}

const eventView = (event: EventRecord, names: Names, now: number): EventView => ({
  id: idText('evt', event.id),
  sequence: event.sequence,
  at: instantText(event.at),
  actor: event.actor,
  action: event.action,
  key: event.key,
  entry: event.entryId === null ? null : idText('ent', event.entryId),
  before: stateView(event.before, names, now),
  after: stateView(event.after, names, now),
  batch: event.batch,
  reason: event.reason,
  previousHash: event.previousHash,
  hash: event.hash,
});

/** The reading of the address; text that cannot be read is shown as the unverified one it would be kept as. */
function readingOf(person: Person): AddressView['reading'] {
  const address = person.addresses[0];
  if (address) return address;
  const unreadable = person.unreadable[0];
  if (!unreadable || unreadable.text === '') throw new Problem('invalid-address', addressProblems.empty);
  return { kind: 'handle', address: unreadable.text, key: unreadable.key };
}

/**
 * Everything known of one address: its entries in every list, active and ended, the addresses linked to it, and its history.
 * An address that cannot be read is refused, unless an opt-out was kept under its text.
 */
export async function getAddress(reader: StoreReader, platform: { clock: Clock; digest: Digest }, caller: Caller, address: string, query: AddressQuery): Promise<AddressView> {
  const workspaceId = caller.workspace.id;
  const options = readingOptionsOf(caller.workspace.settings, query, query.channel ?? null);
  const person = readPerson([{ value: address, ...(query.kind ? { kind: query.kind } : {}), ...(query.scope ? { scope: query.scope } : {}) }], options);
  const reading = readingOf(person);
  const entries = await reader.entries.findByKey(workspaceId, reading.key, limits.pageSizeMaximum);
  const unreadable = person.unreadable[0];
  if (unreadable && entries.length === 0) throw new Problem('invalid-address', addressProblems[unreadable.code]);

  const events = await reader.events.timeline(workspaceId, reading.key, limits.timelineEvents);
  const linked = await reader.contacts.findLinked(workspaceId, [reading.key]);
  const { names } = await loadReferences(reader.directory, workspaceId);
  const now = platform.clock();
  return {
    reading,
    contact: linked[0] ? idText('con', linked[0].contactId) : null,
    linked: linked.filter(({ key }) => key !== reading.key).map(({ key, address: linkedAddress, addressKind }) => ({ kind: addressKind, address: linkedAddress, key })),
    entries: entries.map((entry) => entryView(entry, names, now)),
    events: events.map((event) => eventView(event, names, now)),
    historyIntact: isChainIntact(events, platform.digest),
  };
}
