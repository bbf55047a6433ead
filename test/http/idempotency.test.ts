import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { limits } from '@quietlist/contract/limits';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../../server/src/app/keys.ts';
import { ensureWorkspace } from '../../server/src/app/workspaces.ts';
import { startServer } from '../../server/src/http/server.ts';
import { createPlatform } from '../../server/src/platform.ts';
import { openSqliteStore } from '../../server/src/store/sqlite/open-sqlite-store.ts';
import { freshPhone } from '../support/numbers.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const write = (path: string, body: object, idempotencyKey: string, key?: string, method = 'POST') =>
  service.call(method, path, body, { headers: { 'idempotency-key': idempotencyKey }, ...(key ? { key } : {}) });
const block = (address: string) => ({ entries: [{ kind: 'block', address }] });
const lines = async (address: string): Promise<number> => (await service.call('GET', `/v1/addresses/${encodeURIComponent(address)}`)).body.events.length;

describe('a write with an idempotency key', () => {
  it('answers the second time what it answered the first, and does nothing more', async () => {
    const phone = freshPhone();
    const first = await write('/v1/entries', block(phone), 'k-replay');
    await service.call('POST', '/v1/entries/remove', { kind: 'block', addresses: [phone] });
    const second = await write('/v1/entries', block(phone), 'k-replay');
    expect(second.body).toEqual(first.body);
    expect(second.body.results[0].outcome).toBe('added');
    expect([first.headers.get('idempotent-replayed'), second.headers.get('idempotent-replayed')]).toEqual([null, 'true']);
    expect((await service.call('POST', '/v1/checks', { recipients: [phone] })).body.decisions[0].decision).toBe('allow');
    expect(await lines(phone)).toBe(2);
  });

  it('answers the same status, too', async () => {
    const first = await write('/v1/lists', { name: 'Once only' }, 'k-list');
    const second = await write('/v1/lists', { name: 'Once only' }, 'k-list');
    expect([first.status, second.status, second.body]).toEqual([201, 201, first.body]);
  });

  it('is refused for another body, path or method', async () => {
    const phone = freshPhone();
    await write('/v1/entries', block(phone), 'k-other');
    expectProblem(await write('/v1/entries', block(freshPhone()), 'k-other'), 'idempotency-mismatch');
    expectProblem(await write('/v1/entries/remove', { kind: 'block', addresses: [phone] }, 'k-other'), 'idempotency-mismatch');
    expectProblem(await write('/v1/settings', { digits: 'international' }, 'k-other', undefined, 'PATCH'), 'idempotency-mismatch');
    expect((await service.call('POST', '/v1/checks', { recipients: [phone] })).body.decisions[0].decision).toBe('suppress');
  });

  it('never meets the same key of another API key, of this workspace or another', async () => {
    const [phone, other] = [freshPhone(), freshPhone()];
    await write('/v1/entries', block(phone), 'k-shared');
    for (const key of [await service.createKey('manager'), await service.createKey('manager', { workspace: 'other' })]) {
      const answer = await write('/v1/entries', block(other), 'k-shared', key);
      expect([answer.status, answer.headers.get('idempotent-replayed'), answer.body.results[0].outcome]).toEqual([200, null, 'added']);
    }
  });

  it('is done once when it is sent many times at once', async () => {
    const phone = freshPhone();
    const answers = await Promise.all(Array.from({ length: 20 }, () => write('/v1/entries', block(phone), 'k-race')));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers.filter(({ headers }) => headers.get('idempotent-replayed') === null)).toHaveLength(1);
    expect(await lines(phone)).toBe(1);
  });

  it('is not kept when it failed: it changed nothing, and may be tried again', async () => {
    const phone = freshPhone();
    const request = { entries: [{ kind: 'opt_out', address: phone, list: 'Later' }] };
    expectProblem(await write('/v1/entries', request, 'k-failed'), 'unknown-list');
    await service.call('POST', '/v1/lists', { name: 'Later' });
    const again = await write('/v1/entries', request, 'k-failed');
    expect([again.headers.get('idempotent-replayed'), again.body.results[0].outcome]).toEqual([null, 'added']);
  });

  it.each(['', ' ', 'k'.repeat(limits.idempotencyKeyLength + 1), 'ümlaut', 'two words'])('is refused with the key %j', async (key) => {
    const phone = freshPhone();
    expectProblem(await write('/v1/entries', block(phone), key), 'invalid-request', 'Idempotency-Key');
    expect(await lines(phone)).toBe(0);
  });

  it('takes a key of 255 characters', async () => {
    expect((await write('/v1/entries', block(freshPhone()), 'k'.repeat(limits.idempotencyKeyLength))).status).toBe(200);
  });

  it('never keeps an API key to give it again', async () => {
    const first = await write('/v1/keys', { name: 'Twice', role: 'viewer' }, 'k-secret');
    const second = await write('/v1/keys', { name: 'Twice', role: 'viewer' }, 'k-secret');
    expect(second.headers.get('idempotent-replayed')).toBeNull();
    expect(second.body.secret).not.toBe(first.body.secret);
  });
});

describe('a write with an idempotency key, after a restart', () => {
  it('is still known', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'quietlist-restart-'));
    const quiet = pino({ level: 'silent' });
    const start = async () => {
      const services = { store: await openSqliteStore({ directory }), platform: createPlatform(), version: 'test' };
      return { services, server: await startServer(services, quiet, { host: '127.0.0.1', port: 0 }) };
    };
    const one = await start();
    const secret = await one.services.store.write(async (writer) => {
      const workspace = await ensureWorkspace(writer, one.services.platform, 'main');
      return (await createKey(writer, one.services.platform, workspace, { name: 'Admin', role: 'admin' })).secret;
    });
    const send = (url: string) =>
      fetch(`${url}/v1/entries`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', 'idempotency-key': 'k-restart' },
        body: JSON.stringify(block('+14155552671')),
      });
    const first = await send(one.server.url);
    const answer = await first.text();
    await one.server.stop();
    const two = await start();
    const second = await send(two.server.url);
    expect([await second.text(), second.headers.get('idempotent-replayed')]).toEqual([answer, 'true']);
    await two.server.stop();
    rmSync(directory, { recursive: true, force: true });
  });
});
