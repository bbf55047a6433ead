import { mkdir, writeFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import standaloneModule from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { AddressInput } from '../src/address.ts';
import { AddressView } from '../src/address-view.ts';
import { ajvOptions } from '../src/ajv-options.ts';
import { ChannelList } from '../src/channel.ts';
import { CheckRequest, CheckResponse } from '../src/check.ts';
import { ProviderAnswer } from '../src/connection.ts';
import { AddEntriesRequest, AddEntriesResponse, Entry, RemoveEntriesRequest, RemoveEntriesResponse } from '../src/entry.ts';
import { EntryPage } from '../src/entry-page.ts';
import { FeedEvent, FeedPage } from '../src/feed.ts';
import { InboundRequest, InboundResponse } from '../src/inbound.ts';
import { Me } from '../src/key.ts';
import { CreateLinksRequest, CreateLinksResponse } from '../src/link.ts';
import { List, ListPage } from '../src/list.ts';
import { Problem } from '../src/problem.ts';
import { Review, ReviewPage } from '../src/review.ts';
import { SenderPage } from '../src/sender.ts';
import { CreatedWebhook, Webhook, WebhookPage } from '../src/webhook.ts';

/**
 * Compiles the shapes that cross the wire into plain functions, ahead of time: n8n's package scanner and a strict content
 * security policy both forbid `new Function`, which ajv needs to compile at run time. By the module of contract/src that they are in.
 */
const modules: Record<string, Record<string, object>> = {
  address: { AddressInput },
  'address-view': { AddressView },
  channel: { ChannelList },
  check: { CheckRequest, CheckResponse },
  connection: { ProviderAnswer },
  entry: { AddEntriesRequest, AddEntriesResponse, Entry, RemoveEntriesRequest, RemoveEntriesResponse },
  'entry-page': { EntryPage },
  feed: { FeedEvent, FeedPage },
  inbound: { InboundRequest, InboundResponse },
  key: { Me },
  link: { CreateLinksRequest, CreateLinksResponse },
  list: { List, ListPage },
  problem: { Problem },
  review: { Review, ReviewPage },
  sender: { SenderPage },
  webhook: { CreatedWebhook, Webhook, WebhookPage },
};
const schemas: Record<string, object> = Object.assign({}, ...Object.values(modules));
const names = Object.keys(schemas);

const standaloneCode = (standaloneModule as unknown as { default?: typeof standaloneModule }).default ?? standaloneModule;
const directory = new URL('../generated/', import.meta.url);

/** What stands in others is compiled once and called from there; but an answer to 10,000 recipients is judged in one piece, which is faster. */
const parts = new Map(Object.entries(schemas).map(([name, schema]) => [JSON.stringify(schema), name]));
const withReferences = (schema: unknown, isWhole = true): unknown => {
  if (typeof schema !== 'object' || schema === null || schema === CheckResponse) return schema;
  const part = isWhole ? undefined : parts.get(JSON.stringify(schema));
  if (part !== undefined) return { $ref: part };
  if (Array.isArray(schema)) return schema.map((item) => withReferences(item, false));
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, withReferences(value, false)]));
};

const ajv = new Ajv({ ...ajvOptions, inlineRefs: false, code: { source: true, esm: true, lines: false } });
for (const [name, schema] of Object.entries(schemas)) ajv.addSchema({ ...(withReferences(schema) as object), $id: name }, name);
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

const declarations = [
  "import type { ErrorObject } from 'ajv';",
  'export interface Validator<T> { (value: unknown): value is T; errors?: ErrorObject[] | null }',
  ...Object.entries(modules).flatMap(([module, shapes]) => Object.keys(shapes).map((name) => `export declare const is${name}: Validator<import('../src/${module}.ts').${name}>;`)),
];
await writeFile(new URL('validators.d.ts', directory), `${declarations.join('\n')}\n`);
