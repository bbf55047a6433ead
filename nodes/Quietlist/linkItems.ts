import type { INodeExecutionData } from 'n8n-workflow';
import { groupByOptions } from '@quietlist/client/group';
import type { LinkItem, LinkOptions, LinkOutcome } from '@quietlist/client/types';
import { errorItem, toNodeError } from './errors.ts';
import { resultItem } from './outputs.ts';
import type { Run } from './run.ts';

/** The link that an item asks for, and in which request it may travel. */
export interface LinkOrder {
  scope: LinkOptions;
  link: LinkItem;
}

/**
 * One link an item; 10,000 are one request. An item without a link keeps nothing but the reason, whatever the error mode: passed on with its
 * data, its message would go out without a way to unsubscribe.
 */
export const linkItems = async (run: Run, orderOf: (itemIndex: number) => LinkOrder): Promise<INodeExecutionData[][]> => {
  const errors = new Map<number, unknown>();
  const orders: Array<LinkOrder & { itemIndex: number }> = [];
  for (const itemIndex of run.items.keys()) {
    try {
      orders.push({ ...orderOf(itemIndex), itemIndex });
    } catch (error) {
      if (!run.context.continueOnFail()) throw toNodeError(run.node, error, itemIndex);
      errors.set(itemIndex, error);
    }
  }
  const links = new Map<number, LinkOutcome>();
  for (const { options, items } of groupByOptions(orders, ({ scope }) => scope)) {
    try {
      const outcomes = await run.client.createUnsubscribeLinks(items.map(({ link }) => link), options);
      items.forEach(({ itemIndex }, index) => links.set(itemIndex, outcomes[index]!));
    } catch (error) {
      if (!run.context.continueOnFail()) throw toNodeError(run.node, error, items[0]!.itemIndex);
      for (const { itemIndex } of items) errors.set(itemIndex, error);
    }
  }
  const output = run.items.map((item, itemIndex) => {
    const { url = null, headers = null, message } = links.get(itemIndex) ?? {};
    if (url === null || headers === null) return errorItem(errors.get(itemIndex) ?? new Error(message ?? 'No link was made.'), itemIndex);
    const unsubscribe = { url, headers };
    return resultItem(item, itemIndex, run.asTool ? { quietlist: unsubscribe } : { unsubscribe }, run.asTool);
  });
  hint(run, [...links.values()].filter((link) => link.url === null));
  return [output];
};

const hint = (run: Run, missing: LinkOutcome[]): void => {
  if (missing.length === 0) return;
  run.context.addExecutionHints({ message: `${missing.length} of ${run.items.length} items got no link: ${missing[0]!.message}`, type: 'warning', location: 'outputPane' });
};
