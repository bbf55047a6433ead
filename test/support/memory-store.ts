import { defaultListId } from '@quietlist/contract/vocabulary';
import { defaultList } from '../../server/src/app/default-list.ts';
import type {
  ContactAddress, DeliveryRecord, EntryFilter, EntrySort, IdempotencyRecord, InboundRecord, LinkRecord, ReviewRecord, KeyRecord, ListRecord, PageStart, PlacedRow, Follower, RecordKind, SenderRecord, Store, StoreReader, StoreWriter, Workspace,
  WorkspaceRecord,
} from '../../server/src/app/ports.ts';
import { UniqueConflict } from '../../server/src/app/ports.ts';
import { memoryMessageReader, memoryMessageWriter, memoryReviewReader, memoryReviewWriter } from './memory-inbound.ts';
import { memoryDeliveryReader, memoryDeliveryWriter } from './memory-deliveries.ts';
import { memoryOutboxReader, memoryOutboxWriter } from './memory-outbox.ts';
import { memoryLinkReader, memoryLinkWriter } from './memory-links.ts';
import { memoryRecordReader, memoryRecordWriter } from './memory-records.ts';
import { naturalKeyText, statusOf, type Entry } from '../../server/src/domain/entry.ts';
import type { EventRecord } from '../../server/src/domain/history.ts';

type In<Row> = Row & { workspaceId: number };

interface State {
  workspaces: Workspace[];
  lists: Array<In<ListRecord>>;
  senders: Array<In<SenderRecord>>;
  keys: KeyRecord[];
  entries: Array<In<Entry>>;
  events: Array<In<EventRecord>>;
  contacts: Array<In<ContactAddress>>;
  idempotency: IdempotencyRecord[];
  records: Array<In<WorkspaceRecord> & { kind: RecordKind }>;
  messages: Array<In<InboundRecord>>;
  reviews: Array<In<ReviewRecord>>;
  outbox: Array<In<PlacedRow>>;
  deliveries: Array<In<DeliveryRecord>>;
  followers: Follower[];
  heads: Array<{ workspaceId: number; position: number }>;
  links: LinkRecord[];
  marks: Array<{ name: string; value: string }>;
  leases: Array<{ name: string; holder: string; until: number }>;
}

const emptyState = (): State => ({ workspaces: [], lists: [], senders: [], keys: [], entries: [], events: [], contacts: [], idempotency: [], records: [], messages: [], reviews: [], links: [], outbox: [], deliveries: [], followers: [], heads: [], marks: [], leases: [] });

function without<Row extends { workspaceId: number }>({ workspaceId: _, ...row }: Row): Omit<Row, 'workspaceId'> {
  return row;
}

/** By the bytes of UTF-8, as databases compare texts. */
const byText = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
const byCreation = (a: { createdAt: number; id: number | string }, b: { createdAt: number; id: number | string }): number =>
  a.createdAt - b.createdAt || (typeof a.id === 'number' ? a.id - Number(b.id) : byText(a.id, String(b.id)));

const comparisons: Record<EntrySort, (a: { key: string; id: number }, b: { key: string; id: number }) => number> = {
  createdAt: (a, b) => a.id - b.id,
  '-createdAt': (a, b) => b.id - a.id,
  address: (a, b) => byText(a.key, b.key) || a.id - b.id,
  '-address': (a, b) => byText(b.key, a.key) || b.id - a.id,
};

function meets(entry: Entry, filter: EntryFilter, now: number): boolean {
  const { status = 'active', keyPrefix = '', createdFrom = -Infinity, createdTo = Infinity, kind, list, channel, sender, reason, source, by, batch } = filter;
  const exact = { kind, list, channel, sender, reason, source, by, batch };
  return (
    (status === 'any' || statusOf(entry, now) === status) &&
    entry.key.startsWith(keyPrefix) &&
    entry.createdAt >= createdFrom &&
    entry.createdAt <= createdTo &&
    Object.entries(exact).every(([field, value]) => value === undefined || entry[field as keyof typeof exact] === value)
  );
}

/** Refuses a row that another one, with a different identity, already is. */
function requireUnique(taken: boolean): void {
  if (taken) throw new UniqueConflict('taken');
}

function put<Row extends { workspaceId: number; id: string }>(rows: Row[], row: Row): void {
  const index = rows.findIndex((other) => other.workspaceId === row.workspaceId && other.id === row.id);
  if (index === -1) rows.push(row);
  else rows[index] = row;
}

function readerOf(state: () => State): StoreReader {
  const entriesOf = (workspaceId: number) => state().entries.filter((entry) => entry.workspaceId === workspaceId);
  const eventsOf = (workspaceId: number) => state().events.filter((event) => event.workspaceId === workspaceId);
  const open = (entry: Entry) => entry.endedAt === null;
  return structuredCloneResults({
    entries: {
      findOpen: async (workspaceId, keys) => entriesOf(workspaceId).filter((entry) => open(entry) && keys.includes(entry.key)).map(without),
      findOpenByMailbox: async (workspaceId, mailboxes) =>
        entriesOf(workspaceId).filter((entry) => open(entry) && entry.mailbox !== null && mailboxes.includes(entry.mailbox)).map(without),
      keysOfMailboxes: async (workspaceId, mailboxes) => [
        ...new Set(entriesOf(workspaceId).filter((entry) => entry.mailbox !== null && mailboxes.includes(entry.mailbox)).map((entry) => entry.key)),
      ],
      async scan(after, limit) {
        const rows = state().entries.toSorted((a, b) => a.workspaceId - b.workspaceId || comparisons.address(a, b));
        const isAfter = (row: In<Entry>) => after === null || row.workspaceId > after.workspaceId || (row.workspaceId === after.workspaceId && comparisons.address(row, after) > 0);
        return rows.filter(isAfter).slice(0, limit).map((row) => ({ workspaceId: row.workspaceId, entry: without(row) }));
      },
      findByIds: async (workspaceId, ids) => entriesOf(workspaceId).filter((entry) => ids.includes(entry.id)).map(without),
      findByKey: async (workspaceId, key, limit) =>
        entriesOf(workspaceId).filter((entry) => entry.key === key).sort((a, b) => b.id - a.id).slice(0, limit).map(without),
      async page(workspaceId, filter, sort, limit, after: PageStart | null, now) {
        const compare = comparisons[sort];
        const rows = entriesOf(workspaceId).filter((entry) => meets(entry, filter, now)).sort(compare);
        return rows.filter((entry) => after === null || compare(after, entry) < 0).slice(0, limit).map(without);
      },
      async countOpenByList(workspaceId, now) {
        const counts = new Map<string, number>();
        for (const entry of entriesOf(workspaceId)) {
          if (entry.list !== null && statusOf(entry, now) === 'active') counts.set(entry.list, (counts.get(entry.list) ?? 0) + 1);
        }
        return counts;
      },
      hasOpenOfSender: async (workspaceId, sender, now) =>
        entriesOf(workspaceId).some((entry) => entry.sender === sender && statusOf(entry, now) === 'active'),
      async findDue(now, limit) {
        const due = state().entries.filter((entry) => open(entry) && entry.expiresAt !== null && entry.expiresAt <= now);
        due.sort((a, b) => (a.expiresAt ?? 0) - (b.expiresAt ?? 0) || a.id - b.id);
        return due.slice(0, limit).map((row) => ({ workspaceId: row.workspaceId, entry: without(row) }));
      },
    },
    events: {
      timeline: async (workspaceId, key, limit) =>
        eventsOf(workspaceId).filter((event) => event.key === key).sort((a, b) => b.sequence - a.sequence).slice(0, limit).map(without),
      until: async (workspaceId, keys, at) =>
        eventsOf(workspaceId).filter((event) => keys.includes(event.key) && event.at <= at).sort((a, b) => a.sequence - b.sequence).map(without),
      find: async (workspaceId, lines) =>
        eventsOf(workspaceId).filter((event) => lines.some(([key, sequence]) => key === event.key && sequence === event.sequence)).map(without),
      async scan(after, limit) {
        const compare = (a: In<{ key: string; sequence: number }>, b: In<{ key: string; sequence: number }>) => a.workspaceId - b.workspaceId || byText(a.key, b.key) || a.sequence - b.sequence;
        const rows = state().events.toSorted(compare).filter((row) => after === null || compare(row, { ...after, sequence: after.id }) > 0);
        return rows.slice(0, limit).map((row) => ({ workspaceId: row.workspaceId, event: without(row) }));
      },
    },
    contacts: {
      async findLinked(workspaceId, keys) {
        const all = state().contacts.filter((row) => row.workspaceId === workspaceId);
        const ids = new Set(all.filter((row) => keys.includes(row.key)).map((row) => row.contactId));
        return all.filter((row) => ids.has(row.contactId)).sort((a, b) => a.contactId - b.contactId || byText(a.key, b.key)).map(without);
      },
      async scan(after, limit) {
        const rows = state().contacts.toSorted((a, b) => a.workspaceId - b.workspaceId || byText(a.key, b.key));
        const isAfter = (row: In<ContactAddress>) => after === null || row.workspaceId > after.workspaceId || (row.workspaceId === after.workspaceId && byText(row.key, after.key) > 0);
        return rows.filter(isAfter).slice(0, limit).map((row) => ({ workspaceId: row.workspaceId, address: without(row) }));
      },
    },
    records: memoryRecordReader(() => state().records),
    messages: memoryMessageReader(() => state().messages),
    reviews: memoryReviewReader(() => state().reviews),
    outbox: memoryOutboxReader(state),
    deliveries: memoryDeliveryReader(state),
    links: memoryLinkReader(() => state().links),
    marks: { get: async (name) => state().marks.find((mark) => mark.name === name)?.value ?? null },
    directory: {
      workspace: async (id) => state().workspaces.find((workspace) => workspace.id === id) ?? null,
      workspaceByName: async (name) => state().workspaces.find((workspace) => workspace.name === name) ?? null,
      workspaces: async () => state().workspaces.toSorted(byCreation),
      async lists(workspaceId) {
        const lists = state().lists.filter((list) => list.workspaceId === workspaceId).sort(byCreation).map(without);
        return [...lists.filter(({ id }) => id === defaultListId), ...lists.filter(({ id }) => id !== defaultListId)];
      },
      senders: async (workspaceId) => state().senders.filter((sender) => sender.workspaceId === workspaceId).sort(byCreation).map(without),
      keys: async (workspaceId) => state().keys.filter((key) => key.workspaceId === workspaceId).sort(byCreation),
      async keyByPublicId(publicId) {
        const key = state().keys.find((one) => one.publicId === publicId);
        const workspace = key && state().workspaces.find(({ id }) => id === key.workspaceId);
        return workspace ? { key, workspace } : null;
      },
    },
  });
}

/** Every answer is a copy: what a caller does with it changes nothing here. */
function structuredCloneResults(reader: StoreReader): StoreReader {
  const copying = <Part extends object>(part: Part): Part =>
    Object.fromEntries(
      Object.entries(part).map(([name, method]) => [name, async (...parameters: unknown[]) => structuredClone(await method(...parameters))]),
    ) as Part;
  return { entries: copying(reader.entries), events: copying(reader.events), contacts: copying(reader.contacts), directory: copying(reader.directory), records: copying(reader.records), messages: copying(reader.messages), reviews: copying(reader.reviews), links: copying(reader.links), outbox: copying(reader.outbox), deliveries: copying(reader.deliveries), marks: copying(reader.marks) };
}

function writerOf(state: State): StoreWriter {
  const reader = readerOf(() => state);
  const openById = (workspaceId: number, id: number) =>
    state.entries.find((entry) => entry.workspaceId === workspaceId && entry.id === id && entry.endedAt === null);
  return {
    entries: {
      ...reader.entries,
      async insert(workspaceId, entries) {
        for (const entry of entries) {
          const inWorkspace = state.entries.filter((other) => other.workspaceId === workspaceId && other.endedAt === null);
          requireUnique(inWorkspace.some((other) => naturalKeyText(other) === naturalKeyText(entry)));
          requireUnique(state.entries.some((other) => other.id === entry.id));
          state.entries.push(structuredClone({ ...entry, workspaceId }));
        }
      },
      async update(workspaceId, entries) {
        for (const { id, key, purpose, direction, expiresAt, by, reason, note, source, evidence, batch } of entries) {
          const open = openById(workspaceId, id);
          if (open?.key === key) Object.assign(open, structuredClone({ purpose, direction, expiresAt, by, reason, note, source, evidence, batch }));
        }
      },
      async rekey(workspaceId, moves) {
        const gone = new Set(moves.map(({ from }) => from.id));
        state.entries = state.entries.filter((entry) => entry.workspaceId !== workspaceId || !gone.has(entry.id));
        await this.insert(workspaceId, moves.map(({ to }) => to));
      },
      async end(workspaceId, entries, endedAt, endedAs) {
        for (const { id, key } of entries) {
          const open = openById(workspaceId, id);
          if (open?.key === key) Object.assign(open, { endedAt, endedAs });
        }
      },
    },
    events: {
      ...reader.events,
      async heads(workspaceId, keys) {
        const heads = new Map<string, { sequence: number; hash: string }>();
        for (const key of keys) {
          const [last] = await reader.events.timeline(workspaceId, key, 1);
          if (last) heads.set(key, { sequence: last.sequence, hash: last.hash });
        }
        return heads;
      },
      async append(workspaceId, events) {
        for (const event of events) {
          const same = (other: In<EventRecord>) => other.workspaceId === workspaceId && other.key === event.key && other.sequence === event.sequence;
          requireUnique(state.events.some((other) => same(other) || other.id === event.id));
          // A database keeps JSON, which has no undefined.
          state.events.push({ ...(JSON.parse(JSON.stringify({ ...event, before: event.before ?? null, after: event.after ?? null })) as EventRecord), workspaceId });
        }
      },
    },
    contacts: {
      ...reader.contacts,
      async put(workspaceId, addresses) {
        await this.remove(workspaceId, addresses.map(({ key }) => key));
        state.contacts.push(...structuredClone(addresses).map((address) => ({ ...address, workspaceId })));
      },
      async remove(workspaceId, keys) {
        state.contacts = state.contacts.filter((row) => row.workspaceId !== workspaceId || !keys.includes(row.key));
      },
    },
    records: memoryRecordWriter(state, reader.records),
    messages: memoryMessageWriter(state, reader.messages),
    reviews: memoryReviewWriter(state, reader.reviews),
    outbox: memoryOutboxWriter(state, reader.outbox),
    deliveries: memoryDeliveryWriter(state, reader.deliveries),
    links: memoryLinkWriter(state, reader.links),
    marks: {
      ...reader.marks,
      async put(name, value) {
        state.marks = [...state.marks.filter((mark) => mark.name !== name), { name, value }];
      },
    },
    directory: {
      ...reader.directory,
      async insertWorkspace(workspace) {
        requireUnique(state.workspaces.some(({ id, name }) => id === workspace.id || name === workspace.name));
        state.workspaces.push(structuredClone(workspace));
        await this.putList(workspace.id, defaultList(workspace.createdAt));
      },
      async updateSettings(workspaceId, settings) {
        Object.assign(state.workspaces.find(({ id }) => id === workspaceId) ?? {}, { settings: structuredClone(settings) });
      },
      async putList(workspaceId, list) {
        requireUnique(state.lists.some((other) => other.workspaceId === workspaceId && other.id !== list.id && other.name === list.name));
        put(state.lists, { ...list, workspaceId });
      },
      async deleteList(workspaceId, id) {
        state.lists = state.lists.filter((list) => list.workspaceId !== workspaceId || list.id !== id);
      },
      async putSender(workspaceId, sender) {
        const clashes = (other: SenderRecord) => other.name === sender.name || other.channelId === sender.channelId;
        requireUnique(state.senders.some((other) => other.workspaceId === workspaceId && other.id !== sender.id && clashes(other)));
        put(state.senders, { ...sender, workspaceId });
      },
      async deleteSender(workspaceId, id) {
        state.senders = state.senders.filter((sender) => sender.workspaceId !== workspaceId || sender.id !== id);
      },
      async insertKey(key) {
        requireUnique(state.keys.some((other) => other.id === key.id || other.publicId === key.publicId));
        state.keys.push({ ...key });
      },
      async revokeKey(workspaceId, id, revokedAt) {
        const key = state.keys.find((other) => other.workspaceId === workspaceId && other.id === id);
        if (key) key.revokedAt ??= revokedAt;
      },
      async touchKey(id, lastUsedAt) {
        Object.assign(state.keys.find((key) => key.id === id) ?? {}, { lastUsedAt });
      },
    },
    leases: {
      async claim(name, holder, now, until) {
        if (state.leases.some((lease) => lease.name === name && lease.until > now)) return false;
        state.leases = [...state.leases.filter((lease) => lease.name !== name), { name, holder, until }];
        return true;
      },
      async hold(name, holder, until) {
        const lease = state.leases.find((one) => one.name === name && one.holder === holder);
        return lease !== undefined && Object.assign(lease, { until }) === lease;
      },
    },
    idempotency: {
      find: async (keyId, idempotencyKey) =>
        structuredClone(state.idempotency.find((record) => record.keyId === keyId && record.idempotencyKey === idempotencyKey) ?? null),
      async insert(record) {
        requireUnique((await this.find(record.keyId, record.idempotencyKey)) !== null);
        state.idempotency.push({ ...record });
      },
      async deleteBefore(createdAt) {
        const kept = state.idempotency.filter((record) => record.createdAt >= createdAt);
        const deleted = state.idempotency.length - kept.length;
        state.idempotency = kept;
        return deleted;
      },
    },
  };
}

/** A store in plain arrays, slow and obviously right: what the real stores are compared with. A write works on a copy of everything. */
export function openMemoryStore(): Store {
  let state = emptyState();
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...readerOf(() => state),
    write(work) {
      const result = last.then(async () => {
        const copy = structuredClone(state);
        const value = await work(writerOf(copy));
        state = copy;
        return value;
      });
      last = result.catch(() => undefined);
      return result;
    },
    ping: async () => {},
    close: async () => {},
  };
}
