import type { StoreReader, StoreWriter } from '../../app/ports.ts';
import type { KeyFilter } from './key-filter.ts';

/** Looks up only the keys that the filter does not rule out. */
export const filteredReader = (reader: StoreReader, filter: KeyFilter | null): StoreReader =>
  filter === null
    ? reader
    : { ...reader, entries: { ...reader.entries, findOpen: (workspaceId, keys) => reader.entries.findOpen(workspaceId, filter.candidates(workspaceId, keys)) } };

/** Tells the filter of every key before it is written. A transaction sees its own writes through it, too. */
export const filteredWriter = (writer: StoreWriter, filter: KeyFilter | null): StoreWriter =>
  filter === null
    ? writer
    : {
        ...writer,
        entries: {
          ...writer.entries,
          findOpen: (workspaceId, keys) => writer.entries.findOpen(workspaceId, filter.candidates(workspaceId, keys)),
          async insert(workspaceId, entries) {
            filter.add(workspaceId, entries);
            await writer.entries.insert(workspaceId, entries);
          },
          async rekey(workspaceId, moves) {
            filter.add(workspaceId, moves.map(({ to }) => to));
            await writer.entries.rekey(workspaceId, moves);
          },
        },
      };
