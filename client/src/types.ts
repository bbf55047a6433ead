import type { AddressInput, AddressOptions } from '@quietlist/contract/address';
import type { Decision, Evaluated } from '@quietlist/contract/check';
import type { AddResult, Consent, Evidence, RemoveResult } from '@quietlist/contract/entry';
import type { ListEntriesQuery } from '@quietlist/contract/entry-page';
import type { FeedQuery } from '@quietlist/contract/feed';
import type { InboundRequest } from '@quietlist/contract/inbound';
import type { LinkResult } from '@quietlist/contract/link';
import type { CheckPurpose, Direction, Purpose, Reason, ReviewStatus, Source } from '@quietlist/contract/vocabulary';
import type { QuietlistError } from './errors.ts';

/** The addresses of one person: one, or several that belong together. */
export type Person = AddressInput | AddressInput[];

/** Where a check or a write applies. An omitted or null channel or sender means any. */
export interface ScopeOptions {
  channel?: string | null;
  sender?: string | null;
  addressOptions?: AddressOptions;
}

export interface CheckOptions extends ScopeOptions {
  /** Default `marketing`. */
  purpose?: CheckPurpose;
  direction?: 'outbound' | 'inbound';
  /** Ids or names. Omitted: any list. */
  lists?: string[];
  asOf?: string;
}

/** The answer for one person. `mayContact` is true only when the service itself said `allow`. */
export interface CheckDecision extends Omit<Decision, 'index' | 'ref'> {
  /** What the service understood; null when no answer of it could be used. */
  evaluated: Evaluated | null;
  checkedAt: string | null;
  /** Why no answer could be used: only on `unknown` that no address caused. Throw it to stop instead of holding. */
  error?: QuietlistError;
}

/**
 * What makes a write safe to repeat. n8n runs a whole node again, so the same operation of the same execution must give the
 * same idempotency keys: `operationId` is that identity (workflow execution, node, run). Without it a random one is made.
 */
export interface RepeatOptions {
  operationId?: string;
}

export interface WriteOptions extends RepeatOptions {
  batch?: string;
  addressOptions?: AddressOptions;
}

interface Attribution {
  reason?: Reason;
  note?: string;
  source?: Source;
  evidence?: Evidence;
  expiresAt?: string | null;
}

export interface BlacklistItem extends Attribution {
  person: Person;
  channel?: string | null;
  sender?: string | null;
  direction?: Direction;
  by?: 'operator' | 'system';
}

export interface OptOutItem extends Attribution {
  person: Person;
  channel?: string | null;
  sender?: string | null;
  /** Id or name; default: the default list. */
  list?: string;
  purpose?: Purpose;
  by?: 'recipient' | 'operator' | 'system';
}

export type AddOutcome = Omit<AddResult, 'index'>;
export type RemoveOutcome = Omit<RemoveResult, 'index'>;

/** What is lifted for each person of a removal. */
export interface RemoveOptions extends WriteOptions {
  /** Omitted: whichever; null: only the entry for any channel. */
  channel?: string | null;
  sender?: string | null;
  by?: 'recipient' | 'operator';
  consent?: Consent;
  note?: string;
  source?: Source;
  evidence?: Evidence;
  dryRun?: boolean;
}

export interface RemoveOptOutOptions extends RemoveOptions {
  /** Ids or names; omitted: the default list; `['*']`: every list. */
  lists?: string[];
}

/** For whom a link is, and what it opts out of: as an opt-out, an omitted list is the default one, an omitted or null channel or sender any. */
export interface LinkItem {
  person: AddressInput;
  list?: string;
  channel?: string | null;
  sender?: string | null;
}

export interface LinkOptions {
  /** An address of yours that takes unsubscribe requests by mail, named in List-Unsubscribe, too. */
  mailto?: string;
  addressOptions?: AddressOptions;
}

/** The link and the headers of a message, or the code of what is wrong with the address: then both are null. */
export type LinkOutcome = Omit<LinkResult, 'index' | 'ref'>;

/** Filters of the entries to read; `limit` is the page size. */
export type EntryQuery = Omit<ListEntriesQuery, 'limit'> & { limit?: number };

/** Filters of the events to read; `limit` is the page size. */
export type EventQuery = Omit<FeedQuery, 'limit' | 'after'> & { limit?: number; after?: number };

/** A message that somebody sent us, and whom it is from. */
export interface InboundMessage extends Omit<InboundRequest, 'address' | 'addresses'> {
  person: Person;
}

/** Filter of the reviews to read; `limit` is the page size. */
export interface ReviewQuery {
  status?: ReviewStatus | 'any';
  limit?: number;
  cursor?: string;
}
