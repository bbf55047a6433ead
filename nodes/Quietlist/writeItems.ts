import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { QuietlistError } from '@quietlist/client/errors';
import { groupByOptions } from '@quietlist/client/group';
import type { AddOutcome, RemoveOutcome } from '@quietlist/client/types';
import { errorItem, toNodeError } from './errors.ts';
import { resultItem } from './outputs.ts';
import type { Run } from './run.ts';

type Outcome = AddOutcome | RemoveOutcome;

/** One write that an item asks for: in which request it may travel, what is sent, and what to call it in the result. */
export interface Order<Scope, Work> {
  scope: Scope;
  work: Work;
  about: IDataObject;
}

/** Sends the writes of one scope, in one request per 10,000, and answers one outcome each in their order. */
export type SendOrders<Scope, Work> = (scope: Scope, work: Work[], operation: { operationId?: string }) => Promise<Outcome[]>;

interface Slot {
  itemIndex: number;
  about: IDataObject;
  outcome?: Outcome;
  error?: unknown;
}

/**
 * The course of every write: all items are read before anything is sent; those that share a scope go together; each item gets
 * its own outcome or its own error. An item without orders (its checkbox is off) passes untouched.
 */
export const writeItems = async <Scope, Work>(
  run: Run,
  ordersOf: (itemIndex: number) => Array<Order<Scope, Work>>,
  send: SendOrders<Scope, Work>,
): Promise<INodeExecutionData[][]> => {
  const slots: Slot[][] = run.items.map(() => []);
  const unread = new Map<number, unknown>();
  const orders: Array<{ slot: Slot; scope: Scope; work: Work }> = [];
  for (const itemIndex of run.items.keys()) {
    try {
      for (const { scope, work, about } of ordersOf(itemIndex)) {
        const slot: Slot = { itemIndex, about };
        slots[itemIndex]!.push(slot);
        orders.push({ slot, scope, work });
      }
    } catch (error) {
      if (!run.context.continueOnFail()) throw toNodeError(run.node, error, itemIndex);
      unread.set(itemIndex, error);
    }
  }
  for (const [index, { options, items }] of groupByOptions(orders, ({ scope }) => scope).entries()) {
    const operation = run.operationId === undefined ? {} : { operationId: `${run.operationId}:${index}` };
    await sendGroup(run, items.map(({ slot }) => slot), () => send(options, items.map(({ work }) => work), operation));
  }
  return [run.items.map((item, itemIndex) => itemOf(run, item, itemIndex, slots[itemIndex]!, unread.get(itemIndex)))];
};

/** What was acknowledged before a request failed counts as done, also when the rest did not. */
const sendGroup = async (run: Run, slots: Slot[], send: () => Promise<Outcome[]>): Promise<void> => {
  try {
    (await send()).forEach((outcome, index) => (slots[index]!.outcome = outcome));
  } catch (error) {
    const completed = error instanceof QuietlistError ? error.completed : [];
    for (const { index, outcome } of completed) slots[index]!.outcome = outcome;
    const failed = slots.filter(({ outcome }) => outcome === undefined);
    if (!run.context.continueOnFail()) throw toNodeError(run.node, error, failed[0]?.itemIndex);
    for (const slot of failed) slot.error = error;
  }
};

const itemOf = (run: Run, item: INodeExecutionData, itemIndex: number, slots: Slot[], unread: unknown): INodeExecutionData => {
  const error = unread ?? slots.find((slot) => slot.error !== undefined)?.error;
  if (error !== undefined) return errorItem(error, itemIndex);
  if (slots.length === 0) return resultItem(item, itemIndex, { quietlist: { skipped: true } }, run.asTool);
  const summary = summaryOf(slots);
  // Who chose the error output wants to find there what was not done; in every other mode the outcome tells it.
  if (summary.outcome === 'invalid' && run.node.onError === 'continueErrorOutput') return errorItem(new Error(String(summary.message)), itemIndex);
  return resultItem(item, itemIndex, { quietlist: summary }, run.asTool);
};

/** The outcome that matters most speaks for the item: what was not done, then what changed. */
const precedence: Array<Outcome['outcome']> = ['invalid', 'added', 'removed', 'widened', 'unchanged', 'absent'];

const summaryOf = (slots: Slot[]): IDataObject => {
  const results = slots.map(({ about, outcome }) => ({ ...about, ...outcome }) as IDataObject & Outcome);
  const [first] = [...results].sort((a, b) => precedence.indexOf(a.outcome) - precedence.indexOf(b.outcome));
  return {
    outcome: first!.outcome,
    entries: results.flatMap(({ entries }) => entries),
    ...(first!.code === undefined ? {} : { code: first!.code, message: first!.message }),
    ...(results.some((result) => 'unverified' in result && result.unverified) ? { unverified: true } : {}),
    ...('remaining' in first! ? { remaining: results.reduce((sum, result) => sum + Number((result as RemoveOutcome).remaining), 0) } : {}),
    results,
  };
};
