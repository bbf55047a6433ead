import type { DeliveryStatus } from '@quietlist/contract/vocabulary';
import type { ScanStart } from './ports.ts';

/** One event on its way to one target: a webhook (`whk_…`), or the webhook URL of a list (the list’s id). */
export interface DeliveryRecord {
  id: number;
  target: string;
  /** The id of the event, as the feed shows it. */
  event: string;
  type: string;
  /** Where it goes, when that must not change: the URL of a list at the time. Null for a webhook, whose URL may be mended. */
  url: string | null;
  /** Exactly what is sent, the same on every try. */
  body: string;
  status: DeliveryStatus;
  attempts: number;
  /** Null unless pending. While a server is at it, the instant from which another one may try. */
  dueAt: number | null;
  lastStatus: number | null;
  lastError: string | null;
  /** When the event happened. */
  createdAt: number;
  deliveredAt: number | null;
}

/** Somebody who is told of the events of a workspace, and how far that has come. */
export interface Follower {
  workspaceId: number;
  target: string;
  /** Up to here its deliveries have been made out. */
  position: number;
}

export interface DueTarget {
  workspaceId: number;
  target: string;
  /** When the first of its deliveries is due. */
  dueAt: number;
}

export interface DeliveryReader {
  find(workspaceId: number, id: number): Promise<DeliveryRecord | null>;
  /** Newest first, those with an id below `before`. */
  page(workspaceId: number, target: string, status: DeliveryStatus | 'any', limit: number, before: number | null): Promise<DeliveryRecord[]>;
  /** Targets with pending deliveries, and when the first of each is due: as many steps as there are targets, however much waits. */
  dueTargets(): Promise<DueTarget[]>;
  followers(): Promise<Follower[]>;
  /** Those for whom there are events that they were not yet sent, at most so many. */
  followersBehind(limit: number): Promise<Follower[]>;
  /** Of all workspaces, by workspace and id. */
  scan(after: ScanStart | null, limit: number): Promise<Array<{ workspaceId: number; delivery: DeliveryRecord }>>;
  hasBefore(createdAt: number): Promise<boolean>;
}

/** What became of a try. */
export type Settlement = Pick<DeliveryRecord, 'id' | 'status' | 'dueAt' | 'lastStatus' | 'lastError' | 'deliveredAt'>;

export interface DeliveryWriter extends DeliveryReader {
  /** From this position on the target is sent what happens. */
  follow(follower: Follower): Promise<void>;
  unfollow(workspaceId: number, target: string): Promise<void>;
  /** Throws `UniqueConflict` when an event was made out to a target already. */
  insert(workspaceId: number, deliveries: readonly DeliveryRecord[]): Promise<void>;
  /** Takes up to `limit` deliveries of a target that are due, counts the try, and keeps others from them until an instant: a server that is killed meanwhile loses none. */
  claim(workspaceId: number, target: string, now: number, until: number, limit: number): Promise<DeliveryRecord[]>;
  settle(workspaceId: number, settlement: Settlement): Promise<void>;
  /** Makes those that are not pending, of events in this time, due again as if they were new. Answers how many. */
  replay(workspaceId: number, target: string, time: { since: number; until: number; onlyFailed: boolean }, dueAt: number): Promise<number>;
  /** Deletes up to `limit` that are older than an instant, and answers how many. */
  deleteBefore(createdAt: number, limit: number): Promise<number>;
}
