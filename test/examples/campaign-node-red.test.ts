import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { runCampaign } from '../../scripts/start/campaign.ts';
import { loadSampleData } from '../../scripts/start/sample-data.ts';
import { campaignFile, expected, expectedReport, expectedSent, recipients } from '../support/campaign.ts';
import { startEmbeddedNodeRed, type EmbeddedNodeRed } from '../support/embedded-node-red.ts';
import { startService, type TestService } from '../support/service.ts';

const flow = JSON.parse(readFileSync(new URL('../../examples/node-red/campaign.json', import.meta.url), 'utf8')) as Array<{ id: string; type: string }>;

interface Message {
  row: number;
  to: string;
  channel: string;
}

describe('the sample campaign in Node-RED', () => {
  let service: TestService;
  let nodeRed: EmbeddedNodeRed;
  let stopped: Promise<void> | undefined;
  const stopService = (): Promise<void> => (stopped ??= service.stop());

  beforeAll(async () => {
    service = await startService();
    await loadSampleData({ baseUrl: service.baseUrl, apiKey: service.adminKey });
    const apiKey = await service.createKey('agent');
    nodeRed = await startEmbeddedNodeRed((url) => {
      // The sheet is found in the repository when nothing is said.
      vi.stubEnv('CAMPAIGN_FILE', undefined);
      vi.stubEnv('CAMPAIGN_SINK_URL', `${url}/campaign/sink`);
      return flow.map((node) => (node.type === 'quietlist-server' ? { ...node, url: service.baseUrl, credentials: { apiKey } } : node));
    });
  });
  afterEach(() => void vi.stubEnv('CAMPAIGN_FILE', undefined));
  afterAll(async () => {
    await nodeRed.stop();
    await stopService();
    vi.unstubAllEnvs();
  });

  const sent = async (): Promise<Message[]> => (await (await fetch(`${nodeRed.url}/campaign/sink`)).json()) as Message[];

  it('decides every row as it was worked out by hand, sends to those who are clear and to nobody else', async () => {
    const { rows, counts } = await runCampaign(nodeRed.url);
    expect(rows.map(({ row, decision, code }) => ({ row, decision, code }))).toEqual(expectedReport);

    const arrived = (await sent()).sort((one, other) => one.row - other.row);
    expect(arrived.map(({ row }) => row)).toEqual(expectedSent);
    expect(arrived.map(({ to }) => to)).toEqual(expectedSent.map((row) => recipients[row - 1]!.contact));
    expect(rows.filter((row) => row.sent).map(({ row }) => row)).toEqual(expectedSent);
    expect(counts).toEqual({ total: expected.length, sent: expectedSent.length, held: expected.length - expectedSent.length });
  });

  it('reports everybody who was held back, with the reason, also as a page', async () => {
    const { held, reasons } = await runCampaign(nodeRed.url);
    expect(held.map(({ row }) => row)).toEqual(expected.filter(({ decision }) => decision !== 'allow').map(({ row }) => Number(row)));
    expect(held.find(({ row }) => row === 5)).toMatchObject({ name: 'Marcus Reed', label: 'Optout Number', explanation: expect.stringContaining('STOP'), sent: false });
    expect(reasons).toContainEqual({ label: 'Optout Number', count: expected.filter(({ code }) => code === 'optout_number').length });

    const page = await (await fetch(`${nodeRed.url}/campaign`)).text();
    expect(page).toContain('Marcus Reed');
    expect(page).not.toContain('Mina Sato');
  });

  it('reads the sheet that CAMPAIGN_FILE names', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'quietlist-campaign-'));
    const file = join(folder, 'sheet.csv');
    writeFileSync(file, readFileSync(campaignFile, 'utf8').split('\n').slice(0, 7).join('\n'));
    vi.stubEnv('CAMPAIGN_FILE', file);
    const { rows } = await runCampaign(nodeRed.url);
    rmSync(folder, { recursive: true });
    expect(rows.map(({ row, decision, code }) => ({ row, decision, code }))).toEqual(expectedReport.slice(0, 6));
  });

  it('says what to do when the sheet is not there, and sends nothing', async () => {
    vi.stubEnv('CAMPAIGN_FILE', '/nowhere/campaign.csv');
    const response = await fetch(`${nodeRed.url}/campaign/run`, { method: 'POST' });
    expect(response.status).toBe(500);
    expect(await response.json()).toEqual({ error: 'The sheet could not be read. Set CAMPAIGN_FILE to its path.' });
    expect(await sent()).toEqual([]);
  });

  it('sends to nobody when the service is gone, and reports every row', async () => {
    await stopService();
    const { rows, counts } = await runCampaign(nodeRed.url);
    expect(counts).toEqual({ total: expected.length, sent: 0, held: expected.length });
    expect(new Set(rows.map(({ decision }) => decision))).toEqual(new Set(['unknown']));
    expect(await sent()).toEqual([]);
  });
});
