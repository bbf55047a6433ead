import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as nodeRed from 'node-red';

export interface EmbeddedNodeRed {
  url: string;
  stop(): Promise<void>;
}

interface FlowNode {
  id: string;
  type: string;
  [property: string]: unknown;
}

/**
 * A real Node-RED in this process with the built pack, without its editor unless asked, with flows deployed through its admin API. `flowsAt` is told the
 * address. Node-RED is one a process: one test file, one of these.
 */
export async function startEmbeddedNodeRed(flowsAt: (url: string) => FlowNode[], { withEditor = false } = {}): Promise<EmbeddedNodeRed> {
  const RED = createRequire(import.meta.url)('node-red') as typeof nodeRed;
  const userDir = mkdtempSync(join(tmpdir(), 'quietlist-node-red-'));
  const server = createServer((request, response) => RED.httpAdmin(request as never, response as never, () => RED.httpNode(request as never, response as never)));
  RED.init(server, {
    userDir,
    nodesDir: fileURLToPath(new URL('../../node-red', import.meta.url)),
    httpAdminRoot: '/',
    httpNodeRoot: '/',
    disableEditor: !withEditor,
    editorTheme: { tours: false, palette: { catalogues: [] } },
    credentialSecret: 'of a test',
    logging: { console: { level: 'off', metrics: false, audit: false } },
    telemetry: { enabled: false },
  } as never);
  // The empty flows of a new folder start, too, after `start` has resolved; deployed before that, flows would lose their credentials.
  const loaded = new Promise<void>((resolve) => void RED.events.once('flows:started', () => resolve()));
  await RED.start();
  await loaded;
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const flows = flowsAt(url);
  const started = new Promise<void>((resolve) => void RED.events.once('flows:started', () => resolve()));
  const deployed = await fetch(`${url}/flows`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'node-red-api-version': 'v2' },
    body: JSON.stringify({ flows }),
  });
  if (!deployed.ok) throw new Error(`Node-RED refused the flows: ${await deployed.text()}`);
  await started;
  return {
    url,
    async stop() {
      await RED.stop();
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
      rmSync(userDir, { recursive: true, force: true });
    },
  };
}
