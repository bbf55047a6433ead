import { NodeConnectionTypes, type IExecuteFunctions, type INodeExecutionData, type INodeType } from 'n8n-workflow';
import type pg from 'pg';

const main = [NodeConnectionTypes.Main];

const nodeOf = (name: string, execute: (this: IExecuteFunctions) => Promise<INodeExecutionData[][]>): INodeType => ({
  description: { displayName: name, name, group: ['transform'], version: 1, description: name, defaults: { name }, inputs: main, outputs: main, properties: [] },
  execute,
});

/** What the HTTP Request node does without batching: one call an item through n8n's own helper, all of them at once. */
export const httpRequestPerItem = (url: string, apiKey: string): INodeType =>
  nodeOf('httpPerItem', async function () {
    const answers = this.getInputData().map(async ({ json }, item) => {
      const answer = (await this.helpers.httpRequest({
        method: 'POST',
        url: `${url}/v1/checks`,
        headers: { authorization: `Bearer ${apiKey}` },
        body: { recipients: [json['phone']] },
        json: true,
      })) as { decisions: Array<{ mayContact: boolean }> };
      return { json: { ...json, mayContact: answer.decisions[0]?.mayContact ?? false }, pairedItem: { item } };
    });
    return [await Promise.all(answers)];
  });

/** What the Postgres node does with “Execute Query” on each item: one SELECT after another on its pool. */
export const selectPerItem = (pool: pg.Pool): INodeType =>
  nodeOf('selectPerItem', async function () {
    const output: INodeExecutionData[] = [];
    for (const [item, { json }] of this.getInputData().entries()) {
      const { rows } = await pool.query('select 1 from blocked where phone = $1', [json['phone']]);
      output.push({ json: { ...json, mayContact: rows.length === 0 }, pairedItem: { item } });
    }
    return [output];
  });

/** Hands on what it is given, as the No Operation node does: what n8n itself takes for any node. */
export const nothingPerItem: INodeType = nodeOf('nothing', async function () {
  return [this.getInputData()];
});
