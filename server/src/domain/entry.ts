import type { AddressKind, Direction, EntryStatus, Kind, Origin, Purpose, Reason, Source } from '@quietlist/contract/vocabulary';

export type Evidence = Record<string, string | number | boolean>;

/** One suppression as the rules see it. `null` channel or sender means any; `list` is null on a block. Instants are milliseconds since 1970. */
export interface Entry {
  id: number;
  kind: Kind;
  key: string;
  /** The e-mail address without tags and dots, where its provider ignores them and it differs from `key`; else null. */
  mailbox: string | null;
  address: string;
  addressKind: AddressKind;
  /** The address could not be read; `key` stands for the text as it was received. */
  unverified: boolean;
  channel: string | null;
  sender: string | null;
  list: string | null;
  purpose: Purpose;
  direction: Direction;
  reason: Reason;
  note: string | null;
  source: Source;
  evidence: Evidence;
  by: Origin;
  batch: string | null;
  createdAt: number;
  expiresAt: number | null;
  endedAt: number | null;
  endedAs: 'removed' | 'expired' | null;
}

/** What makes two entries the same one (DESIGN §2.1). */
export type NaturalKey = Pick<Entry, 'kind' | 'list' | 'key' | 'channel' | 'sender'>;

export const naturalKeyText = (entry: NaturalKey): string =>
  [entry.kind, entry.list ?? '', entry.channel ?? '', entry.sender ?? '', entry.key].join('\u0000');

/** Whether the entry holds at `now`. An expiry that has passed ends it at once, whether or not the expiry job has seen it. */
export const isActive = (entry: Pick<Entry, 'endedAt' | 'expiresAt'>, now: number): boolean =>
  entry.endedAt === null && (entry.expiresAt === null || entry.expiresAt > now);

export const statusOf = (entry: Pick<Entry, 'endedAt' | 'endedAs' | 'expiresAt'>, now: number): EntryStatus =>
  isActive(entry, now) ? 'active' : (entry.endedAs ?? 'expired');
