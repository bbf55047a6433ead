import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { errorItem, toNodeError } from './errors.ts';
import type { Run } from './run.ts';

/** The course of every read: for each item its rows, as items of their own that are paired with it. */
export const readItems = async (run: Run, rowsOf: (itemIndex: number) => Promise<IDataObject[]>): Promise<INodeExecutionData[][]> => {
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
