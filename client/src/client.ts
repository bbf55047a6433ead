import type { AddressQuery, AddressView } from '@quietlist/contract/address-view';
import type { ChannelList } from '@quietlist/contract/channel';
import type { AddEntriesRequest, Entry, Evidence, RemoveEntriesRequest } from '@quietlist/contract/entry';
import type { EntryPage } from '@quietlist/contract/entry-page';
import type { Me } from '@quietlist/contract/key';
import { limits } from '@quietlist/contract/limits';
import type { List } from '@quietlist/contract/list';
import type { Sender } from '@quietlist/contract/sender';
import type { Kind, Source } from '@quietlist/contract/vocabulary';
import {
  isAddEntriesRequest, isAddressView, isChannelList, isCreateLinksRequest, isEntryPage, isListPage, isMe, isRemoveEntriesRequest, isSenderPage, type Validator,
} from '@quietlist/contract/validators';
import { bodyOf } from './answer.ts';
import { checkMany } from './check-many.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import { clientError } from './errors.ts';
import { fieldErrorOf, invalidRequest } from './field-error.ts';
import { idempotencyKey } from './idempotency.ts';
import { prepareLink, readLinksAnswer } from './links.ts';
import { prepareEntry, type Stamp } from './new-entry.ts';
import { personProblems, preparePerson } from './person.ts';
import { sendWithRetry, type RetryContext } from './retry.ts';
import { cleanEvidence, withStamp } from './stamp.ts';
import type { Transport } from './transport.ts';
import type {
  AddOutcome, BlacklistItem, CheckDecision, CheckOptions, EntryQuery, LinkItem, LinkOptions, LinkOutcome, OptOutItem, Person, RemoveOptions, RemoveOptOutOptions, RemoveOutcome, WriteOptions,
} from './types.ts';
import { readAddAnswer, readRemoveAnswer } from './write-answer.ts';
import { writeMany, type PreparedItem } from './write-many.ts';

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

const paths = {
  checks: '/v1/checks', entries: '/v1/entries', removal: '/v1/entries/remove', addresses: '/v1/addresses', links: '/v1/links',
  lists: '/v1/lists', senders: '/v1/senders', channels: '/v1/channels', me: '/v1/me',
} as const;

/** Stands in for a person when only the settings around it are judged. */
const anyPerson = '+15555550100';

interface Page<Row> {
  data: Row[];
  nextCursor: string | null;
}

/**
 * The one client of the service, for every flow. A check never throws and never allows what the service did not; a write either
 * answers what became of each item or throws a `QuietlistError`.
 */
export class QuietlistClient {
  readonly #context: RetryContext;
  readonly #createId: () => string;
  readonly #stamp: Stamp;
  readonly #checkDeadlineMs: number;
  readonly #writeDeadlineMs: number;

  constructor(options: ClientOptions) {
    const random = options.random ?? Math.random;
    this.#context = {
      transport: options.transport,
      sleep: (milliseconds) => options.sleep(milliseconds),
      now: () => options.now(),
      random: () => random(),
      breaker: options.breaker,
    };
    this.#createId = () => options.createId?.() ?? `${options.now()}-${random()}-${random()}`;
    this.#stamp = { source: options.source, evidence: cleanEvidence(options.evidence ?? {}) };
    this.#checkDeadlineMs = options.checkDeadlineMs ?? 10_000;
    this.#writeDeadlineMs = options.writeDeadlineMs ?? 30_000;
  }

  /** May this person be contacted? Never throws. */
  async check(person: Person | null | undefined, options: CheckOptions = {}): Promise<CheckDecision> {
    const [decision] = await this.checkMany([person], options);
    return decision!;
  }

  /** One decision a person, in the same order; 10,000 people are one request. Never throws. */
  checkMany(people: ReadonlyArray<Person | null | undefined>, options: CheckOptions = {}): Promise<CheckDecision[]> {
    return checkMany((request) => this.#post(paths.checks, request, this.#checkDeadlineMs), people, options);
  }

  addToBlacklist(items: readonly BlacklistItem[], options: WriteOptions = {}): Promise<AddOutcome[]> {
    return this.#add('block', items, options);
  }

  /** An opt-out whose address cannot be read is kept by the service, and its outcome says `unverified`. */
  optOut(items: readonly OptOutItem[], options: WriteOptions = {}): Promise<AddOutcome[]> {
    return this.#add('opt_out', items, options);
  }

  removeFromBlacklist(people: readonly Person[], options: RemoveOptions = {}): Promise<RemoveOutcome[]> {
    return this.#remove('block', people, options);
  }

  /** Needs `consent`, unless `by` is `recipient`. */
  removeOptOut(people: readonly Person[], options: RemoveOptOutOptions = {}): Promise<RemoveOutcome[]> {
    return this.#remove('opt_out', people, options);
  }

  /** One link an item, in the same order. The same person, list, channel and sender always get the same link, so that asking again is harmless. */
  async createUnsubscribeLinks(items: readonly LinkItem[], options: LinkOptions = {}): Promise<LinkOutcome[]> {
    if (!isCreateLinksRequest({ links: [{ address: anyPerson }], ...options })) throw invalidRequest(fieldErrorOf(isCreateLinksRequest));
    return writeMany({
      items: items.map(prepareLink),
      requestOf: (links) => ({ links, ...options }),
      send: (request) => this.#post(paths.links, request, this.#writeDeadlineMs),
      read: readLinksAnswer,
    });
  }

  listEntries(query: EntryQuery = {}): Promise<EntryPage> {
    return this.#get(paths.entries, query, isEntryPage);
  }

  /** Entry by entry over all pages, at most `limit`. */
  everyEntry(query: EntryQuery = {}, limit = Number.POSITIVE_INFINITY): AsyncGenerator<Entry, void, undefined> {
    return this.#rows(paths.entries, { limit: Math.min(limits.pageSizeMaximum, limit), ...query }, isEntryPage, limit);
  }

  listLists(): Promise<List[]> {
    return collect(this.#rows(paths.lists, { limit: limits.pageSizeMaximum }, isListPage));
  }

  listSenders(channel?: string): Promise<Sender[]> {
    return collect(this.#rows(paths.senders, { limit: limits.pageSizeMaximum, channel }, isSenderPage));
  }

  async listChannels(): Promise<ChannelList['data']> {
    return (await this.#get(paths.channels, {}, isChannelList)).data;
  }

  /** Everything known of one address, with its history. */
  async getAddress(address: string, query: AddressQuery = {}): Promise<AddressView> {
    // As a path segment "." and ".." would lead elsewhere.
    if (/^\s*\.{0,2}\s*$/.test(address)) throw invalidRequest({ pointer: '/address', message: 'is not an address' });
    return this.#get(`${paths.addresses}/${encodeURIComponent(address.toWellFormed())}`, query, isAddressView);
  }

  /** Who the API key is: tells whether the settings work. */
  me(): Promise<Me> {
    return this.#get(paths.me, {}, isMe);
  }

  async #add(kind: Kind, given: ReadonlyArray<BlacklistItem | OptOutItem>, { operationId, batch, addressOptions }: WriteOptions): Promise<AddOutcome[]> {
    const around = { ...(batch === undefined ? {} : { batch }), ...(addressOptions === undefined ? {} : { addressOptions }) };
    if (!isAddEntriesRequest({ entries: [{ kind }], ...around })) throw invalidRequest(fieldErrorOf(isAddEntriesRequest));
    return writeMany({
      items: given.map((item) => prepareEntry(kind, item, this.#stamp)),
      requestOf: (entries): AddEntriesRequest => ({ entries, ...around }),
      send: this.#writer(paths.entries, operationId),
      read: readAddAnswer,
    });
  }

  async #remove(kind: Kind, people: readonly Person[], { operationId, ...options }: RemoveOptOutOptions): Promise<RemoveOutcome[]> {
    const source = options.source ?? this.#stamp.source;
    const evidence = withStamp(options.evidence, this.#stamp.evidence);
    const around = { kind, ...options, ...(source === undefined ? {} : { source }), ...(evidence === undefined ? {} : { evidence }) };
    if (!isRemoveEntriesRequest({ ...around, addresses: [anyPerson] })) throw invalidRequest(fieldErrorOf(isRemoveEntriesRequest));
    return writeMany({
      items: people.map(prepareRemoval),
      requestOf: (addresses): RemoveEntriesRequest => ({ ...around, addresses }),
      send: this.#writer(paths.removal, operationId),
      read: readRemoveAnswer,
    });
  }

  #writer(path: string, operationId = this.#createId()) {
    return (request: unknown, chunkIndex: number): Promise<unknown> =>
      this.#post(path, request, this.#writeDeadlineMs, { 'idempotency-key': idempotencyKey(operationId, chunkIndex, path, request) });
  }

  async #post(path: string, body: unknown, deadlineMs: number, headers: Record<string, string> = {}): Promise<unknown> {
    return bodyOf(await sendWithRetry(this.#context, { method: 'POST', path, body, headers }, deadlineMs));
  }

  async #get<T>(path: string, query: object, isAnswer: Validator<T>): Promise<T> {
    const said = Object.entries(query).filter(([, value]) => value !== undefined);
    const request = { method: 'GET' as const, path, query: Object.fromEntries(said.map(([name, value]) => [name, String(value)])), headers: {} };
    const body = bodyOf(await sendWithRetry(this.#context, request, this.#checkDeadlineMs));
    if (!isAnswer(body)) throw clientError('malformed_answer', 'it does not have the shape of what was asked', { status: 200 });
    return body;
  }

  async *#rows<Row>(path: string, query: object, isPage: Validator<Page<Row>>, limit = Number.POSITIVE_INFINITY): AsyncGenerator<Row, void, undefined> {
    let cursor: string | undefined;
    for (let count = 0; count < limit; ) {
      const page: Page<Row> = await this.#get(path, { ...query, ...(cursor === undefined ? {} : { cursor }) }, isPage);
      for (const row of page.data) {
        if (count >= limit) return;
        count += 1;
        yield row;
      }
      if (page.nextCursor === null) return;
      if (page.nextCursor === cursor || page.data.length === 0) throw clientError('malformed_answer', 'its pages do not end', { status: 200 });
      cursor = page.nextCursor;
    }
  }
}

const prepareRemoval = (given: Person): PreparedItem<Person, RemoveOutcome> => {
  const prepared = preparePerson(given);
  if (!('problem' in prepared)) return { item: prepared.person, bytes: prepared.bytes };
  return { outcome: { outcome: 'invalid', entries: [], remaining: 0, code: prepared.problem, message: personProblems[prepared.problem] } };
};

const collect = async <Row>(rows: AsyncIterable<Row>): Promise<Row[]> => {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
};
