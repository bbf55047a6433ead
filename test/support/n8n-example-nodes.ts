import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { NodeConnectionTypes, type IDataObject, type IExecuteFunctions, type INodeExecutionData, type INodeProperties, type INodeType } from 'n8n-workflow';
import { parseCsv } from './campaign.ts';

/**
 * Stand-ins for n8n's sticky note and its two nodes that read a sheet, for the same reason as those of n8n-core-nodes.ts, with the parameters of the real ones.
 * As in n8n every cell is text, and an empty cell is left out of its item unless “Include Empty Cells” is on.
 */
const main = [NodeConnectionTypes.Main];
const field = (name: string, type: INodeProperties['type'], defaultValue: INodeProperties['default']): INodeProperties => ({ displayName: name, name, type, default: defaultValue });

const node = (name: string, properties: INodeProperties[], execute: (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>): INodeType => ({
  description: { displayName: name, name, group: ['input'], version: 1, description: name, defaults: { name }, inputs: main, outputs: main, properties },
  execute,
});

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

export const exampleNodes: Record<string, INodeType> = {
  'n8n-nodes-base.stickyNote': stickyNote,
  'n8n-nodes-base.readWriteFile': readWriteFile,
  'n8n-nodes-base.extractFromFile': extractFromFile,
};
