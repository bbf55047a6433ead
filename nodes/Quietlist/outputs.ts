import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/**
 * The outputs, as an expression over the node's parameters. Check Suppression has two and Handle Inbound three, and the order is what keeps
 * them safe: a node that is deactivated, that throws while the user chose to continue, or that always outputs data hands items to its FIRST
 * output. So the first one is “Suppressed” or “Handled”, and “Clear to Send” and “Continue” are only reached by an answer of the service.
 */
export const outputs = `={{ $parameter.resource === 'contact' && $parameter.operation === 'check' && !($parameter.options || {}).annotateOnly
  ? [{ type: 'main', displayName: 'Suppressed' }, { type: 'main', displayName: 'Clear to Send' }]
  : $parameter.resource === 'message' && $parameter.operation === 'handleInbound'
    ? [{ type: 'main', displayName: 'Handled' }, { type: 'main', displayName: 'Blocked' }, { type: 'main', displayName: 'Continue' }]
    : [{ type: 'main' }] }}` as const;

/** Whether an AI agent called the node. It is given the first output only, so then everything goes there as a bare result. */
export const isToolRun = (context: IExecuteFunctions): boolean =>
  context.isToolExecution?.() === true || context.getNode().type.endsWith('Tool');

/** An item with what the node found out: input data and files are kept, unless an AI agent asked. */
export const resultItem = (input: INodeExecutionData, itemIndex: number, data: IDataObject, asTool: boolean): INodeExecutionData =>
  asTool
    ? { json: data.quietlist as IDataObject, pairedItem: { item: itemIndex } }
    : { json: { ...input.json, ...data }, ...(input.binary ? { binary: input.binary } : {}), pairedItem: { item: itemIndex } };
