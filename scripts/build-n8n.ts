import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { outputSchemas } from './n8n/output-schemas.ts';

/**
 * Builds the n8n package into dist/. Each class becomes one CommonJS file with the client and the contract inside, because n8n
 * installs a package without its dependencies; n8n-workflow is n8n's own. Not minified: whoever verifies the package reads it.
 * Only the generated validators, which nobody reads, lie compact beside the nodes, once for all.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const nodes = ['Quietlist', 'QuietlistTrigger'];
const credentials = ['QuietlistApi'];

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  sourcemap: false,
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
};

const validatorsBeside: Plugin = {
  name: 'validators-beside',
  setup({ onResolve }) {
    onResolve({ filter: /^@quietlist\/contract\/validators$/ }, () => ({ path: '../validators.js', external: true }));
  },
};

await rm(`${root}dist`, { recursive: true, force: true });
await build({
  ...common,
  entryPoints: [...nodes.map((name) => `nodes/${name}/${name}.node.ts`), ...credentials.map((name) => `credentials/${name}.credentials.ts`)],
  outbase: '.',
  outdir: 'dist',
  external: ['n8n-workflow'],
  plugins: [validatorsBeside],
});
await cp(`${root}icons`, `${root}dist/icons`, { recursive: true });
await build({ ...common, entryPoints: ['contract/generated/validators.js'], outfile: 'dist/nodes/validators.js', minify: true });
for (const name of nodes) await cp(`${root}nodes/${name}/${name}.node.json`, `${root}dist/nodes/${name}/${name}.node.json`);
for (const [path, schema] of Object.entries(outputSchemas)) {
  const file = `${root}dist/nodes/${path}.json`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ ...schema, version: 1 }, null, 2)}\n`);
}
console.log(`n8n package: ${(await readdir(`${root}dist`, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length} files in dist/`);
