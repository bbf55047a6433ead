import type { AddEntriesRequest, RemoveEntriesRequest } from '@quietlist/contract/entry';
import { isAddEntriesResponse, isRemoveEntriesResponse } from '@quietlist/contract/validators';
import type { AddOutcome, RemoveOutcome } from './types.ts';

/** The outcome of every item sent, in their order; or what is wrong with the answer: then nothing counts as acknowledged. */
export type WriteReading<Outcome> = { outcomes: Outcome[] } | { flaw: string };

interface Result {
  index: number;
  outcome: string;
  entries: string[];
}

export const readAddAnswer = (body: unknown, request: AddEntriesRequest): WriteReading<AddOutcome> => {
  if (!isAddEntriesResponse(body)) return { flaw: 'it does not have the shape of an add' };
  if (request.batch !== undefined && body.batch !== request.batch) return { flaw: 'it answers another batch than sent' };
  return inOrder(body.results, body.counts, request.entries.length);
};

export const readRemoveAnswer = (body: unknown, request: RemoveEntriesRequest): WriteReading<RemoveOutcome> => {
  if (!isRemoveEntriesResponse(body)) return { flaw: 'it does not have the shape of a removal' };
  if (request.batch !== undefined && body.batch !== request.batch) return { flaw: 'it answers another batch than sent' };
  if (body.dryRun !== (request.dryRun ?? false)) return { flaw: 'it mixes up a dry run and a removal' };
  return inOrder(body.results, body.counts, request.addresses?.length ?? 0);
};

const inOrder = <R extends Result>(results: R[], counts: Record<string, number>, sent: number): WriteReading<Omit<R, 'index'>> => {
  const outcomes = new Array<Omit<R, 'index'> | undefined>(sent).fill(undefined);
  const tally: Record<string, number> = {};
  for (const { index, ...outcome } of results) {
    if (index >= sent || outcomes[index]) return { flaw: 'it does not answer each item once' };
    if (held.has(outcome.outcome) && outcome.entries.length === 0) return { flaw: 'it names no entry for what it says it wrote' };
    outcomes[index] = outcome;
    tally[outcome.outcome] = (tally[outcome.outcome] ?? 0) + 1;
  }
  if (results.length !== sent) return { flaw: 'it does not answer each item once' };
  if (Object.entries(counts).some(([outcome, count]) => count !== (tally[outcome] ?? 0))) return { flaw: 'its counts do not add up' };
  return { outcomes: outcomes as Array<Omit<R, 'index'>> };
};

/** Outcomes that promise an entry in force. */
const held = new Set(['added', 'unchanged', 'widened']);
