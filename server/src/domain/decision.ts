import { addressProblems, type AddressProblemCode } from '@quietlist/contract/address-problems';
import type { Decision, Match } from '@quietlist/contract/check';
import { decisionLabels, unreadableLabel } from '@quietlist/contract/decision-codes';
import type { Entry } from './entry.ts';
import { explain, type Names } from './explanation.ts';
import { instantText } from './instant.ts';
import { idText } from './id-text.ts';

export type MatchedBy = Match['matchedBy'];

/** An entry that holds a recipient, and by which of its addresses. */
export interface Held {
  entry: Entry;
  matchedBy: MatchedBy;
}

/** A decision, but for whose it is. */
export type Verdict = Omit<Decision, 'index' | 'ref'>;

/** The answer for everybody whom nothing holds. */
export const clear: Verdict = {
  decision: 'allow',
  mayContact: true,
  code: 'clear',
  label: decisionLabels.clear,
  explanation: 'Nothing holds this recipient.',
  matched: [],
};

/** The answer for an address that could not be read: nobody can say who it is, so it is not sent to. */
export const unreadable = (code: AddressProblemCode): Verdict => ({
  decision: 'unknown',
  mayContact: false,
  code,
  label: unreadableLabel,
  explanation: addressProblems[code],
  matched: [],
});

const matchOf = ({ entry, matchedBy }: Held, names: Names): Match => ({
  entry: idText('ent', entry.id),
  kind: entry.kind,
  channel: entry.channel,
  sender: entry.sender,
  list: entry.list,
  listName: entry.list === null ? null : (names.lists.get(entry.list) ?? null),
  purpose: entry.purpose,
  direction: entry.direction,
  reason: entry.reason,
  source: entry.source,
  by: entry.by,
  createdAt: instantText(entry.createdAt),
  expiresAt: entry.expiresAt === null ? null : instantText(entry.expiresAt),
  matchedBy,
});

/** Blocks first, then the oldest: the entry that names the decision. */
const byWeight = (a: Held, b: Held): number =>
  a.entry.kind === b.entry.kind ? a.entry.createdAt - b.entry.createdAt || a.entry.id - b.entry.id : a.entry.kind === 'block' ? -1 : 1;

/** The answer for a recipient whom at least one entry holds. */
export function suppressed(held: readonly Held[], names: Names): Verdict {
  const sorted = [...held].sort(byWeight);
  const first = sorted[0];
  if (first === undefined) throw new Error('Nothing holds: this is not a suppressed recipient.');
  const code = first.entry.kind === 'block' ? 'blacklisted' : 'optout_number';
  return {
    decision: 'suppress',
    mayContact: false,
    code,
    label: decisionLabels[code],
    explanation: explain(first.entry, names),
    matched: sorted.map((one) => matchOf(one, names)),
  };
}
