import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Api } from './api.ts';
import { startInBackground, type BackgroundProcess } from './background-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const campaignFlow = join(root, 'examples/node-red/campaign.json');
const exampleFlows = join(root, 'node-red/examples');

/** One node of a flow file, as Node-RED keeps it. */
interface FlowNode {
  id: string;
  type: string;
  [property: string]: unknown;
}

interface Flows {
  flows: FlowNode[];
  rev: string;
}

export interface NodeRed extends BackgroundProcess {
  url: string;
}

/**
 * Starts a real Node-RED with the Quietlist pack and the example flows, as its users have it; for this machine only. It is ready when the campaign's flow answers. Address and key of
 * the service are environment variables to it, so no key is in its folder.
 */
export async function startNodeRed(folder: string, port: number, api: Api): Promise<NodeRed> {
  const userDir = join(folder, 'node-red');
  mkdirSync(userDir, { recursive: true });
  const settings = join(userDir, 'settings.cjs');
  if (!existsSync(settings)) writeFileSync(settings, settingsText(), { mode: 0o600 });
  const url = `http://127.0.0.1:${port}`;
  const background = await startInBackground({
    title: 'Node-RED',
    command: [createRequire(import.meta.url).resolve('node-red/red.js'), '--userDir', userDir, '--settings', settings, '--port', String(port)],
    env: {
      QUIETLIST_URL: api.baseUrl,
      QUIETLIST_API_KEY: api.apiKey,
      CAMPAIGN_FILE: join(root, 'examples/data/campaign.csv'),
      CAMPAIGN_SINK_URL: `${url}/campaign/sink`,
    },
    logFile: join(folder, 'node-red.log'),
    isReady: async () => (await addExampleFlows(url)) && (await fetch(`${url}/campaign`)).ok,
    readyWithinMs: 60_000,
  });
  return { ...background, url };
}

const settingsText = (): string => `module.exports = ${JSON.stringify(
  {
    uiHost: '127.0.0.1',
    nodesDir: join(root, 'node-red'),
    credentialSecret: randomBytes(32).toString('hex'),
    flowFile: 'flows.json',
    telemetry: { enabled: false, updateNotification: false },
    editorTheme: { tours: false },
  },
  null,
  2,
)};\n`;

/** Deploys the flows that are not there yet, and answers whether all are. What somebody has changed in the editor stays as it is. */
async function addExampleFlows(url: string): Promise<boolean> {
  const { flows, rev } = (await (await fetch(`${url}/flows`, { headers: { 'node-red-api-version': 'v2' } })).json()) as Flows;
  const present = new Set(flows.map(({ id }) => id));
  const added = exampleNodes().filter(({ id }) => !present.has(id));
  if (added.length === 0) return true;
  const response = await fetch(`${url}/flows`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'node-red-api-version': 'v2', 'node-red-deployment-type': 'full' },
    body: JSON.stringify({ flows: [...flows, ...added], rev }),
  });
  return response.ok;
}

/** The campaign and the pack's examples, all with one server, whose address and key come from the environment. */
function exampleNodes(): FlowNode[] {
  const files = [campaignFlow, ...readdirSync(exampleFlows).filter((name) => name.endsWith('.json')).map((name) => join(exampleFlows, name))];
  const nodes = files.flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as FlowNode[]);
  const [server, ...others] = nodes.filter(({ type }) => type === 'quietlist-server');
  if (server === undefined) throw new Error('No example flow has a Quietlist server.');
  const replaced = new Set(others.map(({ id }) => id));
  return nodes
    .filter(({ id }) => !replaced.has(id))
    .map((node) => {
      if (node === server) return { ...node, url: '${QUIETLIST_URL}', credentials: { apiKey: '${QUIETLIST_API_KEY}' } };
      return replaced.has(String(node['server'])) ? { ...node, server: server.id } : node;
    });
}
