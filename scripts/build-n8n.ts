import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { outputSchemas } from './n8n/output-schemas.ts';

/**
 * Builds the n8n package into dist/. Each class becomes one CommonJS file with the client and the contract inside, because n8n
 * installs a package without its dependencies; n8n-workflow is n8n's own. Not minified: whoever verifies the package reads it.
 * Only the generated validators, which nobody reads, lie compact beside the node.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const nodes = ['Quietlist'];
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
    onResolve({ filter: /^@quietlist\/contract\/validators$/ }, () => ({ path: './validators.js', external: true }));
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
for (const name of nodes) {
  const folder = `nodes/${name}`;
  await build({ ...common, entryPoints: ['contract/generated/validators.js'], outfile: `dist/${folder}/validators.js`, minify: true });
  await cp(`${root}${folder}/${name}.node.json`, `${root}dist/${folder}/${name}.node.json`);
}
for (const [operation, schema] of Object.entries(outputSchemas)) {
  const file = `${root}dist/nodes/Quietlist/__schema__/v1.0.0/${operation}.json`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify({ ...schema, version: 1 }, null, 2)}\n`);
}
console.log(`n8n package: ${(await readdir(`${root}dist`, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length} files in dist/`);
