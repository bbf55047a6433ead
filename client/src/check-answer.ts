import type { CheckRequest, CheckResponse, Evaluated } from '@quietlist/contract/check';
import { decisionLabels } from '@quietlist/contract/decision-codes';
import { defaultListId } from '@quietlist/contract/vocabulary';
import { isCheckResponse } from '@quietlist/contract/validators';
import type { CheckDecision } from './types.ts';

/** A decision for every recipient asked, in their order; or what is wrong with the answer, and then none of it counts. */
export type CheckReading = { decisions: CheckDecision[] } | { flaw: string };

/**
 * Reads the answer to a check with view "held", where whoever is not named is allowed. So every part must fit before anybody is: the shape,
 * the scope (an answer to another question), the number asked, the counts, and each index once.
 */
export const readCheckAnswer = (body: unknown, request: CheckRequest): CheckReading => {
  if (!isCheckResponse(body)) return { flaw: 'it does not have the shape of a check' };
  if (body.view !== 'held') return { flaw: 'it is of another view than asked' };
  if (!answersScope(body.evaluated, request)) return { flaw: 'it answers another question than asked' };
  const flaw = flawOfCounts(body, request.recipients.length);
  if (flaw) return { flaw };

  const { evaluated, checkedAt } = body;
  const clear = clearDecision(evaluated, checkedAt);
  const decisions = new Array<CheckDecision>(request.recipients.length).fill(clear);
  for (const decision of body.decisions) {
    if (decision.decision === 'allow' || decision.mayContact) return { flaw: 'it names somebody allowed among the held' };
    if (decision.index >= decisions.length) return { flaw: 'it decides about somebody who was not asked' };
    if (decisions[decision.index] !== clear) return { flaw: 'it decides twice about the same contact' };
    const { index, ref: _ref, ...rest } = decision;
    decisions[index] = { ...rest, evaluated, checkedAt };
  }
  return { decisions };
};

/** The one decision of everybody whom nothing holds: frozen, because 10,000 people share it. */
const clearDecision = (evaluated: Evaluated, checkedAt: string): CheckDecision =>
  Object.freeze({
    decision: 'allow',
    mayContact: true,
    code: 'clear',
    label: decisionLabels.clear,
    explanation: 'No block and no opt-out holds this contact here.',
    matched: Object.freeze([]) as unknown as CheckDecision['matched'],
    evaluated,
    checkedAt,
  });

const flawOfCounts = ({ counts, decisions }: CheckResponse, asked: number): string | undefined => {
  const suppressed = decisions.filter(({ decision }) => decision === 'suppress').length;
  const unknown = decisions.filter(({ decision }) => decision === 'unknown').length;
  const agrees =
    counts.total === asked && counts.suppress === suppressed && counts.unknown === unknown &&
    decisions.length === suppressed + unknown && counts.allow === asked - decisions.length;
  return agrees ? undefined : 'its counts do not add up';
};

/** A list or a sender asked by name is answered by id, so of those only their number is compared. */
const answersScope = (evaluated: Evaluated, asked: CheckRequest): boolean =>
  evaluated.channel === (asked.channel ?? null) &&
  answersReferences(evaluated.sender === null ? [] : [evaluated.sender], asked.sender ? [asked.sender] : []) &&
  evaluated.purpose === (asked.purpose ?? 'marketing') &&
  evaluated.direction === (asked.direction ?? 'outbound') &&
  answersReferences(evaluated.lists ?? [], asked.lists ?? []) &&
  answersInstant(evaluated.asOf, asked.asOf);

const isId = (reference: string): boolean => reference === defaultListId || /^(lst|snd)_/.test(reference);

const answersReferences = (evaluated: string[], asked: string[]): boolean =>
  (evaluated.length > 0) === (asked.length > 0) &&
  evaluated.length <= new Set(asked).size &&
  asked.every((reference) => !isId(reference) || evaluated.includes(reference));

const answersInstant = (evaluated: string | null, asked: string | undefined): boolean =>
  asked === undefined ? evaluated === null : evaluated !== null && Date.parse(evaluated) === Date.parse(asked);
