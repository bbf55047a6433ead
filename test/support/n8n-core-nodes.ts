import vm from 'node:vm';
import { NodeConnectionTypes, type IDataObject, type IExecuteFunctions, type IHttpRequestMethods, type INodeExecutionData, type INodeProperties, type INodeType } from 'n8n-workflow';

/**
 * The few nodes of n8n itself that our workflows use, since n8n-nodes-base weighs 176 MB and some 60 packages. Each reads the parameters of
 * the real node of that name and version and does the same with them, no more than its comment says. A workflow that uses only this much
 * runs in n8n as it runs here.
 */
const main = [NodeConnectionTypes.Main];

/** A parameter that only has to be there: which is shown when is the editor's matter. */
const field = (name: string, type: INodeProperties['type'], defaultValue: INodeProperties['default']): INodeProperties => ({
  displayName: name, name, type, default: defaultValue, ...(type === 'collection' ? { options: [] } : {}),
});

const node = (
  name: string, versions: number[], properties: INodeProperties[], execute: (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>, group: 'trigger' | 'transform' = 'transform',
): INodeType => ({
  description: {
    displayName: name, name, group: [group], version: versions, description: name, defaults: { name },
    inputs: group === 'trigger' ? [] : main, outputs: main, properties,
  },
  execute,
});

const passOn = async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
  return [this.getInputData()];
};

/** Edit Fields, mode “Manual Mapping”: assignments of string, number, boolean, array or object, with or without the other input fields. */
const set = node(
  'set', [3.4],
  [field('mode', 'options', 'manual'), field('assignments', 'assignmentCollection', {}), field('includeOtherFields', 'boolean', false), field('options', 'collection', {})],
  async function () {
    return [
      this.getInputData().map((item, itemIndex) => {
        const assignments = (this.getNodeParameter('assignments.assignments', itemIndex, []) as Array<{ name: string; value: IDataObject[string] }>) ?? [];
        const kept = this.getNodeParameter('includeOtherFields', itemIndex, false) === true ? item.json : {};
        return { json: { ...kept, ...Object.fromEntries(assignments.map(({ name, value }) => [name, value])) }, pairedItem: { item: itemIndex } };
      }),
    ];
  },
);

/** Code, JavaScript, “Run Once for All Items”: `$input.all()`, `$input.first()`, `$json` of the first item and `$('Node').all()`. */
const code = node(
  'code', [2],
  [field('language', 'options', 'javaScript'), field('mode', 'options', 'runOnceForAllItems'), field('jsCode', 'string', '')],
  async function () {
    const source = this.getNodeParameter('jsCode', 0) as string;
    const { $input, $json, $ } = this.getWorkflowDataProxy(0) as IDataObject & { $input: unknown };
    const result: unknown = await vm.runInNewContext(`(async () => {${source}\n})()`, { $input, $json, $, console });
    const items = (Array.isArray(result) ? result : [result]) as Array<INodeExecutionData | IDataObject>;
    return [items.map((item) => (item.json ? (item as INodeExecutionData) : { json: item as IDataObject }))];
  },
);

/** HTTP Request: method, URL, JSON body (“Using JSON”, sendBody), one request an item; JSON or text of the answer. */
const httpRequest = node(
  'httpRequest', [4.2],
  [
    field('method', 'options', 'GET'), field('url', 'string', ''), field('sendBody', 'boolean', false), field('specifyBody', 'options', 'keypair'),
    field('jsonBody', 'json', ''), field('options', 'collection', {}),
  ],
  async function () {
    const output: INodeExecutionData[] = [];
    for (const itemIndex of this.getInputData().keys()) {
      const body = this.getNodeParameter('sendBody', itemIndex, false) === true ? this.getNodeParameter('jsonBody', itemIndex) : undefined;
      const answer = (await this.helpers.httpRequest({
        method: this.getNodeParameter('method', itemIndex) as IHttpRequestMethods,
        url: this.getNodeParameter('url', itemIndex) as string,
        json: true,
        ...(body === undefined ? {} : { body: (typeof body === 'string' ? JSON.parse(body) : body) as IDataObject }),
      })) as unknown;
      for (const part of Array.isArray(answer) ? answer : [answer]) {
        output.push({ json: typeof part === 'object' && part !== null ? (part as IDataObject) : { data: part as string }, pairedItem: { item: itemIndex } });
      }
    }
    return [output];
  },
);

export const coreNodes: Record<string, INodeType> = {
  'n8n-nodes-base.manualTrigger': node('manualTrigger', [1], [], passOn, 'trigger'),
  'n8n-nodes-base.noOp': node('noOp', [1], [], passOn),
  'n8n-nodes-base.set': set,
  'n8n-nodes-base.code': code,
  'n8n-nodes-base.httpRequest': httpRequest,
};
