import type { AddressQuery, AddressView } from '@quietlist/contract/address-view';
import type { ChannelList } from '@quietlist/contract/channel';
import type { Entry, Evidence } from '@quietlist/contract/entry';
import type { EntryPage } from '@quietlist/contract/entry-page';
import type { Me } from '@quietlist/contract/key';
import type { List } from '@quietlist/contract/list';
import type { Sender } from '@quietlist/contract/sender';
import type { Source } from '@quietlist/contract/vocabulary';
import type { CircuitBreaker } from './circuit-breaker.ts';
import type { Transport } from './transport.ts';
import type {
  AddOutcome, BlacklistItem, CheckDecision, CheckOptions, EntryQuery, OptOutItem, Person, RemoveOptions, RemoveOptOutOptions, RemoveOutcome, WriteOptions,
} from './types.ts';

export interface ClientOptions {
  transport: Transport;
  sleep(milliseconds: number): Promise<void>;
  now(): number;
  random?(): number;
  /** A random id: the identity of a write that was given no `operationId`. */
  createId?(): string;
  /** Stamped on writes that name no source: `workflow`, or `ai_agent` for a node run as a tool. */
  source?: Source;
  /** Stamped on every write: workflow, execution, node. */
  evidence?: Evidence;
  /** Shared by all clients of one base URL. */
  breaker?: CircuitBreaker;
  /** For one request with its retries (default 10 s). */
  checkDeadlineMs?: number;
  /** For one request with its retries (default 30 s). */
  writeDeadlineMs?: number;
}

export declare class QuietlistClient {
  constructor(options: ClientOptions);
  /** Never throws. */
  check(person: Person | null | undefined, options?: CheckOptions): Promise<CheckDecision>;
  /** Never throws; one decision per person, in the same order. */
  checkMany(people: ReadonlyArray<Person | null | undefined>, options?: CheckOptions): Promise<CheckDecision[]>;
  addToBlacklist(items: readonly BlacklistItem[], options?: WriteOptions): Promise<AddOutcome[]>;
  optOut(items: readonly OptOutItem[], options?: WriteOptions): Promise<AddOutcome[]>;
  removeFromBlacklist(people: readonly Person[], options?: RemoveOptions): Promise<RemoveOutcome[]>;
  removeOptOut(people: readonly Person[], options?: RemoveOptOutOptions): Promise<RemoveOutcome[]>;
  listEntries(query?: EntryQuery): Promise<EntryPage>;
  everyEntry(query?: EntryQuery, limit?: number): AsyncGenerator<Entry, void, undefined>;
  listLists(): Promise<List[]>;
  listSenders(channel?: string): Promise<Sender[]>;
  listChannels(): Promise<ChannelList['data']>;
  getAddress(address: string, query?: AddressQuery): Promise<AddressView>;
  me(): Promise<Me>;
}
