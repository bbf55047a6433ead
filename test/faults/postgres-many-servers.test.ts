import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildService, firstKeyOf, runCli, startCli, type Running } from '../support/cli.ts';
import { startPostgres, type PostgresServer } from '../support/postgres.ts';

/** Three services as they are shipped, each a process of its own, on one database. */
let database: PostgresServer;
const running: Running[] = [];
beforeAll(async () => {
  await buildService();
  database = await startPostgres();
}, 90_000);
afterEach(async () => {
  for (const { process: child, finished } of running.splice(0)) {
    child.kill('SIGKILL');
    await finished;
  }
});
afterAll(() => database.remove());

function serve(env: Record<string, string>): Running {
  const service = startCli(['serve', '--port', '0'], env);
  running.push(service);
  return service;
}

interface Answer {
  status: number;
  replayed: boolean;
  retryAfter: string | null;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  body: any;
}

/** Asks one service; null when it is not there (any more). */
async function ask(url: string, key: string, path: string, body?: object, idempotencyKey?: string): Promise<Answer | null> {
  const request = {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${key}`, ...(body ? { 'content-type': 'application/json' } : {}), ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  };
  try {
    const response = await fetch(url + path, request);
    return { status: response.status, replayed: response.headers.has('idempotent-replayed'), retryAfter: response.headers.get('retry-after'), body: await response.json() };
  } catch {
    return null;
  }
}

const phone = (number: number): string => `+55119${String(80_000_000 + number)}`;

describe('three services on one database', () => {
  it('start together on an empty database, keep what any of them acknowledged when one is killed, and do nothing twice', async () => {
    const env = { DATABASE_URL: await database.createDatabase() };
    const services = [serve(env), serve(env), serve(env)];
    const urls = await Promise.all(services.map(({ ready }) => ready));
    // One of them made the workspace and its first key.
    const keys = services.map(({ stdout }) => firstKeyOf(stdout)).filter((key) => key !== '');
    expect(keys.length).toBe(1);
    const key = keys[0] ?? '';

    // An entry that is over in a moment: a job ends it, on whichever service is at it.
    const expiring = await ask(urls[0] ?? '', key, '/v1/entries', { entries: [{ kind: 'block', address: phone(999_999), expiresAt: new Date(Date.now() + 1_500).toISOString() }] });
    expect(expiring?.body.counts.added).toBe(1);

    const acknowledged = new Set<number>();
    let next = 0;
    let unanswered = 0;
    let replays = 0;
    const until = 240;
    const writer = async (): Promise<void> => {
      while (next < until) {
        const number = (next += 1);
        const write = { entries: [{ kind: 'opt_out', address: phone(number) }] };
        const order = [0, 1, 2].map((step) => urls[(number + step) % 3] ?? '');
        // What the first service did not answer is sent to the next one, with the same key, as a client does.
        for (const url of order) {
          const answer = await ask(url, key, '/v1/entries', write, `write-${number}`);
          if (answer?.status !== 200) {
            unanswered += 1;
            continue;
          }
          if (answer.replayed) replays += 1;
          acknowledged.add(number);
          break;
        }
        // Whoever is asked next sees it.
        const check = await ask(order.at(-1) ?? '', key, '/v1/checks', { recipients: [phone(number)] });
        if (check?.status === 200) expect(check.body.decisions[0].decision).toBe('suppress');
        if (number === until / 2) services[0]?.process.kill('SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: 6 }, writer));
    expect(unanswered).toBeGreaterThan(0);
    expect(acknowledged.size).toBe(until);
    expect(replays).toBeLessThanOrEqual(unanswered);

    const [, second = '', third = ''] = urls;
    const answer = await ask(second, key, '/v1/checks', { recipients: [...acknowledged].map(phone), view: 'held' });
    expect(answer?.body.counts.suppress).toBe(until);
    // Each has one line in its history: added, once.
    for (const number of acknowledged) {
      const view = await ask(third, key, `/v1/addresses/${encodeURIComponent(phone(number))}`);
      expect(view?.body.events.map(({ action }: { action: string }) => action)).toEqual(['added']);
    }

    // The job goes on without the service that was killed, and ended the entry once.
    const actions = async (): Promise<string[]> => (await ask(third, key, `/v1/addresses/${encodeURIComponent(phone(999_999))}`))?.body.events.map(({ action }: { action: string }) => action) ?? [];
    await expect.poll(actions, { timeout: 25_000, interval: 250 }).toEqual(['expired', 'added']);
  }, 60_000);

  it('answer 503 with the time to come back while the database is away, and serve again when it is there', async () => {
    const env = { DATABASE_URL: await database.createDatabase() };
    const service = serve(env);
    const url = await service.ready;
    const key = (await runCli(['key', 'create', '--role', 'agent', '--name', 'test'], env)).stdout.trim();
    await ask(url, key, '/v1/entries', { entries: [{ kind: 'opt_out', address: phone(1) }] });
    await database.stop('kill');
    for (const [path, body] of [['/v1/checks', { recipients: [phone(1)] }], ['/v1/entries', { entries: [{ kind: 'opt_out', address: phone(2) }] }]] as const) {
      const answer = await ask(url, key, path, body);
      expect(answer?.status).toBe(503);
      expect(Number(answer?.retryAfter)).toBeGreaterThan(0);
      expect(answer?.body.decisions).toBeUndefined();
    }
    expect((await fetch(`${url}/ready`)).status).toBe(503);
    await database.start();
    const answer = await ask(url, key, '/v1/checks', { recipients: [phone(1), phone(2)] });
    expect(answer?.body.decisions.map(({ decision }: { decision: string }) => decision)).toEqual(['suppress', 'allow']);
    expect(service.stderr).not.toContain(phone(1).slice(1));
    service.process.kill('SIGTERM');
    expect((await service.finished).code).toBe(0);
  }, 60_000);
});
