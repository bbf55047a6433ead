import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BackgroundProcess } from './start/background-process.ts';
import { campaignTable } from './start/campaign-table.ts';
import { runCampaign } from './start/campaign.ts';
import { freePort } from './start/free-port.ts';
import { startNodeRed } from './start/node-red.ts';
import { readOptions, usage, UsageError, type StartOptions } from './start/options.ts';
import { loadSampleData } from './start/sample-data.ts';
import { keyFor, startQuietlist } from './start/service.ts';
import { Steps } from './start/steps.ts';

/** What `npm start` does: build, start the service and Node-RED, run the sample campaign through a real flow, and stay until Ctrl-C. */
const root = fileURLToPath(new URL('..', import.meta.url));

function buildAll(): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'scripts/build.ts')], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`The build failed:\n${stdout}${stderr}`);
}

/** Ends what was started, the last first; also when Ctrl-C comes in the middle of the work. */
const running: BackgroundProcess[] = [];
let stopping: Promise<void> | undefined;
const stopAll = (): Promise<void> => (stopping ??= running.reduceRight((before, { stop }) => before.then(stop), Promise.resolve()));

async function start({ once, build, folder, port, nodeRedPort }: StartOptions): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const steps = new Steps(build ? 5 : 4);
  if (build) await steps.run('Building', buildAll);
  const service = await steps.run('Starting the service', async () => startQuietlist(folder, await freePort(port)));
  running.push(service);
  const admin = await keyFor(folder, service.baseUrl, 'admin');
  await steps.run('Loading the sample suppressions', () => loadSampleData(admin));
  const manager = await keyFor(folder, service.baseUrl, 'manager');
  const nodeRed = await steps.run('Starting Node-RED with the example flows', async () => startNodeRed(folder, await freePort(nodeRedPort), manager));
  running.push(nodeRed);
  const report = await steps.run('Running the sample campaign through its flow in Node-RED', () => runCampaign(nodeRed.url));

  process.stdout.write(`\n${campaignTable(report, Math.max(60, process.stdout.columns ?? 160))}\n`);
  if (once) return;
  process.stdout.write(
    [
      `Node-RED with the flows   ${nodeRed.url}`,
      `Report of the campaign    ${nodeRed.url}/campaign`,
      `API and its description   ${service.baseUrl}/docs`,
      `API key (role admin)      ${admin.apiKey}`,
      '',
      `Everything is kept in ${folder}. Press Ctrl-C to stop.`,
      '',
    ].join('\n'),
  );
  const endedFirst = await Promise.race([service.ended.then(() => 'The service'), nodeRed.ended.then(() => 'Node-RED')]);
  if (stopping === undefined) throw new Error(`${endedFirst} ended by itself. Its log in ${folder} may say why.`);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => void stopAll().then(() => process.exit(0)));
}
try {
  await start(readOptions(process.argv.slice(2)));
} catch (error) {
  if (stopping === undefined) {
    process.stderr.write(`quietlist: ${(error as Error).message}\n${error instanceof UsageError ? `Usage: ${usage}\n` : ''}`);
    process.exitCode = 1;
  }
}
await stopAll();
