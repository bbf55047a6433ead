import { limits } from '@quietlist/contract/limits';
import type { BackfillRuleRequest, PreviewRuleRequest, RuleBackfill, RulePreview } from '@quietlist/contract/rule';
import { instantText } from '../../domain/instant.ts';
import type { BookRule, Intent } from '../../domain/rule-book.ts';
import type { Caller, Platform } from '../context.ts';
import type { InboundRecord, RuleBody, StoreReader, StoreWriter } from '../ports.ts';
import { Problem } from '../problem.ts';
import { loadReferences } from '../references.ts';
import { requireReadableKeyword } from '../rules.ts';
import { TakenBack } from '../taken-back.ts';
import { block, optOut } from './acts.ts';
import { readInbound } from './message.ts';

interface Matched {
  message: InboundRecord;
  intent: Intent;
}

/** Recent messages that a rule matches, newest first. Those whose text was not kept match nothing. */
async function matchesOf(rule: BookRule, messages: readonly InboundRecord[]): Promise<Matched[]> {
  const { RuleBook } = await import('../../domain/rule-book.ts');
  const book = new RuleBook([rule], []);
  return messages.flatMap((message) => {
    const { request } = message;
    if (!request) return [];
    const intent = book.read({ text: request.text ?? null, button: request.button ?? null, channel: request.channel, inFlow: request.inFlow ?? false });
    return intent.rule === rule.id ? [{ message, intent }] : [];
  });
}

/** Counts what a rule would have matched, had it been there already. Changes nothing. */
export async function previewRule(reader: StoreReader, caller: Caller, request: PreviewRuleRequest): Promise<RulePreview> {
  if (request.trigger === 'keyword') requireReadableKeyword(request.text, '/text');
  const messages = await reader.messages.recent(caller.workspace.id, limits.messagesExamined);
  const rule: BookRule = { id: 'preview', trigger: request.trigger, text: request.text, action: 'help', lists: [], channel: request.channel ?? null, reply: null };
  const matched = await matchesOf(rule, messages);
  const oldest = messages.at(-1);
  return {
    examined: messages.length,
    matched: matched.length,
    people: new Set(matched.map(({ message }) => message.key)).size,
    since: oldest ? instantText(oldest.at) : null,
  };
}

function requireSuppressing({ action }: RuleBody): void {
  if (action === 'opt_out' || action === 'block') return;
  throw new Problem('invalid-request', 'Only rules that opt out or block can be applied to messages of the past.', [{ pointer: 'id', message: 'Lifts or answers only.' }]);
}

/**
 * Applies a rule to recent messages, oldest first, as one batch. Whoever opted in again after a message is left alone: the later word
 * counts. Runs inside the caller's transaction.
 */
export async function backfillRule(writer: StoreWriter, platform: Platform, caller: Caller, id: string, request: BackfillRuleRequest): Promise<RuleBackfill> {
  const workspaceId = caller.workspace.id;
  const rule = await writer.records.find(workspaceId, 'rule', id);
  if (!rule) throw new Problem('not-found', 'There is no such rule.');
  requireSuppressing(rule.body);
  const messages = await writer.messages.recent(workspaceId, limits.messagesExamined);
  const optedInAt = new Map<string, number>();
  for (const { key, id: messageId, answer } of messages) if (answer.action === 'opted_in' && !optedInAt.has(key)) optedInAt.set(key, messageId);

  const references = await loadReferences(writer.directory, workspaceId);
  const matched = await matchesOf({ id, ...rule.body }, messages);
  const batch = `backfill_${id}_${platform.ids.next().toString(36)}`;
  let changed = 0;
  for (const { message, intent } of matched.toReversed()) {
    if (!message.request || message.id < (optedInAt.get(message.key) ?? 0)) continue;
    const inbound = readInbound(message.request, caller, references, platform.clock());
    const acting = { writer, platform, caller, inbound, batch };
    // The rule's own lists: the book that matched knows none.
    const meant = { ...intent, lists: rule.body.lists };
    const results = rule.body.action === 'block' ? await block(acting, meant) : await optOut(acting, meant);
    changed += results.filter(({ outcome }) => outcome === 'added' || outcome === 'widened').length;
  }
  const answer: RuleBackfill = { examined: messages.length, matched: matched.length, changed, batch: changed > 0 ? batch : null, dryRun: false };
  if (request.dryRun) throw new TakenBack({ ...answer, batch: null, dryRun: true } satisfies RuleBackfill);
  return answer;
}
