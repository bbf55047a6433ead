import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { NodeConnectionTypes, type IDataObject, type IExecuteFunctions, type INodeExecutionData, type INodeProperties, type INodeType } from 'n8n-workflow';
import { parseCsv } from './campaign.ts';

/**
 * Stand-ins for more nodes of n8n, for the same reason as those of n8n-core-nodes.ts, with the parameters of the real ones: the sticky note, the
 * two that read a sheet, If, the triggers of WhatsApp, Twilio and webhooks, and those that send. As in n8n every cell of a sheet is text, and an
 * empty cell is left out of its item unless “Include Empty Cells” is on.
 */
const main = [NodeConnectionTypes.Main];
const field = (name: string, type: INodeProperties['type'], defaultValue: INodeProperties['default']): INodeProperties => ({
  displayName: name, name, type, default: defaultValue, ...(type === 'collection' ? { options: [] } : {}),
});

type Execute = (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>;

const node = (name: string, properties: INodeProperties[], execute: Execute, { version = 1, outputs = main, isTrigger = false }: { version?: number; outputs?: typeof main; isTrigger?: boolean } = {}): INodeType => ({
  description: { displayName: name, name, group: [isTrigger ? 'trigger' : 'input'], version, description: name, defaults: { name }, inputs: isTrigger ? [] : main, outputs, properties },
  execute,
});

const passOn: Execute = async function () {
  return [this.getInputData()];
};

/** Read/Write Files from Disk, operation `read`, of one file an item. */
const readWriteFile = node('readWriteFile', [field('operation', 'options', 'read'), field('fileSelector', 'string', ''), field('options', 'collection', {})], async function () {
  const output: INodeExecutionData[] = [];
  for (const itemIndex of this.getInputData().keys()) {
    const path = this.getNodeParameter('fileSelector', itemIndex) as string;
    const data = (await readFile(path)).toString('base64');
    output.push({ json: { fileName: basename(path) }, binary: { data: { data, mimeType: 'text/csv', fileName: basename(path) } }, pairedItem: { item: itemIndex } });
  }
  return [output];
});

/** Extract From File, operation `csv`, with a header row. */
const extractFromFile = node(
  'extractFromFile',
  [
    field('operation', 'options', 'csv'), field('binaryPropertyName', 'string', 'data'),
    { ...field('options', 'collection', {}), options: [field('headerRow', 'boolean', true), field('includeEmptyCells', 'boolean', false)] },
  ],
  async function () {
    const output: INodeExecutionData[] = [];
    for (const itemIndex of this.getInputData().keys()) {
      const { includeEmptyCells } = this.getNodeParameter('options', itemIndex, {}) as IDataObject;
      const { data } = this.helpers.assertBinaryData(itemIndex, this.getNodeParameter('binaryPropertyName', itemIndex) as string);
      for (const row of parseCsv(Buffer.from(data, 'base64').toString('utf8'))) {
        const cells = Object.entries(row).filter(([, value]) => includeEmptyCells === true || value !== '');
        output.push({ json: Object.fromEntries(cells), pairedItem: { item: itemIndex } });
      }
    }
    return [output];
  },
);

/** A note on the canvas: never run. */
const stickyNote = node('stickyNote', [field('content', 'string', '')], async () => [[]]);

/** If: the conditions are judged by n8n's own filter, first output true, second false. */
const ifNode = node(
  'if',
  [{ ...field('conditions', 'filter', {}), typeOptions: { filter: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 } } }, field('options', 'collection', {})],
  async function () {
    const outputs: [INodeExecutionData[], INodeExecutionData[]] = [[], []];
    for (const [itemIndex, item] of this.getInputData().entries()) {
      const isTrue = this.getNodeParameter('conditions', itemIndex, false, { extractValue: true }) as boolean;
      outputs[isTrue ? 0 : 1].push({ ...item, pairedItem: { item: itemIndex } });
    }
    return outputs;
  },
  { version: 2.2, outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main] },
);

/** What a node would have sent: every parameter named, as it was for the item. */
export interface Sent {
  node: string;
  [parameter: string]: unknown;
}

/** A node that sends, and keeps what it would have sent instead. */
const sender = (name: string, parameters: string[], sent: Sent[]): INodeType =>
  node(name, [...parameters.map((parameter) => field(parameter, 'string', '')), field('additionalFields', 'json', {}), field('options', 'collection', {})], async function () {
    return [
      this.getInputData().map((_, itemIndex) => {
        const said = Object.fromEntries(parameters.map((parameter) => [parameter, this.getNodeParameter(parameter, itemIndex)]));
        const { headers } = this.getNodeParameter('additionalFields', itemIndex, {}) as IDataObject;
        const { details = [] } = (headers ?? {}) as { details?: Array<{ key: string; value: string }> };
        sent.push({ node: this.getNode().name, ...said, ...(details.length > 0 ? { headers: Object.fromEntries(details.map(({ key, value }) => [key, value])) } : {}) });
        return { json: { id: `sent-${sent.length}` }, pairedItem: { item: itemIndex } };
      }),
    ];
  });

/** WhatsApp Business Cloud, Twilio and SendGrid, whose messages go into `sent`. */
export const sendingNodes = (sent: Sent[]): Record<string, INodeType> => ({
  'n8n-nodes-base.whatsApp': sender('whatsApp', ['phoneNumberId', 'recipientPhoneNumber', 'textBody'], sent),
  'n8n-nodes-base.twilio': sender('twilio', ['from', 'to', 'message'], sent),
  'n8n-nodes-base.sendGrid': sender('sendGrid', ['fromEmail', 'toEmail', 'subject', 'contentValue'], sent),
});

export const exampleNodes: Record<string, INodeType> = {
  'n8n-nodes-base.stickyNote': stickyNote,
  'n8n-nodes-base.if': ifNode,
  'n8n-nodes-base.whatsAppTrigger': node('whatsAppTrigger', [field('updates', 'json', []), field('options', 'collection', {})], passOn, { isTrigger: true }),
  'n8n-nodes-base.twilioTrigger': node('twilioTrigger', [field('updates', 'json', [])], passOn, { isTrigger: true }),
  'n8n-nodes-base.webhook': node('webhook', [field('httpMethod', 'string', ''), field('path', 'string', ''), field('options', 'collection', {})], passOn, { version: 2, isTrigger: true }),
  'n8n-nodes-base.readWriteFile': readWriteFile,
  'n8n-nodes-base.extractFromFile': extractFromFile,
};
