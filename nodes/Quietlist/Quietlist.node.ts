import { NodeConnectionTypes, NodeOperationError, type IExecuteFunctions, type INodeExecutionData, type INodeType, type INodeTypeDescription } from 'n8n-workflow';
import { operationOf, properties } from './actions/index.ts';
import { errorItem, toNodeError } from './errors.ts';
import { loadOptions } from './methods/loadOptions.ts';
import { outputs } from './outputs.ts';
import { startRun } from './run.ts';

/**
 * Quietlist in n8n. Programmatic and not declarative: all items of a run go together, Check Suppression has two outputs,
 * and nothing that went wrong may reach the second one.
 */
export class Quietlist implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'Quietlist',
    name: 'quietlist',
    icon: { light: 'file:../../icons/quietlist.svg', dark: 'file:../../icons/quietlist.dark.svg' },
    group: ['transform'],
    version: 1,
    subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
    description: 'Check, block and opt out contacts on any channel before a message is sent',
    defaults: { name: 'Quietlist' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs,
    credentials: [{ name: 'quietlistApi', required: true }],
    properties,
  };

  methods = { loadOptions };

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    try {
      const resource = this.getNodeParameter('resource', 0) as string;
      const name = this.getNodeParameter('operation', 0) as string;
      const operation = operationOf(resource, name);
      if (!operation) throw new NodeOperationError(this.getNode(), 'This node does not have the operation that it is set to', { description: 'Open the node and choose the operation again.' });
      return await operation(await startRun(this, `${resource}.${name}`));
    } catch (error) {
      // Thrown while the user chose to continue, n8n would hand the input on as if it were checked. So it becomes items that tell.
      if (!this.continueOnFail()) throw toNodeError(this.getNode(), error);
      return [this.getInputData().map((_, itemIndex) => errorItem(error, itemIndex))];
    }
  }
}
