import { NodeApiError, NodeOperationError, type INode, type INodeExecutionData } from 'n8n-workflow';
import { QuietlistError } from '@quietlist/client/errors';

/**
 * Any failure as n8n shows it: message = what happened, description = what to do next. A `NodeApiError` is made once and from our
 * own words: made from another one, n8n hands the other back and drops ours.
 */
export const toNodeError = (node: INode, error: unknown, itemIndex?: number): NodeApiError | NodeOperationError => {
  if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
  const place = itemIndex === undefined ? {} : { itemIndex };
  if (error instanceof QuietlistError) {
    return new NodeApiError(node, { code: error.code }, {
      message: error.message,
      description: error.hint,
      httpCode: String(error.status ?? error.code),
      ...place,
    });
  }
  return new NodeOperationError(node, error instanceof Error ? error : new Error('The node stopped for a reason that it does not know'), place);
};

/**
 * An item that failed while the user chose to go on. Only `error` in the data and no `error` beside it: that is how n8n finds it,
 * moves it to the error output and merges the input into it.
 */
export const errorItem = (error: unknown, itemIndex: number): INodeExecutionData => ({
  json: { error: error instanceof Error ? error.message : String(error) },
  pairedItem: { item: itemIndex },
});
