import type { DecideReviewRequest, Review, ReviewPage } from '@quietlist/contract/review';
import type { ReviewStatus } from '@quietlist/contract/vocabulary';
import { idOf, idText } from '../domain/id-text.ts';
import { instantText } from '../domain/instant.ts';
import { announce } from './announce.ts';
import { ChangeSet } from './change-set.ts';
import type { Caller, Platform } from './context.ts';
import { cursorOf, pageLimit, readCursor } from './paging.ts';
import type { ReviewRecord, Store, StoreReader, StoreWriter } from './ports.ts';
import { Problem } from './problem.ts';

export const reviewView = (review: ReviewRecord): Review => ({
  id: idText('rev', review.id),
  status: review.status,
  text: review.text,
  phrase: review.phrase,
  address: review.address,
  channel: review.channel,
  sender: review.sender,
  lists: review.lists,
  entries: review.entries.map((id) => idText('ent', id)),
  isConfirmationAsked: review.isConfirmationAsked,
  createdAt: instantText(review.createdAt),
  dueAt: instantText(review.dueAt),
  decidedAt: review.decidedAt === null ? null : instantText(review.decidedAt),
  decidedBy: review.decidedBy,
  note: review.note,
});

async function find(reader: StoreReader, caller: Caller, id: string): Promise<ReviewRecord> {
  const number = idOf('rev', id);
  const review = number === null ? null : await reader.reviews.find(caller.workspace.id, number);
  if (!review) throw new Problem('not-found', 'There is no such review.');
  return review;
}

export const getReview = async (reader: StoreReader, caller: Caller, id: string): Promise<Review> => reviewView(await find(reader, caller, id));

export async function listReviews(reader: StoreReader, caller: Caller, query: { limit?: string; cursor?: string; status?: ReviewStatus | 'any' }): Promise<ReviewPage> {
  const isCursor = (value: unknown): value is [number] => Array.isArray(value) && value.length === 1 && Number.isSafeInteger(value[0]);
  const before = query.cursor === undefined ? null : readCursor(query.cursor, isCursor)[0];
  const limit = pageLimit(query.limit);
  const rows = await reader.reviews.page(caller.workspace.id, query.status ?? 'pending', limit + 1, before);
  const last = rows[limit - 1];
  return { data: rows.slice(0, limit).map(reviewView), nextCursor: rows.length > limit && last ? cursorOf([last.id]) : null };
}

/** Who decides: a key, the person themselves, or the deadline. */
export interface Decider {
  workspaceId: number;
  actor: string;
  decidedBy: string;
}

/**
 * Decides a review. Approved, its hold becomes the recipient's own opt-out; dismissed, what it made hold is lifted, unless somebody has
 * made it theirs since.
 */
export async function decideReview(writer: StoreWriter, platform: Platform, who: Decider, review: ReviewRecord, status: 'approved' | 'dismissed', note: string | null): Promise<ReviewRecord> {
  const now = platform.clock();
  const held = (await writer.entries.findByIds(who.workspaceId, review.entries)).filter(({ endedAt, by }) => endedAt === null && by === 'system');
  const changes = new ChangeSet(platform, who, held, now);
  for (const entry of held) {
    if (status === 'approved') changes.add({ ...entry, by: 'recipient', expiresAt: null });
    else changes.end(entry, { as: 'removed', batch: null, reason: 'review_dismissed', details: { by: who.decidedBy, review: idText('rev', review.id) } });
  }
  await changes.write(writer);
  const decided = { ...review, status, decidedAt: now, decidedBy: who.decidedBy, note };
  await writer.reviews.put(who.workspaceId, decided);
  await announce(writer, platform, who.workspaceId, [{ type: 'review.decided', data: { review: reviewView(decided), actor: who.actor, reason: null, batch: null } }]);
  return decided;
}

async function decide(writer: StoreWriter, platform: Platform, caller: Caller, id: string, status: 'approved' | 'dismissed', request: DecideReviewRequest): Promise<Review> {
  const review = await find(writer, caller, id);
  if (review.status === status) return reviewView(review);
  if (review.status !== 'pending') throw new Problem('conflict', `The review was ${review.status} already. Add or remove the opt-out itself instead.`);
  const who = { workspaceId: caller.workspace.id, actor: caller.actor, decidedBy: caller.actor };
  return reviewView(await decideReview(writer, platform, who, review, status, request.note || null));
}

/** It is an opt-out. */
export const approveReview = (writer: StoreWriter, platform: Platform, caller: Caller, id: string, request: DecideReviewRequest): Promise<Review> =>
  decide(writer, platform, caller, id, 'approved', request);

/** It is none: the hold is lifted. */
export const dismissReview = (writer: StoreWriter, platform: Platform, caller: Caller, id: string, request: DecideReviewRequest): Promise<Review> =>
  decide(writer, platform, caller, id, 'dismissed', request);

const reviewsAtOnce = 200;

/** Approves what nobody decided in time: when in doubt, nothing is sent. Answers whether more may be waiting. */
export async function closeDueReviews(store: Store, platform: Platform): Promise<boolean> {
  const due = await store.reviews.findDue(platform.clock(), reviewsAtOnce);
  if (due.length === 0) return false;
  await store.write(async (writer) => {
    for (const { workspaceId, review } of due) {
      // Read again: somebody may have decided it a moment ago.
      const now = await writer.reviews.find(workspaceId, review.id);
      if (now?.status === 'pending') await decideReview(writer, platform, { workspaceId, actor: 'job:reviews', decidedBy: 'job:reviews' }, now, 'approved', null);
    }
  });
  return due.length === reviewsAtOnce;
}
