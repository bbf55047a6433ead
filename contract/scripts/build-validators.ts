import { mkdir, writeFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import standaloneModule from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { ajvOptions } from '../src/ajv-options.ts';
import { ChannelList } from '../src/channel.ts';
import { CheckRequest, CheckResponse } from '../src/check.ts';
import { AddEntriesRequest, AddEntriesResponse, RemoveEntriesRequest, RemoveEntriesResponse } from '../src/entry.ts';
import { EntryPage } from '../src/entry-page.ts';
import { Me } from '../src/key.ts';
import { CreateLinksRequest, CreateLinksResponse } from '../src/link.ts';
import { ListPage } from '../src/list.ts';
import { Problem } from '../src/problem.ts';
import { SenderPage } from '../src/sender.ts';
import { AddressView } from '../src/address-view.ts';

/**
 * Compiles the shapes that cross the wire into plain functions, ahead of time: n8n's package scanner and a strict content
 * security policy both forbid `new Function`, which ajv needs to compile at run time.
 */
const schemas = {
  CheckRequest, CheckResponse, AddEntriesRequest, AddEntriesResponse, RemoveEntriesRequest, RemoveEntriesResponse,
  EntryPage, ListPage, SenderPage, ChannelList, Me, AddressView, Problem,
  CreateLinksRequest, CreateLinksResponse,
};

const standaloneCode = (standaloneModule as unknown as { default?: typeof standaloneModule }).default ?? standaloneModule;
const directory = new URL('../generated/', import.meta.url);

const ajv = new Ajv({ ...ajvOptions, code: { source: true, esm: true, lines: false } });
const names = Object.keys(schemas);
for (const [name, schema] of Object.entries(schemas)) ajv.addSchema({ ...schema, $id: name }, name);
const source = (standaloneCode as unknown as (a: Ajv, map: Record<string, string>) => string)(
  ajv,
  Object.fromEntries(names.map((name) => [`is${name}`, name])),
);

await mkdir(directory, { recursive: true });
// Bundled, because ajv's code calls small run-time helpers of its own by `require`.
await build({
  stdin: { contents: source, resolveDir: new URL('..', import.meta.url).pathname, loader: 'js' },
  outfile: new URL('validators.js', directory).pathname,
  bundle: true,
  format: 'esm',
  target: 'es2022',
  minify: true,
  logLevel: 'error',
});

const typeImports: Record<string, string> = {
  CheckRequest: 'check', CheckResponse: 'check', AddEntriesRequest: 'entry', AddEntriesResponse: 'entry',
  RemoveEntriesRequest: 'entry', RemoveEntriesResponse: 'entry', EntryPage: 'entry-page', ListPage: 'list', SenderPage: 'sender',
  ChannelList: 'channel', Me: 'key', AddressView: 'address-view', Problem: 'problem',
  CreateLinksRequest: 'link', CreateLinksResponse: 'link',
};
const declarations = [
  "import type { ErrorObject } from 'ajv';",
  'export interface Validator<T> { (value: unknown): value is T; errors?: ErrorObject[] | null }',
  ...names.map((name) => `export declare const is${name}: Validator<import('../src/${typeImports[name]}.ts').${name}>;`),
];
await writeFile(new URL('validators.d.ts', directory), `${declarations.join('\n')}\n`);
