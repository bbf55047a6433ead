import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadSampleData } from '../../scripts/start/sample-data.ts';
import { campaignFile, expected, expectedReport, expectedSent, recipients, type Reported } from '../support/campaign.ts';
import { runWorkflow, type WorkflowJson, type WorkflowRun } from '../support/n8n-engine.ts';
import { exampleNodes } from '../support/n8n-example-nodes.ts';
import { startService, type TestService } from '../support/service.ts';
import { startSink, type Sink } from '../support/sink.ts';

const workflow = JSON.parse(readFileSync(new URL('../../examples/n8n/campaign.json', import.meta.url), 'utf8')) as WorkflowJson;

interface Message {
  row: number;
  to: string;
  channel: string;
}

/** The workflow as somebody has it who filled in its “Settings”. */
const withSettings = (settings: Record<string, string>): WorkflowJson => {
  const filled = structuredClone(workflow);
  const node = filled.nodes.find(({ name }) => name === 'Settings');
  const { assignments } = node!.parameters!['assignments'] as unknown as { assignments: Array<{ name: string; value: string }> };
  for (const assignment of assignments) assignment.value = settings[assignment.name] ?? assignment.value;
  return filled;
};

describe('the sample campaign in n8n', () => {
  let service: TestService;
  let sink: Sink<Message>;

  beforeAll(async () => {
    service = await startService();
    sink = await startSink<Message>();
    await loadSampleData({ baseUrl: service.baseUrl, apiKey: service.adminKey });
  });
  afterAll(async () => {
    await sink.stop();
    await service.stop();
  });

  const run = async (baseUrl: string): Promise<WorkflowRun> => {
    sink.messages.length = 0;
    const apiKey = await service.createKey('agent');
    return runWorkflow(withSettings({ file: campaignFile, sinkUrl: sink.url }), { credentials: { quietlistApi: { baseUrl, apiKey } }, nodeTypes: exampleNodes });
  };

  it('decides every row as it was worked out by hand, sends to those who are clear and to nobody else', async () => {
    const { error, items } = await run(service.baseUrl);
    expect(error).toBeUndefined();

    const decided = [...items('Check Suppression', 0), ...items('Check Suppression', 1)].map(({ json }): Reported => {
      const { decision, code } = json['quietlist'] as unknown as Reported;
      return { row: Number(json['row']), decision, code };
    });
    expect(decided.sort((one, other) => one.row - other.row)).toEqual(expectedReport);

    expect(sink.messages.map(({ row }) => row)).toEqual(expectedSent);
    expect(sink.messages.map(({ to }) => to)).toEqual(expectedSent.map((row) => recipients[row - 1]!.contact));
  });

  it('reports everybody who was held back, with the reason', async () => {
    const { items } = await run(service.baseUrl);
    const report = items('Held Back').map(({ json }) => json);
    expect(report.map(({ row, decision, code }) => ({ row, decision, code }))).toEqual(expectedReport.filter(({ decision }) => decision !== 'allow'));
    expect(report.find(({ row }) => row === 5)).toMatchObject({ name: 'Marcus Reed', channel: 'whatsapp', result: 'Optout Number', why: expect.stringContaining('STOP') });
    expect(report.filter(({ result, why }) => !result || !why)).toEqual([]);
  });

  it('sends to nobody when the service cannot be reached, and reports every row', async () => {
    const { items } = await run('http://127.0.0.1:9');
    expect(sink.messages).toEqual([]);
    expect(items('Check Suppression', 1)).toEqual([]);
    expect(items('Held Back')).toHaveLength(expected.length);
    expect(new Set(items('Held Back').map(({ json }) => json['decision']))).toEqual(new Set(['unknown']));
  });
});
