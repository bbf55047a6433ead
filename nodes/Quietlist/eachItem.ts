import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { RepeatOptions } from '@quietlist/client/types';
import { errorItem, toNodeError } from './errors.ts';
import type { Run } from './run.ts';

/** The course of every operation that asks once an item: one after the other, each with its rows as items of their own that are paired with it. */
export const eachItem = async (run: Run, rowsOf: (itemIndex: number) => Promise<IDataObject[]>): Promise<INodeExecutionData[][]> => {
  const output: INodeExecutionData[] = [];
  for (const itemIndex of run.items.keys()) {
    try {
      for (const json of await rowsOf(itemIndex)) output.push({ json, pairedItem: { item: itemIndex } });
    } catch (error) {
      if (!run.context.continueOnFail()) throw toNodeError(run.node, error, itemIndex);
      output.push(errorItem(error, itemIndex));
    }
  }
  return [output];
};

/** The identity of the write of one item, or of one part of it: the same when n8n runs the node again. */
export const repeatOptions = (run: Run, ...place: number[]): RepeatOptions => (run.operationId === undefined ? {} : { operationId: [run.operationId, ...place].join(':') });
