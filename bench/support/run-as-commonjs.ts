import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Bundles a script of ours to CommonJS, with packages left outside, and runs it: its sources keep their own `import.meta.url`. */
export async function runAsCommonJs(script: URL): Promise<void> {
  const bundle = fileURLToPath(script).replace(/\.ts$/, '.bundle.cjs');
  await build({
    entryPoints: [fileURLToPath(script)],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node24',
    packages: 'external',
    logLevel: 'error',
    plugins: [
      {
        name: 'own-sources',
        setup(own) {
          own.onResolve({ filter: /^@quietlist\// }, ({ path }) => ({ path: fileURLToPath(import.meta.resolve(path)) }));
          own.onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
            contents: (await readFile(path, 'utf8')).replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
            loader: 'ts',
          }));
        },
      },
    ],
  });
  try {
    const { status } = spawnSync(process.execPath, [bundle, ...process.argv.slice(2)], { stdio: 'inherit' });
    process.exitCode = status ?? 1;
  } finally {
    rmSync(bundle, { force: true });
  }
}
