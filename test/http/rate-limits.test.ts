import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StoreUnavailable, type Store } from '../../server/src/app/ports.ts';
import { startServer, type Listening } from '../../server/src/http/server.ts';
import { createPlatform } from '../../server/src/platform.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type Answer, type TestService } from '../support/service.ts';

const requestsPerSecond = 3;
/** Requests are counted over ten seconds. */
const perWindow = 30;
/** What a server takes from the store at once. */
const slice = 3;
const start = Date.UTC(2026, 2, 3, 10);

let now: number;
let skewMs: number;
let isReadOnly: boolean;
let one: TestService;
let two: Listening;

beforeEach(async () => {
  [now, skewMs, isReadOnly] = [start, 0, false];
  const wrapStore = (store: Store): Store => ({ ...store, write: (work) => (isReadOnly ? Promise.reject(new StoreUnavailable('Full.', { full: true })) : store.write(work)) });
  one = await startService({ clock: () => now, wrapStore, http: { requestsPerSecond } });
  two = await startServer({ ...one.services, platform: createPlatform(() => now + skewMs) }, pino({ level: 'silent' }), { host: '127.0.0.1', port: 0 }, { requestsPerSecond, lingerMs: 0 });
});
afterEach(async () => {
  await two.stop();
  await one.stop();
});

const askOne = (key?: string) => one.call('GET', '/v1/me', undefined, key ? { key } : {});

async function askTwo(): Promise<Answer> {
  const response = await fetch(`${two.url}/v1/me`, { headers: { authorization: `Bearer ${one.adminKey}` } });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

/** Sends to both servers by turns and answers how many requests each let through. */
async function askBoth(times: number): Promise<[number, number]> {
  const passed: [number, number] = [0, 0];
  for (let turn = 0; turn < times; turn += 1) {
    for (const [server, answer] of [await askOne(), await askTwo()].entries()) {
      if (answer.status === 200) passed[server as 0 | 1] += 1;
      else {
        expectProblem(answer, 'rate-limited');
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
        expect(Number(answer.headers.get('retry-after'))).toBeLessThanOrEqual(10);
      }
    }
  }
  return passed;
}

const sum = ([first, second]: [number, number]): number => first + second;

describe('the requests that one key may send', () => {
  it('are counted over all servers of a store together', async () => {
    const passed = await askBoth(perWindow);
    expect(sum(passed)).toBe(perWindow);
    expect(Math.min(...passed)).toBeGreaterThan(0);
  });

  it('are as many again after the time that Retry-After says', async () => {
    await askBoth(perWindow);
    now += Number((await askOne()).headers.get('retry-after')) * 1_000;
    expect(sum(await askBoth(perWindow))).toBe(perWindow);
  });

  it('are not those of another key', async () => {
    const other = await one.createKey('viewer');
    await askBoth(perWindow);
    expect((await askOne()).status).toBe(429);
    expect((await askOne(other)).status).toBe(200);
  });

  it('are not more when many come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 2 * perWindow }, (_, turn) => (turn % 2 === 0 ? askOne() : askTwo())));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(perWindow);
  });

  it('are not more when the clocks of the servers differ a little', async () => {
    now = start + 9_000;
    skewMs = 2_000;
    expect(sum(await askBoth(perWindow))).toBeLessThanOrEqual(perWindow + slice);
  });

  it('are counted by each server alone while the store cannot be written: checks go on', async () => {
    isReadOnly = true;
    expect((await one.call('POST', '/v1/checks', { recipients: ['+14155552671'] })).body.decisions[0].decision).toBe('allow');
    let passed = 1;
    for (let turn = 0; turn < 2 * perWindow; turn += 1) passed += (await askOne()).status === 200 ? 1 : 0;
    expect(passed).toBe(perWindow);
  });
});

describe('keys that are wrong', () => {
  let service: TestService;
  beforeEach(async () => {
    service = await startService({ clock: () => now, http: { failedAuthenticationsPerMinute: 5 } });
  });
  afterEach(() => service.stop());

  const ask = (key: string | null) => service.call('GET', '/v1/me', undefined, { key });

  it('are looked at so many times a minute from one network address, and not more', async () => {
    for (let turn = 0; turn < 5; turn += 1) expectProblem(await ask('wrong'), 'unauthenticated');
    const refused = await ask('wrong');
    expectProblem(refused, 'rate-limited');
    now += Number(refused.headers.get('retry-after')) * 1_000;
    expectProblem(await ask('wrong'), 'unauthenticated');
  });

  it('do not shut out a key that has been right before', async () => {
    expect((await ask(service.adminKey)).status).toBe(200);
    const never = await service.createKey('viewer');
    for (let turn = 0; turn < 6; turn += 1) await ask(null);
    expect((await ask(service.adminKey)).status).toBe(200);
    expectProblem(await ask(`${service.adminKey.slice(0, -1)}!`), 'rate-limited');
    expectProblem(await ask(never), 'rate-limited');
    now += 60_000;
    expect((await ask(never)).status).toBe(200);
  });

  it('of one address do not stop another', async () => {
    for (let turn = 0; turn < 6; turn += 1) await ask('wrong');
    expect((await ask('wrong')).status).toBe(429);
    const { port } = new URL(service.baseUrl);
    const { get } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port, path: '/v1/me', localAddress: '127.0.0.2' }, (response) => void resolve(response.resume().statusCode)).on('error', reject);
    });
    expect(status).toBe(401);
  });
});
