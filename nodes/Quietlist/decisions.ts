import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { CheckDecision } from '@quietlist/client/types';
import { applyUnknownPolicy, type PolicyDecision, type UnknownPolicy } from '@quietlist/client/unknown-policy';
import { errorItem, toNodeError } from './errors.ts';
import { resultItem } from './outputs.ts';
import { optionsOf } from './parameters.ts';
import type { Run } from './run.ts';

/**
 * Puts every item on its output. “Clear to Send” is reached in one place only, by `mayContact`; whatever could not be read or
 * answered is Suppressed.
 */
export const routeDecisions = (run: Run, decisionsOf: (itemIndex: number) => CheckDecision[], unread: Map<number, unknown>): INodeExecutionData[][] => {
  const policy = policyOf(run.read('onUnknown', 0));
  const annotateOnly = optionsOf(run, 0).annotateOnly === true;
  const all: INodeExecutionData[] = [];
  const suppressed: INodeExecutionData[] = [];
  const clear: INodeExecutionData[] = [];
  const put = (item: INodeExecutionData, mayContact: boolean): void => {
    all.push(item);
    (mayContact ? clear : suppressed).push(item);
  };
  const unanswered: PolicyDecision[] = [];
  let last: Judged | undefined;
  for (let itemIndex = 0; itemIndex < run.items.length; itemIndex += 1) {
    const item = run.items[itemIndex]!;
    try {
      if (unread.has(itemIndex)) throw unread.get(itemIndex);
      const given = strictest(decisionsOf(itemIndex));
      // Nearly all items share one decision, which is judged once.
      if (last?.given !== given) last = judge(given, policy);
      const { decision } = last;
      if (decision.decision === 'unknown') unanswered.push(decision);
      put(resultItem(item, itemIndex, { mayContact: decision.mayContact, quietlist: dataOf(last) }, run.asTool), decision.mayContact);
    } catch (error) {
      if (!run.context.continueOnFail()) throw toNodeError(run.node, error, itemIndex);
      put(errorItem(error, itemIndex), false);
    }
  }
  hint(run, unanswered);
  return run.asTool || annotateOnly ? [all] : [suppressed, clear];
};

const policyOf = (value: unknown): UnknownPolicy => (value === 'allow' || value === 'error' ? value : 'suppress');

const strictness: Array<CheckDecision['decision']> = ['suppress', 'unknown', 'allow'];

/** Of several contacts of one item the strictest decision holds; the entries that held any of them are all named. */
const strictest = (decisions: CheckDecision[]): CheckDecision => {
  if (decisions.length === 1) return decisions[0]!;
  const [first] = [...decisions].sort((a, b) => strictness.indexOf(a.decision) - strictness.indexOf(b.decision));
  return { ...first!, matched: decisions.flatMap(({ matched }) => matched) };
};

/** A decision under the policy of the node, and what a flow is told of it. */
interface Judged {
  given: CheckDecision;
  decision: PolicyDecision;
  told: Omit<CheckDecision, 'error'>;
}

const judge = (given: CheckDecision, policy: UnknownPolicy): Judged => {
  const decision = applyUnknownPolicy(given, policy);
  const { error: _, overridden, ...told } = decision;
  return { given, decision, told: { ...told, ...(overridden ? { overridden } : {}) } };
};

/** What is told is shared, and its list may be frozen: in a flow each item has its own. */
const dataOf = ({ told }: Judged): IDataObject => ({ ...told, matched: [...told.matched] }) as unknown as IDataObject;

/** Says above the output how many items got no answer and what became of them. */
const hint = (run: Run, unanswered: PolicyDecision[]): void => {
  const sent = unanswered.filter(({ overridden }) => overridden);
  const held = unanswered.filter(({ overridden }) => !overridden);
  for (const [decisions, fate] of [[sent, 'sent anyway (unsafe)'], [held, 'held back']] as const) {
    if (decisions.length === 0) continue;
    run.context.addExecutionHints({
      message: `${decisions.length} of ${run.items.length} items could not be checked and were ${fate}: ${decisions[0]!.explanation}`,
      type: 'warning',
      location: 'outputPane',
    });
  }
};
