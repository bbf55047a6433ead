import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Everything that `npm run build` makes, in order: what comes later uses what came before. */
const steps: Array<[title: string, script: string]> = [
  ['validators', 'contract/scripts/build-validators.ts'],
  ['service', 'scripts/build-server.ts'],
  ['n8n pack', 'scripts/build-n8n.ts'],
  ['Node-RED pack', 'node-red/scripts/build.ts'],
];

const root = fileURLToPath(new URL('..', import.meta.url));
const began = performance.now();
for (const [index, [title, script]] of steps.entries()) {
  process.stdout.write(`build ${index + 1}/${steps.length} ${title}\n`);
  const { status } = spawnSync(process.execPath, [script], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
process.stdout.write(`built in ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
