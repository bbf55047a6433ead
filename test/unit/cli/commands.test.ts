import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../../server/src/cli/main.ts';
import { openSqliteStore } from '../../../server/src/store/sqlite/open-sqlite-store.ts';
import { startService, type TestService } from '../../support/service.ts';

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

async function run(argv: string[], env: Record<string, string> = {}): Promise<Ran> {
  const ran = { code: 0, stdout: '', stderr: '' };
  const stdin = (async function* () {})();
  ran.code = await main(argv, { stdin, stdout: { write: (text) => (ran.stdout += text) }, stderr: { write: (text) => (ran.stderr += text) }, env });
  return ran;
}

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'quietlist-cli-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('quietlist', () => {
  it.each([[], ['help'], ['--help'], ['-h']])('explains its commands: %j', async (...argv) => {
    const { code, stdout } = await run(argv);
    expect(code).toBe(0);
    for (const command of ['serve', 'key create', 'check', 'address']) expect(stdout).toContain(`quietlist ${command}`);
  });

  it.each(['serve', 'key', 'check', 'address'])('explains %s', async (command) => {
    const { code, stdout } = await run([command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^quietlist ${command}`));
  });

  it('says its version', async () => {
    expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each<[string, string[], Record<string, string>?]>([
    ['a command that is not there', ['serv']],
    ['a name that every object has', ['constructor']],
    ['an option that is not there', ['serve', '--prot', '1']],
    ['a word too many', ['serve', 'now']],
    ['a port that is none', ['serve', '--port', 'http']],
    ['a port beyond the last', ['serve', '--port', '65536']],
    ['a negative port', ['serve', '--port=-1']],
    ['a log level that is none', ['serve', '--log', 'loud']],
    ['a log level of the environment that is none', ['serve'], { QUIETLIST_LOG: 'loud' }],
    ['no verb for keys', ['key']],
    ['a verb for keys that is not there', ['key', 'delete']],
    ['no role', ['key', 'create', '--name', 'x']],
    ['a role that is none', ['key', 'create', '--role', 'owner', '--name', 'x']],
    ['a role that every object has', ['key', 'create', '--role', 'toString', '--name', 'x']],
    ['no name', ['key', 'create', '--role', 'admin']],
    ['a name of two lines', ['key', 'create', '--role', 'admin', '--name', 'a\nb']],
    ['a name that is too long', ['key', 'create', '--role', 'admin', '--name', 'x'.repeat(51)]],
    ['a check without a key', ['check', '+14155552671']],
    ['a check of nobody', ['check'], { QUIETLIST_API_KEY: 'x' }],
    ['a purpose that is none', ['check', '--purpose', 'fun', '+14155552671'], { QUIETLIST_API_KEY: 'x' }],
  ])('refuses %s with 64 and one sentence', async (_what, argv, env) => {
    const { code, stdout, stderr } = await run(argv, { QUIETLIST_DATA: directory, ...env });
    expect(code).toBe(64);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^quietlist: .+\n$/);
    expect(stderr).not.toMatch(/\bat .*\.ts|node:/);
  });

  it('refuses a folder that it cannot use in one sentence', async () => {
    const file = join(directory, 'file');
    writeFileSync(file, 'not a folder');
    for (const argv of [['key', 'create', '--role', 'admin', '--name', 'x', '--data', file], ['serve', '--port', '0', '--data', join(file, 'below')]]) {
      const { code, stderr } = await run(argv);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^quietlist: The folder .+\.\n$/);
    }
  });
});

describe('quietlist key create', () => {
  it('prints the key alone, which then opens the service on that folder', async () => {
    const { code, stdout, stderr } = await run(['key', 'create', '--role', 'manager', '--name', 'Flow', '--data', directory]);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^ql_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{38}\n$/);
    const store = await openSqliteStore({ directory });
    const [workspace] = await store.directory.workspaces();
    expect(await store.directory.keys(workspace?.id ?? 0)).toMatchObject([{ name: 'Flow', role: 'manager' }]);
    await store.close();
  });

  it('takes the folder from the environment, and makes a workspace that is not there yet', async () => {
    for (const name of ['one', 'two', 'two']) await run(['key', 'create', '--role', 'viewer', '--name', 'x', '--workspace', name], { QUIETLIST_DATA: directory });
    const store = await openSqliteStore({ directory });
    expect((await store.directory.workspaces()).map(({ name }) => name)).toEqual(['one', 'two']);
    await store.close();
  });
});

describe('quietlist check', () => {
  let service: TestService;
  let env: Record<string, string>;
  beforeAll(async () => {
    service = await startService();
    env = { QUIETLIST_API_KEY: service.adminKey, QUIETLIST_URL: service.baseUrl };
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: '+14155552671', channel: 'sms' }] });
  });
  afterAll(() => service.stop());

  it('ends with 0 when all may be contacted', async () => {
    const { code, stdout } = await run(['check', '+14155552672', 'ann@example.com'], env);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1\. Clear to send: .+\.\n2\. Clear to send: .+\.\n$/);
  });

  it('ends with 1 when somebody is held, and says why without the address', async () => {
    const { code, stdout } = await run(['check', '+14155552672', '+14155552671'], env);
    expect(code).toBe(1);
    expect(stdout).toMatch(/\n2\. Optout Number: Opted out of “Default” on SMS on .+\.\n$/);
    expect(stdout).not.toContain('4155552671');
    expect((await run(['check', '--channel', 'whatsapp', '+14155552671'], env)).code).toBe(0);
  });

  it('ends with 2 when somebody could not be checked: an address, a key, a service', async () => {
    expect((await run(['check', 'call me'], env)).code).toBe(2);
    expect((await run(['check', '+14155552671', 'call me'], env)).code).toBe(2);
    expect((await run(['check', '+14155552672'], { ...env, QUIETLIST_API_KEY: 'wrong' })).code).toBe(2);
    expect((await run(['check', '--list', 'Nope', '+14155552672'], env)).code).toBe(2);
  });

  it('prints one JSON line an address when asked', async () => {
    const { stdout } = await run(['check', '--json', '+14155552671', '+14155552672'], env);
    expect(stdout.trim().split('\n').map((line) => (JSON.parse(line) as { mayContact: boolean }).mayContact)).toEqual([false, true]);
  });

  it('refuses a URL that is none in one sentence', async () => {
    const { code, stderr } = await run(['check', '--url', 'not a url', '+14155552672'], env);
    expect(code).toBe(64);
    expect(stderr).toMatch(/^quietlist: .+\n$/);
  });
});
