import { createServer } from 'node:net';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildService, firstKeyOf, runCli, startCli, type Running } from '../../support/cli.ts';

let directory: string;
const running: Running[] = [];
beforeAll(buildService, 60_000);
beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'quietlist-serve-')), 'data');
});
afterEach(async () => {
  for (const { process: child, finished } of running.splice(0)) {
    child.kill('SIGKILL');
    await finished;
  }
  rmSync(join(directory, '..'), { recursive: true, force: true });
});

function start(argv: string[], env?: Record<string, string>): Running {
  const service = startCli(argv, env);
  running.push(service);
  return service;
}

const me = async (url: string, key: string): Promise<any> => (await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${key}` } })).json();

describe('quietlist serve', () => {
  it('makes the folder for its owner alone, and shows the first admin key once, never again', async () => {
    const first = start(['serve', '--data', directory, '--port', '0']);
    const url = await first.ready;
    const key = firstKeyOf(first.stdout);
    expect(await me(url, key)).toMatchObject({ role: 'admin', workspaceName: 'main' });
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    first.process.kill('SIGTERM');
    expect(await first.finished).toMatchObject({ code: 0, stderr: '' });

    const second = start(['serve', '--port', '0'], { QUIETLIST_DATA: directory });
    expect(await me(await second.ready, key)).toMatchObject({ role: 'admin' });
    expect(second.stdout).not.toContain('ql_live_');
    second.process.kill('SIGINT');
    expect((await second.finished).code).toBe(0);
  });

  it('says in one sentence that its port is taken, keeps no key from its user, and ends at once', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    const refused = await runCli(['serve', '--data', directory, '--port', String(port)]);
    expect(refused).toMatchObject({ code: 1, stdout: '', stderr: 'quietlist: This port is taken by another program. Give another one with --port.\n' });
    other.close();
    const service = start(['serve', '--data', directory, '--port', '0']);
    await service.ready;
    expect(firstKeyOf(service.stdout)).toMatch(/^ql_live_/);
    service.process.kill('SIGTERM');
    await service.finished;
  });

  it('says in one sentence that its host is none', async () => {
    const { code, stderr } = await runCli(['serve', '--data', directory, '--port', '0', '--host', '192.0.2.1']);
    expect([code, stderr]).toEqual([1, 'quietlist: This machine does not have this address. Give another one with --host.\n']);
  });

  it('lets a key be made while it runs, which counts at once', async () => {
    const service = start(['serve', '--data', directory, '--port', '0']);
    const url = await service.ready;
    const made = await runCli(['key', 'create', '--role', 'agent', '--name', 'Flow', '--data', directory]);
    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(await me(url, made.stdout.trim())).toMatchObject({ role: 'agent', keyName: 'Flow' });
    service.process.kill('SIGTERM');
    await service.finished;
  });
});
