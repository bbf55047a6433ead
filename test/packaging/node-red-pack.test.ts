import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

/** The rules of the Flow Library's scorecard (node-red-dev) by their own names, and what its code really looks at. */
const root = resolve(import.meta.dirname, '../..');
const pack = join(root, 'node-red');
const read = (...path: string[]): string => readFileSync(join(pack, ...path), 'utf8');
const manifest = JSON.parse(read('package.json'));
const page = read('dist/quietlist.html');
const catalogue = JSON.parse(read('locales/en-US/quietlist.json'));
const sources = globSync('src/**/*.ts', { cwd: pack }).map((file) => ({ file, text: read(file) }));
const examples = globSync('examples/*.json', { cwd: pack }).map((file) => ({ file, nodes: JSON.parse(read(file)) as Array<Record<string, unknown> & { type: string }> }));

type Literal = string | number | { [name: string]: Literal } | null;

const literalOf = (node: ts.Node): Literal => {
  if (ts.isStringLiteral(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (!ts.isObjectLiteralExpression(node)) return null;
  return Object.fromEntries(node.properties.map((property) => [property.name?.getText() ?? '', ts.isPropertyAssignment(property) ? literalOf(property.initializer) : null]));
};

/** Node types as the Flow Library finds them: literal calls of registerType in an inline script. */
const definitions = (() => {
  const script = /<script type="text\/javascript">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
  const found = new Map<string, Record<string, Literal>>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === 'registerType') {
      const [type, definition] = node.arguments;
      if (type && definition && ts.isStringLiteral(type) && ts.isObjectLiteralExpression(definition)) found.set(type.text, literalOf(definition) as Record<string, Literal>);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('editor.js', script, ts.ScriptTarget.Latest, true));
  return found;
})();

const isWorking = ([, { category }]: [string, Record<string, Literal>]) => category !== 'config';
const working = [...definitions].filter(isWorking);
const dialogOf = (type: string): string => new RegExp(`data-template-name="${type}">([\\s\\S]*?)</script>`).exec(page)?.[1] ?? '';
const textAt = (key: string): unknown => key.split('.').reduce<any>((value, name) => value?.[name], catalogue);
const keysOf = (value: unknown, path = ''): string[] =>
  typeof value === 'string' ? [path] : Object.entries(value as object).flatMap(([name, inner]) => keysOf(inner, path ? `${path}.${name}` : name));

describe('the scorecard of the Flow Library', () => {
  it('P01 P03 P04 P05: licence, repository with its folder, scoped name, keyword', () => {
    expect(manifest).toMatchObject({ license: 'MIT', name: '@quietlist/node-red', repository: { url: expect.stringContaining('github.com'), directory: 'node-red' }, bugs: { url: expect.any(String) } });
    expect(manifest.keywords).toContain('node-red');
  });

  it('P06 P07: loads in the present Node-RED, on the oldest Node.js that one takes', () => {
    const present = JSON.parse(readFileSync(join(root, 'node_modules/node-red/package.json'), 'utf8'));
    expect(manifest['node-red'].version).toBe('>=4.0.0');
    expect(Number(present.version.split('.')[0])).toBeGreaterThanOrEqual(4);
    const minimum = (range: string) => /^>=\s*(\d+)\.(\d+)/.exec(range)!.slice(1, 3).map(Number);
    expect(minimum(manifest.engines.node)).toEqual(minimum(present.engines.node));
  });

  it('N01 N02: types of our own, each in an importable example', () => {
    expect([...definitions.keys()].sort()).toEqual([
      'quietlist-add-to-blacklist', 'quietlist-check', 'quietlist-inbound-message', 'quietlist-opt-out', 'quietlist-remove-from-blacklist', 'quietlist-remove-opt-out',
      'quietlist-server', 'quietlist-suppression-events', 'quietlist-unsubscribe-link',
    ]);
    const shown = new Set(examples.flatMap(({ nodes }) => nodes.map(({ type }) => type)));
    for (const [type] of working) expect(shown).toContain(type);
  });

  it('D01: few dependencies', () => {
    expect(Object.keys(manifest.dependencies)).toEqual(['axios']);
  });

  it('finds category, colour, icon, inputs, outputs and defaults as literals', () => {
    for (const [, definition] of working) {
      expect(definition).toMatchObject({ category: 'quietlist', color: expect.stringMatching(/^#/), icon: expect.stringMatching(/\.svg$/), inputs: expect.any(Number), outputs: expect.any(Number), defaults: { server: {} } });
    }
    expect(new Set(working.map(([, { icon }]) => icon)).size).toBe(working.length);
    expect(definitions.get('quietlist-server')).toMatchObject({ category: 'config', defaults: { url: {} }, credentials: { apiKey: { type: 'password' } } });
  });
});

describe('dialogs, help and texts', () => {
  it('has a dialog and help for every node', () => {
    const help = read('locales/en-US/quietlist.html');
    for (const type of definitions.keys()) {
      expect(dialogOf(type)).not.toBe('');
      expect(help).toContain(`data-help-name="${type}"`);
    }
  });

  it('writes what goes in and out so that the sidebar shows all of it: no second colon', () => {
    const described = read('locales/en-US/quietlist.html').split('\n').filter((line) => line.startsWith(': '));
    expect(described.length).toBeGreaterThan(0);
    for (const line of described) expect(line).toMatch(/^: [A-Za-z]+ \([a-z|]+\) : (?!.*: )\S/);
  });

  it('has a field in the dialog for every property, and a property for every field', () => {
    for (const [type, { category, defaults }] of definitions) {
      const prefix = category === 'config' ? 'node-config-input-' : 'node-input-';
      const fields = [...dialogOf(type).matchAll(new RegExp(`id="${prefix}([A-Za-z]+)"`, 'g'))].map(([, name]) => name);
      const properties = [...Object.keys(defaults as object), ...(category === 'config' ? ['apiKey'] : [])];
      expect([type, fields.sort()]).toEqual([type, properties.sort()]);
    }
  });

  it('has every text that a dialog, the editor or the runtime asks for', () => {
    const inDialogs = [...page.matchAll(/data-i18n="(?:\[[a-z]+\])?([^"]+)"/g)].map(([, key]) => key!);
    const inCode = sources.flatMap(({ text }) => [...text.matchAll(/(?:(?<![.\w])text|RED\._)\(\s*'([^']+)'/g)].map(([, key]) => key!));
    const ofFields = working.flatMap(([, { defaults }]) => Object.keys(defaults as object).filter((name) => `${name}Type` in (defaults as object)).map((name) => `field.${name}`));
    for (const key of [...inDialogs, ...inCode, ...ofFields]) expect([key, typeof textAt(key)]).toEqual([key, 'string']);
  });

  it('has no text that nobody asks for', () => {
    const everything = page + sources.map(({ text }) => text).join('\n');
    const dynamic = /^(field|status|error)\./;
    expect(keysOf(catalogue).filter((key) => !everything.includes(key) && !dynamic.test(key))).toEqual([]);
  });

  it('has an icon for every node, white on nothing', () => {
    for (const [, { icon }] of working) {
      const drawing = read('dist/icons', String(icon));
      expect(drawing).toMatch(/width="40" height="60"/);
      expect(drawing.match(/#[0-9a-f]+/gi)).toEqual(['#fff']);
    }
  });

  it('has no colour of its own in a dialog, so that it fits the light and the dark theme', () => {
    expect(read('src/editor/dialog.css')).not.toMatch(/#[0-9a-f]{3,8}\b(?![-\w])|rgb|hsl/i);
  });
});

describe('examples', () => {
  const core = ['tab', 'comment', 'inject', 'debug', 'catch', 'switch', 'change', 'split', 'template', 'function', 'http in', 'http response', 'http request'];
  it.each(examples)('$file uses core nodes, says all that a node can be told, and carries no key', ({ file, nodes }) => {
    expect(basename(file)).toMatch(/^[A-Z][A-Za-z ]+\.json$/);
    expect(nodes.some(({ type }) => type === 'comment')).toBe(true);
    for (const node of nodes) {
      expect(node).not.toHaveProperty('credentials');
      const definition = definitions.get(node.type);
      if (!definition) {
        expect(core).toContain(node.type);
        continue;
      }
      const known = Object.keys(definition['defaults'] as object);
      const given = Object.keys(node).filter((name) => !['id', 'type', 'z', 'x', 'y', 'wires'].includes(name));
      expect(given.sort()).toEqual(known.sort());
    }
  });
});

it.each(examples)('$file: every wire leads to a node of the same flow, from as many outputs as the node has', ({ nodes }) => {
  const ids = new Set(nodes.map(({ id }) => id));
  expect(ids.size).toBe(nodes.length);
  for (const { type, wires = [], scope } of nodes as Array<{ type: string; wires?: string[][]; scope?: string[] }>) {
    expect([...wires.flat(), ...(scope ?? [])].filter((id) => !ids.has(id))).toEqual([]);
    const definition = definitions.get(type);
    if (definition && definition['category'] !== 'config') expect([type, wires.length]).toEqual([type, definition['outputs']]);
  }
});

describe('the packed package', () => {
  it('holds what Node-RED needs and nothing else, in at most 300 KB', async () => {
    const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: pack });
    const parsed = JSON.parse(stdout);
    const [packed] = Array.isArray(parsed) ? parsed : Object.values<any>(parsed);
    const files: string[] = packed.files.map(({ path }: { path: string }) => path).sort();
    expect(files.filter((file) => !file.startsWith('examples/') && !file.startsWith('dist/icons/'))).toEqual([
      'LICENSE', 'README.md', 'dist/locales/en-US/quietlist.html', 'dist/locales/en-US/quietlist.json', 'dist/quietlist.html', 'dist/quietlist.js', 'package.json',
    ]);
    expect(files.filter((file) => file.startsWith('examples/'))).toHaveLength(examples.length);
    expect(packed.size).toBeLessThanOrEqual(300 * 1024);
  });

  it('loads with axios alone, and has nothing of n8n or the service in it', () => {
    const runtime = read('dist/quietlist.js');
    const required = [...runtime.matchAll(/(?<!')require\("([^"]+)"\)/g)].map(([, name]) => name!.replace(/^node:/, ''));
    expect(new Set(required)).toEqual(new Set(['axios', 'crypto', 'http', 'https', 'timers/promises']));
    for (const { file, text } of sources) expect([file, /from '[^']*(n8n|server\/src|@quietlist\/server)/.test(text)]).toEqual([file, false]);
  });

  it('has the licence of the project', () => {
    expect(read('LICENSE')).toBe(readFileSync(join(root, 'LICENSE'), 'utf8'));
  });
});
