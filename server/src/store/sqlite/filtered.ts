import type { ContactReader, EntryReader, StoreReader, StoreWriter } from '../../app/ports.ts';
import type { KeyFilter } from './key-filter.ts';

/** The look-ups of many keys, of which only those are asked that the filter does not rule out. */
const filteredEntries = (entries: EntryReader, filter: KeyFilter): Pick<EntryReader, 'findOpen' | 'findOpenByMailbox'> => ({
  findOpen: (workspaceId, keys) => entries.findOpen(workspaceId, filter.candidates(workspaceId, keys)),
  findOpenByMailbox: (workspaceId, mailboxes) => entries.findOpenByMailbox(workspaceId, filter.candidates(workspaceId, mailboxes)),
});

const filteredContacts = (contacts: ContactReader, filter: KeyFilter): Pick<ContactReader, 'findLinked'> => ({
  findLinked: (workspaceId, keys) => contacts.findLinked(workspaceId, filter.candidates(workspaceId, keys)),
});

/** Looks up only what the filter does not rule out. */
export const filteredReader = (reader: StoreReader, filter: KeyFilter | null): StoreReader =>
  filter === null
    ? reader
    : {
        ...reader,
        entries: { ...reader.entries, ...filteredEntries(reader.entries, filter) },
        contacts: { ...reader.contacts, ...filteredContacts(reader.contacts, filter) },
        screen: async (workspaceId) => filter.screen(workspaceId),
      };

/** Tells the filter of everything before it is written. A transaction sees its own writes through it, too. */
export const filteredWriter = (writer: StoreWriter, filter: KeyFilter | null): StoreWriter =>
  filter === null
    ? writer
    : {
        ...writer,
        entries: {
          ...writer.entries,
          ...filteredEntries(writer.entries, filter),
          async insert(workspaceId, entries) {
            filter.add(workspaceId, entries);
            await writer.entries.insert(workspaceId, entries);
          },
          async rekey(workspaceId, moves) {
            filter.add(workspaceId, moves.map(({ to }) => to));
            await writer.entries.rekey(workspaceId, moves);
          },
        },
        contacts: {
          ...writer.contacts,
          ...filteredContacts(writer.contacts, filter),
          async put(workspaceId, addresses) {
            filter.add(workspaceId, addresses);
            await writer.contacts.put(workspaceId, addresses);
          },
        },
      };
