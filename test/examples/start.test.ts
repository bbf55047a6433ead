import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expected, expectedSent, recipients } from '../support/campaign.ts';

const script = fileURLToPath(new URL('../../scripts/start.ts', import.meta.url));

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

const start = (...words: string[]): Promise<Ended> =>
  new Promise((resolve) => {
    execFile(process.execPath, [script, '--no-build', ...words], (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }));
  });

const taken = (): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
const portOf = (server: Server): string => String((server.address() as { port: number }).port);

describe('npm start', () => {
  let folder: string;
  let first: Ended;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'quietlist-start-'));
    first = await start('--once', '--data', folder, '--port', '0', '--node-red-port', '0');
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const held = expected.length - expectedSent.length;

  it('runs the sample campaign through the flow in Node-RED, prints who was held back, and ends', () => {
    expect(first).toMatchObject({ code: 0, stderr: '' });
    expect(first.stdout).toContain(`${expected.length} recipients: ${expectedSent.length} sent, ${held} held back`);
    expect(first.stdout).toMatch(/5 +Marcus Reed +whatsapp .* Optout Number +Opted out of/);
    expect(first.stdout.match(/^\[\d\/4\] .* … \d+\.\d s$/gm)).toHaveLength(4);
  });

  it('keeps keys for their owner alone, and writes no key and no address into a log', () => {
    const keys = JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')) as Record<string, string>;
    expect(Object.keys(keys).sort()).toEqual(['admin', 'manager']);
    expect(statSync(folder).mode & 0o077).toBe(0);
    expect(statSync(join(folder, 'keys.json')).mode & 0o077).toBe(0);
    const secrets = [...Object.values(keys), ...recipients.map(({ contact }) => contact).filter((contact) => contact.length > 6)];
    const written = [first.stdout, ...readdirSync(folder).filter((name) => name.endsWith('.log')).map((name) => readFileSync(join(folder, name), 'utf8'))];
    expect(written.length).toBeGreaterThan(2);
    expect(secrets.filter((secret) => written.some((text) => text.includes(secret)))).toEqual([]);
    const flows = readFileSync(join(folder, 'node-red', 'flows.json'), 'utf8');
    expect(Object.values(keys).filter((key) => flows.includes(key))).toEqual([]);
  });

  it('gives the same result a second time, also when its ports are taken', async () => {
    const servers = [await taken(), await taken()] as const;
    try {
      const second = await start('--once', '--data', folder, '--port', portOf(servers[0]), '--node-red-port', portOf(servers[1]));
      const tableOf = ({ stdout }: Ended): string => stdout.slice(stdout.indexOf('\nRow '));
      expect(second).toMatchObject({ code: 0, stderr: '' });
      expect(tableOf(second)).toBe(tableOf(first));
    } finally {
      for (const server of servers) server.close();
    }
  }, 120_000);

  it('says what is wrong with its words, and starts nothing', async () => {
    const { code, stderr } = await start('--port', 'many');
    expect(code).toBe(1);
    expect(stderr).toContain('A port is a number from 0 to 65535');
    expect(stderr).toContain('Usage: npm start');
  });
});
