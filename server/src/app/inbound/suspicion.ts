import type { InboundReply } from '@quietlist/contract/inbound';
import { defaultListId } from '@quietlist/contract/vocabulary';
import { confirmationQuestion } from '../../domain/confirmation-question.ts';
import { idOf, idText } from '../../domain/id-text.ts';
import { keptMessageText } from '../../domain/message-text.ts';
import type { Intent } from '../../domain/rule-book.ts';
import { announce } from '../announce.ts';
import type { ReviewRecord } from '../ports.ts';
import { reviewView } from '../reviews.ts';
import { optOut, type Acting } from './acts.ts';
import { replyOnce } from './reply.ts';

const dayMs = 24 * 60 * 60 * 1000;
const reviewTextLength = 4_000;

export interface Suspected {
  review: ReviewRecord | null;
  entries: string[];
  reply: InboundReply | null;
}

/**
 * Holds somebody who may have opted out, and puts the message before a person; with `ask`, asks the sender, too. Whoever is opted out
 * already, or waits for a decision already, is not put there twice.
 */
export async function holdForReview(acting: Acting, intent: Intent, ask: boolean): Promise<Suspected> {
  const { writer, platform, caller, inbound } = acting;
  const workspaceId = caller.workspace.id;
  const [pending] = await writer.reviews.pendingOf(workspaceId, inbound.keys[0]);
  const id = pending?.id ?? platform.ids.next();
  const results = await optOut(acting, intent, { review: idText('rev', id) });
  const entries = results.flatMap((result) => result.entries);
  if (pending) return { review: pending, entries, reply: null };
  const numbers = entries.flatMap((entry) => idOf('ent', entry) ?? []);
  const held = await writer.entries.findByIds(workspaceId, numbers);
  if (held.length > 0 && held.every(({ by }) => by === 'recipient')) return { review: null, entries, reply: null };

  const lists = intent.lists.length > 0 ? [...intent.lists] : [defaultListId];
  const question = ask ? confirmationQuestion(intent.language) : null;
  const reply = question && (await replyOnce(writer, workspaceId, inbound, { text: question.text, list: lists[0] ?? null }, lists));
  const review: ReviewRecord = {
    id,
    status: 'pending',
    key: inbound.keys[0],
    address: inbound.address,
    channel: inbound.request.channel,
    sender: inbound.sender,
    text: keptMessageText(inbound.request.text ?? inbound.request.button?.text ?? '', reviewTextLength),
    phrase: keptMessageText(intent.words, reviewTextLength),
    lists,
    entries: held.filter(({ by }) => by === 'system').map((entry) => entry.id),
    isConfirmationAsked: reply !== null,
    createdAt: inbound.now,
    dueAt: inbound.now + caller.workspace.settings.reviewDays * dayMs,
    decidedAt: null,
    decidedBy: null,
    note: null,
  };
  await writer.reviews.put(workspaceId, review);
  await announce(writer, platform, workspaceId, [{ type: 'review.needed', data: { review: reviewView(review), actor: caller.actor, reason: null, batch: null } }]);
  return { review, entries, reply };
}
