import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import type { QuietlistClient } from '@quietlist/client/client';
import { clientForRun } from './client.ts';
import { isToolRun } from './outputs.ts';
import { parameterReader, type ReadParameter } from './parameterReader.ts';

/** One run of the node: what every operation needs. */
export interface Run {
  context: IExecuteFunctions;
  node: INode;
  items: INodeExecutionData[];
  read: ReadParameter;
  client: QuietlistClient;
  asTool: boolean;
  /**
   * What makes the writes of this run safe to repeat: n8n runs the whole node again after a failure, and then execution, node and run are
   * the same. Undefined in a run without an execution.
   */
  operationId: string | undefined;
}

export type Operation = (run: Run) => Promise<INodeExecutionData[][]>;

export const startRun = async (context: IExecuteFunctions, operation: string): Promise<Run> => {
  const node = context.getNode();
  const workflow = context.getWorkflow().id;
  const execution: string | undefined = context.getExecutionId();
  const items = context.getInputData();
  const asTool = isToolRun(context);
  const evidence = { ...(workflow ? { workflow } : {}), ...(execution ? { execution } : {}), node: node.name };
  return {
    context,
    node,
    items,
    read: parameterReader(context, items, asTool),
    client: await clientForRun(context, asTool ? 'ai_agent' : 'workflow', evidence),
    asTool,
    operationId: execution ? [context.getInstanceId(), execution, node.id, runIndexOf(context), operation].join(':') : undefined,
  };
};

const runIndexOf = (context: IExecuteFunctions): number => Number(context.getWorkflowDataProxy(0).$runIndex ?? 0);
