import type { AddressInput } from '@quietlist/contract/address';
import type { CheckRequest, CheckResponse, Decision, Recipient } from '@quietlist/contract/check';
import { clear, suppressed, unreadable } from '../domain/decision.ts';
import type { Names } from '../domain/explanation.ts';
import { instantOf, instantText } from '../domain/instant.ts';
import type { CheckScope } from '../domain/match.ts';
import { personReader, type Person } from '../domain/person.ts';
import type { Caller } from './context.ts';
import { findHolding } from './find-holding.ts';
import type { Clock, StoreReader } from './ports.ts';
import { Problem } from './problem.ts';
import { readingOptionsOf } from './reading-options.ts';
import { loadReferences, type References } from './references.ts';

/** The addresses of one recipient, in whichever of the three shapes they came. */
function addressesOf(recipient: Recipient): readonly AddressInput[] {
  if (typeof recipient === 'object') {
    if ('addresses' in recipient) return recipient.addresses;
    if ('address' in recipient) return [recipient.address];
  }
  return [recipient];
}

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
  const read = personReader(readingOptionsOf(caller.workspace.settings, request.addressOptions, scope.channel));
  const people: Person[] = request.recipients.map((recipient) => read(addressesOf(recipient)));
  const held = await findHolding(reader, caller.workspace, people, scope, { at, fromHistory: request.asOf !== undefined });

  const names = held.some((one) => one !== undefined) ? (await load()).names : noNames;

  const counts = { total: people.length, allow: 0, suppress: 0, unknown: 0 };
  const decisions: Decision[] = [];
  people.forEach((person, index) => {
    const holding = held[index];
    const problem = person.unreadable[0];
    const verdict = holding ? suppressed(holding, names) : problem ? unreadable(problem.code) : clear;
    counts[verdict.decision] += 1;
    if (request.view === 'held' && verdict.decision === 'allow') return;
    decisions.push({ index, ...refOf(request.recipients[index] as Recipient), ...verdict });
  });
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
