import type { AddressQuery, AddressView } from '@quietlist/contract/address-view';
import type { ChannelList } from '@quietlist/contract/channel';
import type { ProviderAnswer } from '@quietlist/contract/connection';
import type { AddEntriesRequest, Entry, Evidence, RemoveEntriesRequest } from '@quietlist/contract/entry';
import type { EntryPage } from '@quietlist/contract/entry-page';
import type { FeedPage } from '@quietlist/contract/feed';
import type { InboundResponse } from '@quietlist/contract/inbound';
import type { Me } from '@quietlist/contract/key';
import { limits } from '@quietlist/contract/limits';
import type { CreateListRequest, DeleteListRequest, List, UpdateListRequest } from '@quietlist/contract/list';
import type { Provider } from '@quietlist/contract/providers';
import type { DecideReviewRequest, Review, ReviewPage } from '@quietlist/contract/review';
import type { Sender } from '@quietlist/contract/sender';
import type { Kind, Source } from '@quietlist/contract/vocabulary';
import type { CreatedWebhook, CreateWebhookRequest, Webhook } from '@quietlist/contract/webhook';
import {
  isAddEntriesRequest, isAddressView, isChannelList, isCreateLinksRequest, isEntryPage, isFeedPage, isMe, isRemoveEntriesRequest, isSenderPage,
} from '@quietlist/contract/validators';
import { checkMany } from './check-many.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import { fieldErrorOf, invalidRequest } from './field-error.ts';
import { handleInbound } from './inbound.ts';
import { prepareLink, readLinksAnswer } from './links.ts';
import * as lists from './lists.ts';
import { prepareEntry, type Stamp } from './new-entry.ts';
import { personProblems, preparePerson } from './person.ts';
import { receiveFromProvider } from './providers.ts';
import { collect, Requests } from './requests.ts';
import * as reviews from './reviews.ts';
import { cleanEvidence, withStamp } from './stamp.ts';
import type { Transport } from './transport.ts';
import type {
  AddOutcome, BlacklistItem, CheckDecision, CheckOptions, EntryQuery, EventQuery, InboundMessage, LinkItem, LinkOptions, LinkOutcome, OptOutItem, Person, RemoveOptions,
  RemoveOptOutOptions, RemoveOutcome, RepeatOptions, ReviewQuery, WriteOptions,
} from './types.ts';
import * as webhooks from './webhooks.ts';
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
  senders: '/v1/senders', channels: '/v1/channels', me: '/v1/me', events: '/v1/events',
} as const;

/** Stands in for a person when only the settings around it are judged. */
const anyPerson = '+15555550100';

/**
 * The one client of the service, for every flow. A check never throws and never allows what the service did not; a write either
 * answers what became of each item or throws a `QuietlistError`.
 */
export class QuietlistClient {
  readonly #requests: Requests;
  readonly #breaker: CircuitBreaker | undefined;
  readonly #stamp: Stamp;

  constructor(options: ClientOptions) {
    const random = options.random ?? Math.random;
    this.#breaker = options.breaker;
    this.#requests = new Requests({
      context: {
        transport: options.transport,
        sleep: (milliseconds) => options.sleep(milliseconds),
        now: () => options.now(),
        random: () => random(),
        breaker: options.breaker,
      },
      createId: () => options.createId?.() ?? `${options.now()}-${random()}-${random()}`,
      deadlineMs: { read: options.checkDeadlineMs ?? 10_000, write: options.writeDeadlineMs ?? 30_000 },
    });
    this.#stamp = { source: options.source, evidence: cleanEvidence(options.evidence ?? {}) };
  }

  /** May this person be contacted? Never throws. */
  async check(person: Person | null | undefined, options: CheckOptions = {}): Promise<CheckDecision> {
    const [decision] = await this.checkMany([person], options);
    return decision!;
  }

  /** One decision a person, in the same order; 5,000 people are one request. Never throws. */
  checkMany(people: ReadonlyArray<Person | null | undefined>, options: CheckOptions = {}): Promise<CheckDecision[]> {
    const isProbing = this.#breaker?.isClosed === false;
    return checkMany({ send: (request) => this.#requests.post(paths.checks, request, 'read'), isProbing }, people, options);
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
      send: (request) => this.#requests.post(paths.links, request, 'write'),
      read: readLinksAnswer,
    });
  }

  listEntries(query: EntryQuery = {}): Promise<EntryPage> {
    return this.#requests.get(paths.entries, query, isEntryPage);
  }

  /** Entry by entry over all pages, at most `limit`. */
  everyEntry(query: EntryQuery = {}, limit = Number.POSITIVE_INFINITY): AsyncGenerator<Entry, void, undefined> {
    return this.#requests.rows(paths.entries, { limit: Math.min(limits.pageSizeMaximum, limit), ...query }, isEntryPage, limit);
  }

  listLists(): Promise<List[]> {
    return lists.listLists(this.#requests);
  }

  listSenders(channel?: string): Promise<Sender[]> {
    return collect(this.#requests.rows(paths.senders, { limit: limits.pageSizeMaximum, channel }, isSenderPage));
  }

  async listChannels(): Promise<ChannelList['data']> {
    return (await this.#requests.get(paths.channels, {}, isChannelList)).data;
  }

  /** Everything known of one address, with its history. */
  async getAddress(address: string, query: AddressQuery = {}): Promise<AddressView> {
    // As a path segment "." and ".." would lead elsewhere.
    if (/^\s*\.{0,2}\s*$/.test(address)) throw invalidRequest({ pointer: '/address', message: 'is not an address' });
    return this.#requests.get(`${paths.addresses}/${encodeURIComponent(address.toWellFormed())}`, query, isAddressView);
  }

  /** Who the API key is: tells whether the settings work. */
  me(): Promise<Me> {
    return this.#requests.get(paths.me, {}, isMe);
  }

  createList(list: CreateListRequest, options: RepeatOptions = {}): Promise<List> {
    return lists.createList(this.#requests, list, options);
  }

  async updateList(id: string, changes: UpdateListRequest, options: RepeatOptions = {}): Promise<List> {
    return lists.updateList(this.#requests, id, changes, options);
  }

  /** `members` says what becomes of the opt-outs in the list; without it only an empty one is deleted. */
  async deleteList(id: string, members?: DeleteListRequest, options: RepeatOptions = {}): Promise<List> {
    return lists.deleteList(this.#requests, id, members, options);
  }

  /** What became of a message that somebody sent us. Throws whatever went wrong; only an answer of the service lets a flow go on with it. */
  async handleInbound(message: InboundMessage, options: RepeatOptions = {}): Promise<InboundResponse> {
    return handleInbound(this.#requests, message, options, this.#stamp);
  }

  /** What became of each thing that a provider's webhook said. `body` is what the flow received, as it came. */
  async receiveFromProvider(provider: Provider, body: unknown, options: RepeatOptions = {}): Promise<ProviderAnswer> {
    return receiveFromProvider(this.#requests, provider, body, options);
  }

  /** What happened, oldest first, from the given position on. `EventFollower` follows what happens. */
  listEvents(query: EventQuery = {}): Promise<FeedPage> {
    return this.#requests.get(paths.events, query, isFeedPage);
  }

  listReviews(query: ReviewQuery = {}): Promise<ReviewPage> {
    return reviews.listReviews(this.#requests, query);
  }

  /** Review by review over all pages, at most `limit`. */
  everyReview(query: ReviewQuery = {}, limit = Number.POSITIVE_INFINITY): AsyncGenerator<Review, void, undefined> {
    return reviews.everyReview(this.#requests, query, limit);
  }

  /** It is an opt-out. */
  async approveReview(id: string, decision: DecideReviewRequest = {}, options: RepeatOptions = {}): Promise<Review> {
    return reviews.decideReview(this.#requests, id, 'approve', decision, options);
  }

  /** It is none, and the hold is lifted. */
  async dismissReview(id: string, decision: DecideReviewRequest = {}, options: RepeatOptions = {}): Promise<Review> {
    return reviews.decideReview(this.#requests, id, 'dismiss', decision, options);
  }

  listWebhooks(): Promise<Webhook[]> {
    return webhooks.listWebhooks(this.#requests);
  }

  async getWebhook(id: string): Promise<Webhook> {
    return webhooks.getWebhook(this.#requests, id);
  }

  /** The only answer that carries the secret. It is sent once and never repeated: after a failure, look whether it is there. */
  createWebhook(webhook: CreateWebhookRequest): Promise<CreatedWebhook> {
    return webhooks.createWebhook(this.#requests, webhook);
  }

  async deleteWebhook(id: string, options: RepeatOptions = {}): Promise<Webhook> {
    return webhooks.deleteWebhook(this.#requests, id, options);
  }

  async #add(kind: Kind, given: ReadonlyArray<BlacklistItem | OptOutItem>, { operationId, batch, addressOptions }: WriteOptions): Promise<AddOutcome[]> {
    const around = { ...(batch === undefined ? {} : { batch }), ...(addressOptions === undefined ? {} : { addressOptions }) };
    if (!isAddEntriesRequest({ entries: [{ kind }], ...around })) throw invalidRequest(fieldErrorOf(isAddEntriesRequest));
    return writeMany({
      items: given.map((item) => prepareEntry(kind, item, this.#stamp)),
      requestOf: (entries): AddEntriesRequest => ({ entries, ...around }),
      send: this.#requests.bulkWriter(paths.entries, operationId),
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
      send: this.#requests.bulkWriter(paths.removal, operationId),
      read: readRemoveAnswer,
    });
  }
}

const prepareRemoval = (given: Person): PreparedItem<Person, RemoveOutcome> => {
  const prepared = preparePerson(given);
  if (!('problem' in prepared)) return { item: prepared.person, bytes: prepared.bytes };
  return { outcome: { outcome: 'invalid', entries: [], remaining: 0, code: prepared.problem, message: personProblems[prepared.problem] } };
};
