import { rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { bundledLicences } from './server/bundled-licences.ts';
import { plainBuiltins } from './server/plain-builtins.ts';

/**
 * Bundles the service with all it needs to serve a folder of SQLite inside: reading hundreds of files of its packages one by one took most
 * of its start. What only some commands use is a package beside it.
 */
const root = fileURLToPath(new URL('../', import.meta.url));
const server = `${root}server/`;
const beside = ['pg', 'axios'];
/** What Fastify would load if it were not given another (http/app.ts). */
const never = ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler'];

await rm(`${server}dist`, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: { quietlist: `${server}src/cli/main.ts`, 'checkpoint-worker': `${server}src/store/sqlite/checkpoint-worker.ts` },
  outdir: `${server}dist`,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  sourcemap: true,
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
  external: [...beside, ...never],
  // For the packages inside that are CommonJS.
  banner: { js: "import { createRequire as createRequireOfBundle } from 'node:module';\nconst require = createRequireOfBundle(import.meta.url);" },
  plugins: [plainBuiltins],
});
await writeFile(`${server}dist/licences.txt`, bundledLicences(metafile, root));
