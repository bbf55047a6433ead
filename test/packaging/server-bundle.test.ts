import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildService, firstKeyOf, startCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const server = fileURLToPath(new URL('../../server/', import.meta.url));

beforeAll(buildService, 60_000);

describe('the bundle of the service', () => {
  it('serves a folder without any package beside it', async () => {
    const alone = temporaryFolder();
    for (const part of ['bin', 'dist', 'package.json']) cpSync(join(server, part), join(alone, part), { recursive: true });
    const service = startCli(['serve', '--data', join(alone, 'data'), '--port', '0'], {}, join(alone, 'bin/quietlist.js'));
    try {
      const url = await service.ready;
      const ask = async (path: string, body: object): Promise<any> =>
        (await fetch(url + path, { method: 'POST', headers: { authorization: `Bearer ${firstKeyOf(service.stdout)}`, 'content-type': 'application/json' }, body: JSON.stringify(body) })).json();
      expect(await ask('/v1/inbound', { channel: 'sms', address: '+447911123456', text: 'STOP' })).toMatchObject({ action: 'opted_out' });
      expect(await ask('/v1/checks', { recipients: ['+447911123456', '+447911123457'], channel: 'sms' })).toMatchObject({ counts: { allow: 1, suppress: 1, unknown: 0 } });
      expect((await fetch(`${url}/docs`)).status).toBe(200);
    } finally {
      service.process.kill('SIGTERM');
    }
    expect(await service.finished).toMatchObject({ code: 0, stderr: '' });
  });

  it('comes with the licences of all whose code it holds', () => {
    const licences = readFileSync(join(server, 'dist/licences.txt'), 'utf8');
    for (const name of ['ajv', 'fastify', 'helmet', 'kysely', 'libphonenumber-js', 'pino', 'typebox']) expect(licences).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+: MIT$`, 'm'));
    expect(licences).not.toMatch(/UNLICENSED|undefined/);
  });
});
