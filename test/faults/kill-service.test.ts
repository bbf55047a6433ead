import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildService, firstKeyOf, runCli, startCli, type Running } from '../support/cli.ts';

const kills = 20;
const writers = 8;
let directory: string;
const running: Running[] = [];

beforeAll(buildService, 60_000);
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'quietlist-kill-'));
});
afterEach(async () => {
  for (const { process: child, finished } of running.splice(0)) {
    child.kill('SIGKILL');
    await finished;
  }
  rmSync(directory, { recursive: true, force: true });
});

function serve(): Running {
  const service = startCli(['serve', '--data', directory, '--port', '0']);
  running.push(service);
  return service;
}

interface Client {
  url: string;
  key: string;
}

async function send({ url, key }: Client, path: string, body: object, idempotencyKey?: string) {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}) },
    body: JSON.stringify(body),
  });
  return { status: response.status, replayed: response.headers.has('idempotent-replayed'), body: (await response.json()) as any };
}

const view = async ({ url, key }: Client, address: string): Promise<any> =>
  (await fetch(`${url}/v1/addresses/${encodeURIComponent(address)}`, { headers: { authorization: `Bearer ${key}` } })).json();

/** What one write asked for: one opt-out, or two addresses of one person at once. */
const write = (number: number) => {
  const addresses = number % 5 === 0 ? [`+49151${String(number).padStart(8, '0')}`, `person${number}@example.com`] : [`+49151${String(number).padStart(8, '0')}`];
  return { addresses, idempotencyKey: `write-${number}`, body: { entries: [{ kind: number % 2 === 0 ? 'opt_out' : 'block', addresses }], batch: 'under fire' } };
};

const addressesOf = (statuses: ReadonlyMap<number, number>, wanted: number): string[] => [...statuses].filter(([, status]) => status === wanted).flatMap(([number]) => write(number).addresses);

describe('a service that is killed in the middle of writes', () => {
  it(`keeps every write that it has acknowledged, ${kills} times over, and doubles none that is sent again`, async () => {
    const acknowledged = new Set<number>();
    let next = 0;
    let key = '';
    for (let round = 0; round <= kills; round += 1) {
      const service = serve();
      const client: Client = { url: await service.ready, key };
      if (round === 0) key = client.key = firstKeyOf(service.stdout);

      // Everything that was ever acknowledged is there, in every address of its person.
      const expected = [...acknowledged].flatMap((number) => write(number).addresses);
      if (expected.length > 0) {
        const { body } = await send(client, '/v1/checks', { recipients: expected, view: 'held' });
        expect(body.counts).toMatchObject({ total: expected.length, suppress: expected.length });
      }
      // Whatever was under way is there as a whole or not at all; sent again with its key it is there once.
      const recent = Array.from({ length: Math.min(next, 2 * writers) }, (_, index) => next - 1 - index);
      await Promise.all(
        recent.map(async (number) => {
          const { addresses, idempotencyKey, body } = write(number);
          const again = await send(client, '/v1/entries', body, idempotencyKey);
          expect(again.status).toBe(200);
          if (acknowledged.has(number)) expect(again.replayed).toBe(true);
          expect(again.body.results[0].outcome).toBe('added');
          acknowledged.add(number);
          for (const address of addresses) {
            const known = await view(client, address);
            expect(known.historyIntact).toBe(true);
            expect(known.entries).toHaveLength(1);
            expect(known.events.filter(({ action }: { action: string }) => action === 'added')).toHaveLength(1);
            expect(known.linked).toHaveLength(addresses.length - 1);
          }
        }),
      );
      if (round === kills) break;

      // Shot after some acknowledgements, with writes of every writer under way.
      const until = 3 + ((round * 7) % 40);
      let seen = 0;
      const writer = async (): Promise<void> => {
        for (;;) {
          const number = next++;
          const { body, idempotencyKey } = write(number);
          try {
            const { status } = await send(client, '/v1/entries', body, idempotencyKey);
            if (status !== 200) return;
          } catch {
            return;
          }
          acknowledged.add(number);
          if (++seen === until) service.process.kill('SIGKILL');
        }
      };
      await Promise.all(Array.from({ length: writers }, writer));
      await service.finished;
    }
    expect(acknowledged.size).toBeGreaterThan(kills * 10);
  }, 240_000);
});

describe('a service that is told to stop in the middle of writes', () => {
  it('keeps what it has acknowledged, has done nothing of what it refused, and ends with 0', async () => {
    const service = serve();
    const client: Client = { url: await service.ready, key: firstKeyOf(service.stdout) };
    const statuses = new Map<number, number>();
    let next = 0;
    const writer = async (): Promise<void> => {
      for (let status = 200; status === 200; ) {
        const number = next++;
        const { body, idempotencyKey } = write(number);
        try {
          ({ status } = await send(client, '/v1/entries', body, idempotencyKey));
        } catch {
          return;
        }
        statuses.set(number, status);
        if (statuses.size === 100) service.process.kill('SIGTERM');
      }
    };
    await Promise.all(Array.from({ length: writers }, writer));
    expect(await service.finished).toMatchObject({ code: 0, stderr: '' });

    const again = serve();
    const after: Client = { ...client, url: await again.ready };
    expect(firstKeyOf(again.stdout)).toBe('');
    expect(statuses.size).toBeGreaterThanOrEqual(100);
    for (const [done, addresses] of [[true, addressesOf(statuses, 200)], [false, addressesOf(statuses, 503)]] as const) {
      if (addresses.length === 0) continue;
      const { body } = await send(after, '/v1/checks', { recipients: addresses, view: 'held' });
      expect(body.counts).toMatchObject({ total: addresses.length, suppress: done ? addresses.length : 0 });
    }
  }, 60_000);
});

describe('a second service on the same folder', () => {
  it('is refused in a plain sentence, and the first goes on', async () => {
    const first = serve();
    const url = await first.ready;
    const second = await runCli(['serve', '--data', directory, '--port', '0']);
    expect(second.code).toBe(1);
    expect(second.stdout).toBe('');
    expect(second.stderr).toMatch(/^quietlist: Another Quietlist service is running on the folder .+\. Stop it first, .+\.\n$/);
    expect((await fetch(`${url}/ready`)).status).toBe(200);
    first.process.kill('SIGKILL');
    await first.finished;
    expect(await serve().ready).toMatch(/^http:/);
  });
});
