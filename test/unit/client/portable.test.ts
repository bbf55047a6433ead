import { builtinModules } from 'node:module';
import { readdir } from 'node:fs/promises';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const directory = new URL('../../../client/src/', import.meta.url).pathname;
const portable = (await readdir(directory)).filter((file) => file !== 'axios-transport.ts');

describe('every module of the client but the axios transport', () => {
  it.each(portable)('%s bundles without Node, axios, a schema library, timers or globals of a runtime', async (file) => {
    // esbuild fails on what a neutral platform cannot resolve; the defines make every forbidden global show.
    const forbidden = ['process', 'setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'globalThis', 'global', 'console', 'Buffer', 'fetch', 'require', 'eval', 'Function', '__dirname'];
    const { outputFiles, metafile } = await build({
      entryPoints: [`${directory}${file}`], bundle: true, format: 'esm', platform: 'neutral', target: 'es2022', write: false, metafile: true, logLevel: 'silent',
      define: Object.fromEntries(forbidden.map((name) => [name, 'forbidden_global'])),
    });
    expect(outputFiles[0]!.text).not.toContain('forbidden_global');
    const inputs = Object.keys(metafile.inputs);
    expect(inputs.filter((input) => /node_modules\/(?!@quietlist)|axios/.test(input))).toEqual([]);
    expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path)).filter((path) => builtinModules.includes(path.replace('node:', '')))).toEqual([]);
  });
});
