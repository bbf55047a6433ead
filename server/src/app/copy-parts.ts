import type { ContactAddress, DeliveryRecord, LinkRecord, PlacedRow, ScanStart, StoreReader, StoreWriter } from './ports.ts';
import type { Entry } from '../domain/entry.ts';
import type { EventRecord } from '../domain/history.ts';

/** A part of a store that grows with what happens: how to go through it, and how to write it into another one. */
export interface CopyPart<Row> {
  scan(reader: StoreReader, after: ScanStart | null, limit: number): Promise<Row[]>;
  /** Where the row ends a step. */
  startAfter(row: Row): ScanStart;
  put(writer: StoreWriter, workspaceId: number, rows: readonly Row[]): Promise<void>;
}

type In<Name extends string, Row> = { workspaceId: number } & Record<Name, Row>;

const entries: CopyPart<In<'entry', Entry>> = {
  scan: (reader, after, limit) => reader.entries.scan(after, limit),
  startAfter: ({ workspaceId, entry: { key, id } }) => ({ workspaceId, key, id }),
  put: (writer, workspaceId, rows) => writer.entries.insert(workspaceId, rows.map(({ entry }) => entry)),
};
const events: CopyPart<In<'event', EventRecord>> = {
  scan: (reader, after, limit) => reader.events.scan(after, limit),
  startAfter: ({ workspaceId, event: { key, sequence } }) => ({ workspaceId, key, id: sequence }),
  put: (writer, workspaceId, rows) => writer.events.append(workspaceId, rows.map(({ event }) => event)),
};
const contacts: CopyPart<In<'address', ContactAddress>> = {
  scan: (reader, after, limit) => reader.contacts.scan(after, limit),
  startAfter: ({ workspaceId, address: { key } }) => ({ workspaceId, key, id: 0 }),
  put: (writer, workspaceId, rows) => writer.contacts.put(workspaceId, rows.map(({ address }) => address)),
};
const links: CopyPart<LinkRecord> = {
  scan: (reader, after, limit) => reader.links.scan(after?.key ?? null, limit),
  startAfter: ({ workspaceId, tokenHash }) => ({ workspaceId, key: tokenHash, id: 0 }),
  put: (writer, workspaceId, rows) => writer.links.keep(workspaceId, rows),
};
/** With their positions: whoever reads the feed goes on where they were. */
const news: CopyPart<In<'row', PlacedRow>> = {
  scan: (reader, after, limit) => reader.outbox.scan(after, limit),
  startAfter: ({ workspaceId, row: { position } }) => ({ workspaceId, key: '', id: position }),
  put: (writer, workspaceId, rows) => writer.outbox.keep(workspaceId, rows.map(({ row }) => row)),
};
const deliveries: CopyPart<In<'delivery', DeliveryRecord>> = {
  scan: (reader, after, limit) => reader.deliveries.scan(after, limit),
  startAfter: ({ workspaceId, delivery: { id } }) => ({ workspaceId, key: '', id }),
  put: (writer, workspaceId, rows) => writer.deliveries.insert(workspaceId, rows.map(({ delivery }) => delivery)),
};

/** In the order in which they are copied. */
export const copyParts = { entries, events, contacts, links, news, deliveries } as const;
export type CopyPartName = keyof typeof copyParts;
export const copyPartNames = Object.keys(copyParts) as CopyPartName[];
/** A number for each. */
export const forEachPart = <Value>(value: (name: CopyPartName) => Value): Record<CopyPartName, Value> =>
  Object.fromEntries(copyPartNames.map((name) => [name, value(name)])) as Record<CopyPartName, Value>;

/** Of any part, where it does not matter which. */
export const anyPart = (name: CopyPartName): CopyPart<{ workspaceId: number }> => copyParts[name] as unknown as CopyPart<{ workspaceId: number }>;
