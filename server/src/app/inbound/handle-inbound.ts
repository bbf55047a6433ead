import type { AddResult } from '@quietlist/contract/entry';
import type { InboundRequest, InboundResponse } from '@quietlist/contract/inbound';
import { limits } from '@quietlist/contract/limits';
import { idText } from '../../domain/id-text.ts';
import type { Intent, RuleBook } from '../../domain/rule-book.ts';
import type { Caller, Platform } from '../context.ts';
import { findHolding } from '../find-holding.ts';
import type { ReviewRecord, StoreWriter } from '../ports.ts';
import { loadReferences } from '../references.ts';
import { decideReview } from '../reviews.ts';
import { ruleBookOf } from '../rule-books.ts';
import { TakenBack } from '../taken-back.ts';
import { block, optIn, optOut, type Acting } from './acts.ts';
import { answerOf, type Done } from './answer.ts';
import { readInbound, type Inbound } from './message.ts';
import { confirmationOf, replyOnce, tellingOf } from './reply.ts';
import { holdForReview } from './suspicion.ts';

const added = (results: readonly AddResult[]): Done => ({
  entries: results.flatMap(({ entries }) => entries),
  unverified: results.some(({ unverified }) => unverified === true),
});

/** Whether the blacklist keeps this person from writing to us (A1). */
async function isBlocked({ writer, caller, inbound }: Acting): Promise<boolean> {
  const scope = { channel: inbound.request.channel, sender: inbound.sender, purpose: 'marketing', direction: 'inbound', lists: null, listMatching: 'any' } as const;
  const [held] = await findHolding(writer, caller.workspace, [inbound.person], scope, { at: inbound.now, fromHistory: false });
  return held?.some(({ entry }) => entry.kind === 'block') ?? false;
}

/** What waits for a decision about this person is decided by their own clear word; a hold is lifted only by a word that came after it. */
async function decidePending({ writer, platform, caller, inbound }: Acting, status: 'approved' | 'dismissed'): Promise<void> {
  const workspaceId = caller.workspace.id;
  for (const review of await writer.reviews.pendingOf(workspaceId, inbound.keys[0])) {
    if (status === 'dismissed' && review.createdAt > inbound.at) continue;
    await decideReview(writer, platform, { workspaceId, actor: caller.actor, decidedBy: 'recipient' }, review, status, null);
  }
}

async function optedOut(acting: Acting, intent: Intent, book: RuleBook): Promise<InboundResponse> {
  const { writer, caller, inbound } = acting;
  const done = added(await optOut(acting, intent));
  await decidePending(acting, 'approved');
  const reply = await replyOnce(writer, caller.workspace.id, inbound, confirmationOf(book, intent.reply, intent.lists), intent.lists);
  return answerOf('opted_out', intent, { ...done, reply });
}

async function suspected(acting: Acting, intent: Intent, book: RuleBook): Promise<InboundResponse> {
  const policy = acting.caller.workspace.settings.uncertainMessages;
  if (policy === 'ignore') return answerOf('none', intent);
  if (policy === 'opt_out') return optedOut(acting, intent, book);
  const { review, entries, reply } = await holdForReview(acting, intent, policy === 'confirm');
  if (!review) return answerOf('opted_out', intent, { entries });
  return answerOf(review.isConfirmationAsked ? 'confirm' : 'review', intent, { entries, reply, review: idText('rev', review.id) });
}

/** The question that a YES or NO answers: asked of this person, on this channel, within a day. */
async function questionOf({ writer, caller, inbound }: Acting): Promise<ReviewRecord | undefined> {
  const pending = await writer.reviews.pendingOf(caller.workspace.id, inbound.keys[0]);
  return pending.find((review) => review.isConfirmationAsked && review.channel === inbound.request.channel && review.createdAt >= inbound.now - limits.confirmationMs);
}

async function answered(acting: Acting, intent: Intent, book: RuleBook): Promise<InboundResponse> {
  const question = await questionOf(acting);
  if (!question) return answerOf('none', intent);
  const meant: Intent = { ...intent, lists: question.lists };
  if (intent.want === 'yes') return optedOut(acting, meant, book);
  await decidePending(acting, 'dismissed');
  return answerOf('opted_in', meant, { entries: question.entries.map((id) => idText('ent', id)) });
}

async function act(acting: Acting, intent: Intent, book: RuleBook): Promise<InboundResponse> {
  const { writer, caller, inbound } = acting;
  if (await isBlocked(acting)) {
    // Held by the block today; the opt-out is kept for the day on which the block is lifted.
    return answerOf('blocked', intent, intent.want === 'opt_out' ? added(await optOut(acting, intent)) : {});
  }
  switch (intent.want) {
    case 'opt_out':
      return optedOut(acting, intent, book);
    case 'suspected_opt_out':
      return suspected(acting, intent, book);
    case 'yes':
    case 'no':
      return answered(acting, intent, book);
    case 'block': {
      const done = added(await block(acting, intent));
      // Nobody can be blocked under an address that cannot be read; they are held as far as they can be.
      if (done.entries?.length === 0) return optedOut(acting, { ...intent, lists: [] }, book);
      return answerOf('blacklisted', intent, { ...done, reply: await replyOnce(writer, caller.workspace.id, inbound, tellingOf(intent.reply), []) });
    }
    case 'opt_in': {
      const entries = await optIn(acting, intent);
      await decidePending(acting, 'dismissed');
      return answerOf('opted_in', intent, { entries, reply: await replyOnce(writer, caller.workspace.id, inbound, tellingOf(intent.reply), []) });
    }
    case 'help':
      return answerOf('help', intent, { reply: await replyOnce(writer, caller.workspace.id, inbound, tellingOf(intent.reply), []) });
    case 'reaction':
      return answerOf('ignored', intent);
    case 'none':
      return answerOf('none', intent);
  }
}

/** The message as it is kept: without its text where the workspace keeps none. */
async function keep({ writer, platform, caller, inbound }: Acting, answer: InboundResponse): Promise<void> {
  const { request, keys, at } = inbound;
  await writer.messages.insert(caller.workspace.id, {
    id: platform.ids.next(),
    key: keys[0],
    channel: request.channel,
    messageId: request.messageId ?? null,
    at,
    request: caller.workspace.settings.messageDays > 0 ? request : null,
    answer,
  });
}

/**
 * Handles one inbound message (DESIGN §2.3): the blacklist first, then a tapped button, then the text. A message that came before
 * answers what it answered then. Runs inside the caller's transaction; a dry run goes the whole way and is taken back.
 */
export async function handleInbound(writer: StoreWriter, platform: Platform, caller: Caller, request: InboundRequest): Promise<InboundResponse> {
  const workspaceId = caller.workspace.id;
  const references = await loadReferences(writer.directory, workspaceId);
  const inbound: Inbound = readInbound(request, caller, references, platform.clock());
  if (request.messageId !== undefined) {
    const seen = await writer.messages.findMessage(workspaceId, inbound.keys[0], request.channel, request.messageId);
    if (seen) return { ...seen.answer, reply: null, wasSeen: true, dryRun: request.dryRun ?? false };
  }
  const book = await ruleBookOf(writer, platform, workspaceId);
  const intent = book.read({ text: request.text ?? null, button: request.button ?? null, channel: request.channel, inFlow: request.inFlow ?? false });
  const acting: Acting = { writer, platform, caller, inbound };
  const done = await act(acting, intent, book);
  // Whoever cannot be told from others may be somebody who is blocked: callers must not take the message for an ordinary one.
  const answer = { ...done, unverified: done.unverified || inbound.person.addresses.length === 0 };
  // What it would have made does not exist.
  if (request.dryRun) throw new TakenBack({ ...answer, entries: [], review: null, dryRun: true } satisfies InboundResponse);
  await keep(acting, answer);
  return answer;
}
