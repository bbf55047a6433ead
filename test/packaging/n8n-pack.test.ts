import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { ESLint, type Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Quietlist as QuietlistSource } from '../../nodes/Quietlist/Quietlist.node.ts';
import { quietlistType, runNode } from '../support/n8n-engine.ts';
import { startTriggerHost, triggerType } from '../support/n8n-trigger.ts';
import { startService } from '../support/service.ts';

const n8nNodesBase = createRequire(import.meta.url)('eslint-plugin-n8n-nodes-base') as ESLint.Plugin & { configs: { community: { rules: Linter.RulesRecord } } };
const root = new URL('../..', import.meta.url).pathname;
const newest = (patterns: string[]): number => Math.max(0, ...globSync(patterns, { cwd: root }).map((file) => statSync(join(root, file)).mtimeMs));

/** The pack as npm would publish it, unpacked where n8n would put it. */
describe('the n8n pack', () => {
  let folder: string;
  let pack: string;
  let files: string[];
  let packedBytes: number;

  beforeAll(() => {
    const built = newest(['dist/nodes/**/*.js']);
    if (built < newest(['nodes/**/*', 'credentials/**/*', 'icons/*', 'client/src/**/*.ts', 'contract/src/**/*.ts'])) throw new Error('dist/ is missing or older than its sources: run "npm run build"');
    folder = mkdtempSync(join(tmpdir(), 'quietlist-pack-'));
    const [info] = JSON.parse(execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    files = info.files.map(({ path }: { path: string }) => path);
    packedBytes = info.size;
    pack = join(folder, 'node_modules', 'n8n-nodes-quietlist');
    mkdirSync(pack, { recursive: true });
    execFileSync('tar', ['-xzf', join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz'))!), '-C', pack, '--strip-components=1']);
    symlinkSync(join(root, 'node_modules', 'n8n-workflow'), join(folder, 'node_modules', 'n8n-workflow'));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds the built node and nothing else, in at most 400 KB', () => {
    const strange = files.filter((file) => !/^(package\.json|README\.md|LICENSE|dist\/(nodes|credentials|icons)\/.+\.(js|json|svg))$/.test(file));
    expect(strange).toEqual([]);
    expect(files).toEqual(expect.arrayContaining(['dist/nodes/Quietlist/Quietlist.node.js', 'dist/nodes/Quietlist/Quietlist.node.json', 'dist/nodes/QuietlistTrigger/QuietlistTrigger.node.js', 'dist/nodes/QuietlistTrigger/QuietlistTrigger.node.json', 'dist/credentials/QuietlistApi.credentials.js']));
    expect(packedBytes).toBeLessThanOrEqual(400 * 1024);
  });

  it('passes the rules of n8n’s package scanner, and no comment in it could switch one off', async () => {
    const eslint = new ESLint({
      cwd: pack,
      allowInlineConfig: false,
      overrideConfigFile: true,
      overrideConfig: [
        n8nCommunityNodesPlugin.configs.recommended as never,
        { rules: { 'no-console': 'error', 'no-eval': 'error', 'no-new-func': 'error', 'no-implied-eval': 'error' } },
        {
          files: ['package.json'],
          plugins: { 'n8n-nodes-base': n8nNodesBase },
          rules: n8nNodesBase.configs.community.rules,
          languageOptions: { parser: tseslint.parser as never, parserOptions: { extraFileExtensions: ['.json'] } },
        },
      ],
    });
    const results = await eslint.lintFiles(['**/*.js', 'package.json']);
    expect(results).toHaveLength(files.filter((file) => file.endsWith('.js')).length + 1);
    expect(results.flatMap(({ filePath, messages }) => messages.map(({ ruleId, line, message }) => `${filePath.slice(pack.length)}:${line} ${ruleId} ${message}`))).toEqual([]);
  });

  it('would not pass those rules with a timer, a socket or the environment in it', async () => {
    const eslint = new ESLint({ cwd: pack, allowInlineConfig: false, overrideConfigFile: true, overrideConfig: [n8nCommunityNodesPlugin.configs.recommended as never] });
    const [result] = await eslint.lintText('/* eslint-disable */ setTimeout(() => {}, 1); require("http"); process.env.X; new Function("return 1")();', { filePath: join(pack, 'dist/nodes/x.js') });
    expect(new Set(result!.messages.map(({ ruleId }) => ruleId?.split('/').at(-1)))).toEqual(new Set(['no-restricted-globals', 'no-restricted-imports', 'no-dangerous-functions']));
  });

  it('loads by a plain require with nothing but n8n-workflow beside it, on every Node of this machine', () => {
    const script = join(folder, 'load.cjs');
    writeFileSync(
      script,
      `const { n8n } = require('n8n-nodes-quietlist/package.json');
       const load = (path) => { const file = 'n8n-nodes-quietlist/' + path; return new (require(file)[path.split('/').pop().split('.')[0]])(); };
       const loaded = [...n8n.nodes, ...n8n.credentials].map(load);
       console.log(JSON.stringify({ names: loaded.map((one) => (one.description ?? one).name), icons: loaded.map((one, index) => {
         const from = require('path').dirname(require.resolve('n8n-nodes-quietlist/' + [...n8n.nodes, ...n8n.credentials][index]));
         return Object.values((one.description ?? one).icon).every((icon) => require('fs').existsSync(require('path').join(from, icon.slice('file:'.length))));
       }) }));`,
    );
    const nodes = [process.execPath, ...process.env.PATH!.split(delimiter).map((directory) => join(directory, 'node')).filter((path) => existsSync(path))];
    for (const node of new Set(nodes)) {
      expect(JSON.parse(execFileSync(node, [script], { encoding: 'utf8', env: {} }))).toEqual({ names: ['quietlist', 'quietlistTrigger', 'quietlistApi'], icons: [true, true, true] });
    }
  });

  it('runs in n8n’s engine as it was packed', async () => {
    const service = await startService();
    const { Quietlist } = createRequire(import.meta.url)(join(pack, 'dist/nodes/Quietlist/Quietlist.node.js')) as { Quietlist: new () => INodeType };
    const { QuietlistApi } = createRequire(import.meta.url)(join(pack, 'dist/credentials/QuietlistApi.credentials.js')) as { QuietlistApi: new () => ICredentialType };
    const options = { nodeTypes: { [quietlistType]: new Quietlist() }, credentialTypes: [new QuietlistApi()], credentials: { quietlistApi: { baseUrl: service.baseUrl, apiKey: service.adminKey } } };
    const contact = '={{ $json.phone }}';
    const added = await runNode({ parameters: { resource: 'blacklist', operation: 'add', contact } }, [{ phone: '+14155550101' }], options);
    const checked = await runNode({ parameters: { contact } }, [{ phone: '+14155550101' }, { phone: '+14155550102' }, { phone: '?' }], options);
    await service.stop();
    expect(added.output(0)[0]!.json.quietlist).toMatchObject({ outcome: 'added' });
    expect(checked.output(0).map(({ json }) => json.phone)).toEqual(['+14155550101', '?']);
    expect(checked.output(1).map(({ json }) => json.phone)).toEqual(['+14155550102']);
  });

  it('starts workflows in n8n’s engine as it was packed', async () => {
    const service = await startService();
    const { QuietlistTrigger } = createRequire(import.meta.url)(join(pack, 'dist/nodes/QuietlistTrigger/QuietlistTrigger.node.js')) as { QuietlistTrigger: new () => INodeType };
    const credentials = { quietlistApi: { baseUrl: service.baseUrl, apiKey: service.adminKey } };
    const host = await startTriggerHost({ nodeTypes: { [triggerType]: new QuietlistTrigger() }, credentials }, { events: ['block.added'] });
    await host.activate();
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: '+14155550109' }] });
    await host.answered(1);
    await host.deactivate();
    await host.close();
    await service.stop();
    expect(host.executions.map(([item]) => item!.json)).toEqual([expect.objectContaining({ type: 'block.added', address: '+14155550109' })]);
  });

  it('has an output sample for every operation, as the editor shows it', () => {
    const operations = new QuietlistSource().description.properties.filter(({ name }) => name === 'operation');
    const expected = operations.flatMap(({ displayOptions, options }) => (options as Array<{ value: string }>).map(({ value }) => `${String(displayOptions!.show!.resource![0])}/${value}.json`));
    const samples = globSync('**/*.json', { cwd: join(pack, 'dist/nodes/Quietlist/__schema__/v1.0.0') });
    expect(samples.sort()).toEqual(expected.sort());
    for (const sample of samples) expect(JSON.parse(readFileSync(join(pack, 'dist/nodes/Quietlist/__schema__/v1.0.0', sample), 'utf8'))).toMatchObject({ type: 'object', version: 1 });
    expect(JSON.parse(readFileSync(join(pack, 'dist/nodes/QuietlistTrigger/__schema__/v1.0.0.json'), 'utf8'))).toMatchObject({ type: 'object', version: 1, properties: { type: { type: 'string' }, id: { type: 'string' } } });
  });
});
