import type { InboundRequest, InboundResponse } from '@quietlist/contract/inbound';
import type { ReviewStatus } from '@quietlist/contract/vocabulary';

/** An inbound message and what was answered: against repeats, and to preview rules with. */
export interface InboundRecord {
  id: number;
  /** Of the first address that it came from. */
  key: string;
  channel: string;
  messageId: string | null;
  at: number;
  /** Null where the workspace keeps no texts. */
  request: InboundRequest | null;
  answer: InboundResponse;
}

export interface MessageReader {
  findMessage(workspaceId: number, key: string, channel: string, messageId: string): Promise<InboundRecord | null>;
  /** Of one person since an instant, newest first. */
  messagesOf(workspaceId: number, key: string, since: number): Promise<InboundRecord[]>;
  /** The newest of all, newest first. */
  recent(workspaceId: number, limit: number): Promise<InboundRecord[]>;
}

export interface MessageWriter extends MessageReader {
  /** Throws `UniqueConflict` when this message of this person is there already. */
  insert(workspaceId: number, message: InboundRecord): Promise<void>;
  /** Deletes up to `limit` that are older than `at`, and answers how many. */
  deleteBefore(workspaceId: number, at: number, limit: number): Promise<number>;
}

export interface ReviewRecord {
  id: number;
  status: ReviewStatus;
  key: string;
  address: string;
  channel: string;
  sender: string | null;
  text: string;
  phrase: string;
  lists: string[];
  /** Entries that this review made to hold, or found holding. */
  entries: number[];
  isConfirmationAsked: boolean;
  createdAt: number;
  dueAt: number;
  decidedAt: number | null;
  decidedBy: string | null;
  note: string | null;
}

export interface ReviewReader {
  find(workspaceId: number, id: number): Promise<ReviewRecord | null>;
  /** Newest first, those with an id below `before`. */
  page(workspaceId: number, status: ReviewStatus | 'any', limit: number, before: number | null): Promise<ReviewRecord[]>;
  pendingOf(workspaceId: number, key: string): Promise<ReviewRecord[]>;
  /** Pending ones of all workspaces whose deadline has passed, oldest first. */
  findDue(now: number, limit: number): Promise<Array<{ workspaceId: number; review: ReviewRecord }>>;
}

export interface ReviewWriter extends ReviewReader {
  /** Inserts or replaces. */
  put(workspaceId: number, review: ReviewRecord): Promise<void>;
}
