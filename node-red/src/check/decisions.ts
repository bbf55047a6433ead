import type { NodeAPI } from 'node-red';
import { QuietlistError } from '@quietlist/client/errors';
import type { CheckDecision, Person } from '@quietlist/client/types';
import { applyUnknownPolicy, type PolicyDecision, type UnknownPolicy } from '@quietlist/client/unknown-policy';

/** The answer for one contact on one channel. */
export interface Checked extends CheckDecision {
  contact: Person | null;
  channel: string | null;
}

/** What is done with a message: its decision, and the error that it stops with. */
export interface Decided {
  decision: PolicyDecision;
  stop: Error | null;
}

/** For a message that could not be asked about: the node is not set up, or a field cannot be read. */
export const notAsked = (RED: NodeAPI, problem: Error): CheckDecision => ({
  decision: 'unknown',
  mayContact: false,
  code: problem instanceof QuietlistError ? problem.code : 'internal',
  label: RED._('decision.not_checked'),
  explanation: problem.message,
  matched: [],
  evaluated: null,
  checkedAt: null,
  ...(problem instanceof QuietlistError ? { error: problem } : {}),
});

/** How much a decision holds: one suppressed contact holds the message, then one that nobody can answer for. */
const weight = (decision: CheckDecision): number => {
  if (decision.decision === 'suppress') return 3;
  if (decision.decision === 'allow' && decision.mayContact) return 0;
  return decision.code === 'missing_contact' ? 2 : 1;
};

/** One decision for a message with several contacts or channels (A5): any hit suppresses. */
export const summary = (checked: Checked[]): CheckDecision => {
  const heaviest = checked.reduce<Checked | null>((held, next) => (held === null || weight(next) > weight(held) ? next : held), null);
  if (heaviest === null) throw new RangeError('A message without a decision');
  const { contact: _contact, channel: _channel, ...decision } = heaviest;
  return { ...decision, matched: checked.flatMap(({ matched }) => matched) };
};

/** The policy for `unknown`, where stopping is an answer, too. */
export const decide = (decision: CheckDecision, policy: UnknownPolicy): Decided => {
  try {
    return { decision: applyUnknownPolicy(decision, policy), stop: null };
  } catch (error) {
    return { decision: applyUnknownPolicy(decision, 'suppress'), stop: error as Error };
  }
};
