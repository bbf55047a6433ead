import type { LanguageCode } from '@quietlist/contract/languages';
import type { AddressKind, Kind, Origin, Reason, Source } from '@quietlist/contract/vocabulary';
import type { Role } from '@quietlist/contract/roles';
import type { Settings } from '@quietlist/contract/settings';
import type { Entry } from '../domain/entry.ts';
import type { EventRecord } from '../domain/history.ts';
import type { DeliveryReader, DeliveryWriter } from './delivery-ports.ts';
import type { MessageReader, MessageWriter, ReviewReader, ReviewWriter } from './inbound-ports.ts';
import type { LinkReader, LinkWriter } from './link-ports.ts';
import type { OutboxReader, OutboxWriter } from './outbox-ports.ts';
import type { RecordReader, RecordWriter } from './record-ports.ts';

export type * from './delivery-ports.ts';
export type * from './inbound-ports.ts';
export type * from './link-ports.ts';
export type * from './outbox-ports.ts';
export type * from './record-ports.ts';

/** The clock, in milliseconds since 1970. Injected, so that no test sleeps. */
export type Clock = () => number;

/** Makes ids: 53-bit integers that grow with time and never repeat within a process. */
export interface Ids {
  next(): number;
}

/** Which ids are one process's own: those that leave the remainder `number` when divided by `of`. */
export interface IdLane {
  number: number;
  of: number;
}

export interface Workspace {
  id: number;
  name: string;
  settings: Settings;
  createdAt: number;
}

export interface ListRecord {
  /** `default`, or `lst_…`. */
  id: string;
  name: string;
  description: string;
  keyword: string | null;
  confirmationMessage: string | null;
  webhookUrl: string | null;
  languages: LanguageCode[];
  createdAt: number;
}

export interface SenderRecord {
  id: string;
  name: string;
  channel: string;
  channelId: number;
  createdAt: number;
}

export interface KeyRecord {
  id: number;
  workspaceId: number;
  /** The part of the key that may be shown, and by which it is found. */
  publicId: string;
  /** SHA-256 of the secret part, hex. */
  secretHash: string;
  name: string;
  role: Role;
  createdAt: number;
  lastUsedAt: number | null;
  expiresAt: number | null;
  revokedAt: number | null;
}

export interface KeyOfWorkspace {
  readonly key: Readonly<KeyRecord>;
  readonly workspace: Readonly<Workspace>;
}

/** The answer that a write gave, kept so that the same request with the same key gives it again. */
export interface IdempotencyRecord {
  /** Id of the API key: idempotency keys of others never meet. */
  keyId: number;
  idempotencyKey: string;
  /** Hash of method, path and body. */
  fingerprint: string;
  status: number;
  body: string;
  createdAt: number;
}

export interface ContactAddress {
  contactId: number;
  key: string;
  address: string;
  addressKind: AddressKind;
}

export interface EntryFilter {
  kind?: Kind;
  /** Default: active. */
  status?: 'active' | 'expired' | 'removed' | 'any';
  list?: string;
  channel?: string;
  sender?: string;
  reason?: Reason;
  source?: Source;
  by?: Origin;
  batch?: string;
  createdFrom?: number;
  createdTo?: number;
  /** The key begins with this text (exact text included). */
  keyPrefix?: string;
}

export type EntrySort = '-createdAt' | 'createdAt' | 'address' | '-address';

/** Where a page begins: after the row with this sort value and id. */
export interface PageStart {
  key: string;
  id: number;
}

/** Where the next rows of a scan begin: after the row with this key and id of this workspace. */
export interface ScanStart extends PageStart {
  workspaceId: number;
}

export interface EntryReader {
  /**
   * Entries not yet ended whose key is one of `keys`: the hot path of every check. Rows past their expiry may be among them;
   * the rules decide. Order is not defined.
   */
  findOpen(workspaceId: number, keys: readonly string[]): Promise<Entry[]>;
  /** The same by `mailbox`: only e-mail of the listed providers asks for it. */
  findOpenByMailbox(workspaceId: number, mailboxes: readonly string[]): Promise<Entry[]>;
  /** Keys of entries with one of these mailboxes, ended ones too: a check as of a past instant asks for their history. */
  keysOfMailboxes(workspaceId: number, mailboxes: readonly string[]): Promise<string[]>;
  /** Rows of all workspaces, ended ones too, by workspace, key and id: for work that goes through everything. */
  scan(after: ScanStart | null, limit: number): Promise<Array<{ workspaceId: number; entry: Entry }>>;
  /** By id, ended ones too; unknown ids are left out. */
  findByIds(workspaceId: number, ids: readonly number[]): Promise<Entry[]>;
  /** All entries of a key, ended ones too, newest first. */
  findByKey(workspaceId: number, key: string, limit: number): Promise<Entry[]>;
  /** One page. `now` decides what is active. Keyset paging: constant cost however deep. */
  page(workspaceId: number, filter: EntryFilter, sort: EntrySort, limit: number, after: PageStart | null, now: number): Promise<Entry[]>;
  countOpenByList(workspaceId: number, now: number): Promise<Map<string, number>>;
  hasOpenOfSender(workspaceId: number, sender: string, now: number): Promise<boolean>;
  /** Open entries of all workspaces whose expiry has passed, oldest first. */
  findDue(now: number, limit: number): Promise<Array<{ workspaceId: number; entry: Entry }>>;
}

export interface EntryWriter extends EntryReader {
  /** Inserts entries whose natural key has no open entry. */
  insert(workspaceId: number, entries: readonly Entry[]): Promise<void>;
  /** Replaces the changeable fields (purpose, direction, expiry, by, reason, note, source, evidence, batch) of open entries, by id. */
  update(workspaceId: number, entries: readonly Entry[]): Promise<void>;
  /** Puts entries under other keys: `to` takes the place of `from`, which has the same id. */
  rekey(workspaceId: number, moves: ReadonlyArray<{ from: Entry; to: Entry }>): Promise<void>;
  /** Ends open entries: a tombstone stays, and the natural key is free again. */
  end(workspaceId: number, entries: ReadonlyArray<Pick<Entry, 'id' | 'key'>>, endedAt: number, endedAs: 'removed' | 'expired'): Promise<void>;
}

export interface EventHead {
  sequence: number;
  hash: string;
}

export interface EventReader {
  /** The newest lines of one address, newest first. */
  timeline(workspaceId: number, key: string, limit: number): Promise<EventRecord[]>;
  /** All lines of these addresses up to and including `at`, oldest first within each address. */
  until(workspaceId: number, keys: readonly string[], at: number): Promise<EventRecord[]>;
  /** The lines with these numbers of these addresses, in no order; those that are not there are left out. */
  find(workspaceId: number, lines: ReadonlyArray<readonly [key: string, sequence: number]>): Promise<EventRecord[]>;
  /** The lines of all addresses of all workspaces, oldest first within each address; `id` of the start is the number of a line. */
  scan(after: ScanStart | null, limit: number): Promise<Array<{ workspaceId: number; event: EventRecord }>>;
}

export interface EventWriter extends EventReader {
  /** Number and hash of the last line of each address that has any. */
  heads(workspaceId: number, keys: readonly string[]): Promise<Map<string, EventHead>>;
  append(workspaceId: number, events: readonly EventRecord[]): Promise<void>;
}

export interface ContactReader {
  /** Every address linked to one of these keys, itself included, grouped by contact; keys without a contact are left out. Cheap when the workspace has no links. */
  findLinked(workspaceId: number, keys: readonly string[]): Promise<ContactAddress[]>;
  /** Rows of all workspaces by workspace and key. */
  scan(after: ScanStart | null, limit: number): Promise<Array<{ workspaceId: number; address: ContactAddress }>>;
}

export interface ContactWriter extends ContactReader {
  /** Puts addresses into a contact, moving those that were in another one. */
  put(workspaceId: number, addresses: readonly ContactAddress[]): Promise<void>;
  /** Takes addresses out of whatever contact they are in. */
  remove(workspaceId: number, keys: readonly string[]): Promise<void>;
}

export interface DirectoryReader {
  workspace(id: number): Promise<Workspace | null>;
  workspaceByName(name: string): Promise<Workspace | null>;
  workspaces(): Promise<Workspace[]>;
  /** All lists of a workspace, by creation, the default one first. */
  lists(workspaceId: number): Promise<ListRecord[]>;
  senders(workspaceId: number): Promise<SenderRecord[]>;
  keys(workspaceId: number): Promise<KeyRecord[]>;
  /** By public id, over all workspaces, with its workspace: authentication. Nobody changes what is answered: it may be shared. */
  keyByPublicId(publicId: string): Promise<KeyOfWorkspace | null>;
}

export interface DirectoryWriter extends DirectoryReader {
  /** Creates the workspace together with its default list. */
  insertWorkspace(workspace: Workspace): Promise<void>;
  updateSettings(workspaceId: number, settings: Settings): Promise<void>;
  /** Throws `UniqueConflict` when the name is taken. */
  putList(workspaceId: number, list: ListRecord): Promise<void>;
  deleteList(workspaceId: number, id: string): Promise<void>;
  /** Throws `UniqueConflict` when the name or the channelId is taken. */
  putSender(workspaceId: number, sender: SenderRecord): Promise<void>;
  deleteSender(workspaceId: number, id: string): Promise<void>;
  insertKey(key: KeyRecord): Promise<void>;
  revokeKey(workspaceId: number, id: number, revokedAt: number): Promise<void>;
  touchKey(id: number, lastUsedAt: number): Promise<void>;
}

export interface IdempotencyWriter {
  find(keyId: number, idempotencyKey: string): Promise<IdempotencyRecord | null>;
  insert(record: IdempotencyRecord): Promise<void>;
  deleteBefore(createdAt: number): Promise<number>;
}

/** Small facts that the service keeps about its own work, by name. */
export interface MarkReader {
  get(name: string): Promise<string | null>;
}

export interface MarkWriter extends MarkReader {
  put(name: string, value: string): Promise<void>;
}

/** Work that only one server does at a time, by name. A holder that ends in any way loses its claim when the time is up. */
export interface LeaseWriter {
  /** Claims work that nobody holds at `now`, until a later instant, and answers whether it did. */
  claim(name: string, holder: string, now: number, until: number): Promise<boolean>;
  /** Moves the end of a claim of this holder's, and answers whether it still was the holder. */
  hold(name: string, holder: string, until: number): Promise<boolean>;
}

/** The places of those texts, ascending, that are not certainly neither key nor mailbox of an open entry nor a linked address. */
export type KeyScreen = (texts: readonly string[]) => number[];

/** What can be read outside a transaction. Every read sees all that was acknowledged before it began. */
export interface StoreReader {
  entries: EntryReader;
  events: EventReader;
  contacts: ContactReader;
  directory: DirectoryReader;
  records: RecordReader;
  messages: MessageReader;
  reviews: ReviewReader;
  outbox: OutboxReader;
  deliveries: DeliveryReader;
  links: LinkReader;
  marks: MarkReader;
  /**
   * Those of the texts that lead to something: keys of open entries or linked addresses, and mailboxes of open entries. One question for what
   * is otherwise three; absent where that is no faster.
   */
  leading?(workspaceId: number, keys: readonly string[], mailboxes: readonly string[]): Promise<string[]>;
  /**
   * What the store can rule out without looking, of all that was acknowledged before the call. Null where it can rule out nothing now;
   * absent where it never can.
   */
  screen?(workspaceId: number): Promise<KeyScreen | null>;
}

/** What one transaction can read and write; it sees its own writes. */
export interface StoreWriter {
  entries: EntryWriter;
  events: EventWriter;
  contacts: ContactWriter;
  directory: DirectoryWriter;
  records: RecordWriter;
  messages: MessageWriter;
  reviews: ReviewWriter;
  outbox: OutboxWriter;
  deliveries: DeliveryWriter;
  links: LinkWriter;
  marks: MarkWriter;
  idempotency: IdempotencyWriter;
  leases: LeaseWriter;
}

export interface Store extends StoreReader {
  /**
   * Runs `work` in a transaction and resolves once it is durable. When `work` throws, nothing of it stays and the error is
   * passed on. The store may run `work` again after a serialization failure, so it must have no other effects.
   */
  write<T>(work: (writer: StoreWriter) => Promise<T>): Promise<T>;
  /** Resolves when the store answers; throws otherwise. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** A name or number that must be unique is taken. */
export class UniqueConflict extends Error {
  override readonly name = 'UniqueConflict';
}

/** The store cannot read or write now. `full`: the disk is full. Nothing was acknowledged. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
  readonly full: boolean;

  constructor(message: string, options: { full?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.full = options.full ?? false;
  }
}

/** The store cannot be opened: another service uses it, or its schema is newer than this version. The message is for people. */
export class StoreRefused extends Error {
  override readonly name = 'StoreRefused';
}
