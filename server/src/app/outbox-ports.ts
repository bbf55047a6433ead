import type { FeedEvent, FeedType } from '@quietlist/contract/feed';
import type { ScanStart } from './ports.ts';

/** A line of the history that others are told of, by the address and the number of the line: ten thousand of them are cheap. */
export type HistoryReference = readonly [key: string, sequence: number];

/** Something that others are told of and that is no line of the history. It is kept whole. */
export interface Announcement {
  id: number;
  type: FeedType;
  data: FeedEvent['data'];
}

export type OutboxItem = HistoryReference | Announcement;

/** What one transaction told others, written in that transaction: a crash neither loses nor invents it. */
export interface OutboxRow {
  id: number;
  at: number;
  items: readonly OutboxItem[];
}

/** A row that has its place among all of its workspace. Its events are at the positions that end with `position`. */
export interface PlacedRow extends OutboxRow {
  position: number;
}

export interface OutboxReader {
  /** Rows with events after this position, oldest first. */
  after(workspaceId: number, position: number, limit: number): Promise<PlacedRow[]>;
  /** The position of the newest event; 0 when there was none. */
  head(workspaceId: number): Promise<number>;
  /** The position before the oldest event that is kept: whoever has read up to it, or further, has missed nothing. */
  start(workspaceId: number): Promise<number>;
  /** Whether rows wait for their place. */
  hasUnplaced(): Promise<boolean>;
  /** Rows that have their place, of all workspaces, by workspace and position; `id` of the start is a position. */
  scan(after: ScanStart | null, limit: number): Promise<Array<{ workspaceId: number; row: PlacedRow }>>;
  /** Rows older than an instant, of any workspace: whether there are any. */
  hasBefore(at: number): Promise<boolean>;
}

export interface OutboxWriter extends OutboxReader {
  /**
   * Adds a row. Where one process writes at a time it gets its place with it. Elsewhere transactions commit in another order than they
   * began, so a row waits for `place`: a place given before the commit would let a reader pass it before it can be seen.
   */
  append(workspaceId: number, row: OutboxRow): Promise<void>;
  /** Gives committed rows the next places of their workspaces, without gaps, and answers how many it placed. */
  place(limit: number): Promise<number>;
  /** Adds rows with the places that they have in another store: for copies. */
  keep(workspaceId: number, rows: readonly PlacedRow[]): Promise<void>;
  /** From here on places are counted: for copies. */
  setHead(workspaceId: number, position: number): Promise<void>;
  /** Deletes up to `limit` of the oldest rows older than an instant, and answers how many. */
  deleteBefore(at: number, limit: number): Promise<number>;
}
