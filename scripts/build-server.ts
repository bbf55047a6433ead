import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Bundles the service with the private packages (contract, client) inside; public packages stay dependencies. */
const root = fileURLToPath(new URL('../server/', import.meta.url));
await rm(`${root}dist`, { recursive: true, force: true });
await build({
  entryPoints: { quietlist: `${root}src/cli/main.ts`, 'checkpoint-worker': `${root}src/store/sqlite/checkpoint-worker.ts` },
  outdir: `${root}dist`,
  bundle: true,
  splitting: true,
  platform: 'node',
  format: 'esm',
  target: 'node24',
  sourcemap: true,
  logLevel: 'warning',
  plugins: [
    {
      name: 'only-our-own-inside',
      setup(own) {
        own.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => (kind === 'entry-point' || path.startsWith('@quietlist/') ? null : { external: true }));
      },
    },
  ],
});
