import type { CheckRequest, CheckResponse, Decision, Recipient } from '@quietlist/contract/check';
import { clear, suppressed, unreadable, type Verdict } from '../domain/decision.ts';
import type { Names } from '../domain/explanation.ts';
import { instantOf, instantText } from '../domain/instant.ts';
import type { CheckScope } from '../domain/match.ts';
import { personReader } from '../domain/person.ts';
import { askScreen } from './ask-screen.ts';
import type { Caller } from './context.ts';
import { findHolding } from './find-holding.ts';
import type { Clock, StoreReader } from './ports.ts';
import { Problem } from './problem.ts';
import { readRecipients, type Screen } from './read-recipients.ts';
import { readingOptionsOf } from './reading-options.ts';
import { loadReferences, type References } from './references.ts';

const refOf = (recipient: Recipient): { ref?: string } =>
  typeof recipient === 'object' && 'ref' in recipient && recipient.ref !== undefined ? { ref: recipient.ref } : {};

const noNames: Names = { lists: new Map(), senders: new Map() };

/** The instant asked about: now, or the past one. A future one is refused: nobody knows what will have been added by then. */
function instantAsked(asOf: string | undefined, now: number): number {
  if (asOf === undefined) return now;
  const instant = instantOf(asOf);
  if (instant === null || instant > now) {
    throw new Problem('invalid-request', 'asOf must be an instant in the past.', [{ pointer: '/asOf', message: 'Not a past instant.' }]);
  }
  return instant;
}

async function scopeOf(load: () => Promise<References>, caller: Caller, request: CheckRequest): Promise<CheckScope> {
  const references = request.sender || request.lists?.length ? await load() : null;
  const sender = references && request.sender ? references.sender(request.sender, '/sender') : null;
  if (sender && request.channel && sender.channel !== request.channel) {
    throw new Problem('unknown-sender', 'The sender belongs to another channel than the one asked about.', [{ pointer: '/sender', message: 'Not a sender of this channel.' }]);
  }
  const lists = references && request.lists?.map((list, index) => references.list(list, `/lists/${index}`));
  return {
    channel: request.channel ?? null,
    sender: sender?.id ?? null,
    purpose: request.purpose ?? 'marketing',
    direction: request.direction ?? 'outbound',
    lists: lists ? new Set(lists) : null,
    listMatching: caller.workspace.settings.listMatching,
  };
}

/** What can rule out recipients: what the store knows by itself, or else what it answers when asked about all of them at once. */
async function screenOf(reader: StoreReader, workspaceId: number, recipients: number): Promise<Screen | null> {
  const own = await reader.screen?.(workspaceId);
  return own ? { leading: own, isForPlainTextsOnly: false } : askScreen(reader, workspaceId, recipients);
}

/**
 * May these recipients be contacted? One decision each, in the order asked: suppress when any entry of any of the person's
 * addresses holds, unknown when an address could not be read, allow otherwise. Throws rather than guess.
 */
export async function check(reader: StoreReader, clock: Clock, caller: Caller, request: CheckRequest): Promise<CheckResponse> {
  const now = clock();
  const at = instantAsked(request.asOf, now);
  // The lists and senders are read only when the request names one, or an answer must.
  const load = () => loadReferences(reader.directory, caller.workspace.id);
  const scope = await scopeOf(load, caller, request);
  const { settings, id: workspaceId } = caller.workspace;
  const read = personReader(readingOptionsOf(settings, request.addressOptions, scope.channel));
  const fromHistory = request.asOf !== undefined;
  // What the store holds now says nothing of what it held then.
  const screen = fromHistory ? null : await screenOf(reader, workspaceId, request.recipients.length);
  const candidates = await readRecipients(request.recipients, read, screen, settings.mailboxMatching);
  const [held, references] = await Promise.all([
    findHolding(reader, caller.workspace, candidates.map(({ person }) => person), scope, { at, fromHistory }),
    // Whoever a screen has left is most likely held, and the answer then names the lists.
    screen && candidates.length > 0 ? load() : null,
  ]);
  const names = held.some((one) => one !== undefined) ? (references ?? (await load())).names : noNames;

  const total = request.recipients.length;
  const counts = { total, allow: total - candidates.length, suppress: 0, unknown: 0 };
  const verdicts = new Map<number, Verdict>();
  candidates.forEach(({ index, person }, place) => {
    const holding = held[place];
    const problem = person.unreadable[0];
    const verdict = holding ? suppressed(holding, names) : problem ? unreadable(problem.code) : clear;
    counts[verdict.decision] += 1;
    if (verdict !== clear) verdicts.set(index, verdict);
  });
  const decisionOf = (index: number): Decision => ({ index, ...refOf(request.recipients[index] as Recipient), ...(verdicts.get(index) ?? clear) });
  const shown = request.view === 'held' ? verdicts.keys() : request.recipients.keys();
  const decisions = Array.from(shown, decisionOf);
  return {
    view: request.view ?? 'all',
    decisions,
    counts,
    evaluated: {
      channel: scope.channel,
      sender: scope.sender,
      purpose: scope.purpose,
      direction: scope.direction,
      lists: scope.lists ? [...scope.lists] : null,
      asOf: request.asOf ?? null,
    },
    checkedAt: instantText(now),
  };
}
