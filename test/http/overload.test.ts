import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../../server/src/app/ports.ts';
import { heldStore } from '../support/held-store.ts';
import { freshPhone } from '../support/numbers.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type Answer, type TestService } from '../support/service.ts';

const requestsInFlight = 8;
/** Three quarters of the places are the most that reading may take. */
const readsInFlight = 6;
const bytesInFlight = 100_000;

let service: TestService;
const store = heldStore();
const blocked = freshPhone();

beforeAll(async () => {
  service = await startService({ wrapStore: (real) => withTurns(store.wrap(real)), http: { requestsInFlight, bytesInFlight } });
  await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: blocked }] });
});
afterAll(() => service.stop());

/** Lets other requests in between, as a store on another machine does. */
const withTurns = (real: Store): Store => ({
  ...real,
  entries: {
    ...real.entries,
    async findOpen(...words) {
      await setImmediate();
      return real.entries.findOpen(...words);
    },
  },
});

const check = (recipients: string[] = [blocked]) => service.call('POST', '/v1/checks', { recipients });
const optOut = (address: string) => service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address }] });
const decisionsOf = ({ body }: Answer): string[] => body.decisions.map(({ decision }: { decision: string }) => decision);

function expectOverloaded(answer: Answer): void {
  expectProblem(answer, 'overloaded');
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
}

describe('a service with four times as much to do as it can', () => {
  it('refuses the rest at once, decides the others rightly, and is itself again afterwards', async () => {
    store.hold();
    const taken = Array.from({ length: readsInFlight }, () => check());
    await store.holds(readsInFlight);
    for (let rest = 0; rest < 4 * requestsInFlight - readsInFlight; rest += 1) expectOverloaded(await check());
    store.release();
    for (const answer of await Promise.all(taken)) expect(decisionsOf(answer)).toEqual(['suppress']);
    expect(decisionsOf(await check())).toEqual(['suppress']);
  });

  it('still takes an opt-out among nothing but checks, and a check among nothing but writes', async () => {
    store.hold();
    const checks = Array.from({ length: readsInFlight }, () => check());
    await store.holds(readsInFlight);
    const phone = freshPhone();
    const write = optOut(phone);
    await store.holds(readsInFlight + 1);
    expectOverloaded(await check());
    store.release();
    expect((await write).body.results[0].outcome).toBe('added');
    await Promise.all(checks);

    store.hold();
    const writes = Array.from({ length: readsInFlight }, () => optOut(freshPhone()));
    await store.holds(readsInFlight);
    expectOverloaded(await optOut(freshPhone()));
    const held = check([phone]);
    await store.holds(readsInFlight + 1);
    store.release();
    expect(decisionsOf(await held)).toEqual(['suppress']);
    for (const answer of await Promise.all(writes)) expect(answer.body.results[0].outcome).toBe('added');
  });

  it('tells how it is, whatever there is to do', async () => {
    store.hold();
    const taken = Array.from({ length: readsInFlight }, () => check());
    await store.holds(readsInFlight);
    for (const path of ['/health', '/ready']) expect((await service.call('GET', path, undefined, { key: null })).status).toBe(200);
    const figures = (await service.call('GET', '/metrics')).body;
    expect(figures).toContain(`quietlist_requests_in_flight ${readsInFlight}\n`);
    expect(figures).toMatch(/quietlist_requests_refused_total\{code="overloaded"\} [1-9]/);
    store.release();
    await Promise.all(taken);
  });

  it('bounds the bytes of bodies, too, yet takes any single one', async () => {
    const large = Array.from({ length: 6_000 }, () => blocked);
    expect(JSON.stringify(large).length).toBeLessThan(bytesInFlight);
    store.hold();
    const first = check(large);
    await store.holds(1);
    expectOverloaded(await check(large));
    const small = check();
    await store.holds(2);
    store.release();
    expect(new Set(decisionsOf(await first))).toEqual(new Set(['suppress']));
    await small;
    const larger = Array.from({ length: 9_000 }, () => blocked);
    expect(JSON.stringify(larger).length).toBeGreaterThan(bytesInFlight);
    expect((await check(larger)).body.counts.suppress).toBe(9_000);
  });

  it('keeps a place for work whose caller has gone: coming back does not pile it up', async () => {
    store.hold();
    const leaving = new AbortController();
    const gone = Array.from({ length: readsInFlight }, () =>
      fetch(`${service.baseUrl}/v1/checks`, { method: 'POST', signal: leaving.signal, headers: { authorization: `Bearer ${service.adminKey}`, 'content-type': 'application/json' }, body: JSON.stringify({ recipients: [blocked] }) }),
    );
    await store.holds(readsInFlight);
    leaving.abort();
    for (const request of gone) await expect(request).rejects.toThrow();
    expectOverloaded(await check());
    store.release();
    expect(decisionsOf(await check())).toEqual(['suppress']);
  });

  it('frees the places of requests that are refused for another reason', async () => {
    for (let round = 0; round < 2 * requestsInFlight; round += 1) {
      expectProblem(await service.call('POST', '/v1/checks', '{"recipients":'), 'malformed-json');
      expectProblem(await service.call('POST', '/v1/checks', { recipients: 1 }), 'invalid-request');
      expectProblem(await service.call('POST', '/v1/checks', {}, { key: null }), 'unauthenticated');
    }
    expect(decisionsOf(await check())).toEqual(['suppress']);
  });
});

describe('a real load of four times the limit', () => {
  it('is answered with 200 or 503 and Retry-After; no answer is wrong, no acknowledged opt-out is missing', async () => {
    const optedOut: string[] = [];
    const statuses = new Map<number, number>();
    const worker = async (): Promise<void> => {
      for (let round = 0; round < 6; round += 1) {
        const phone = freshPhone();
        const added = await optOut(phone);
        if (added.status === 200) optedOut.push(phone);
        else expectOverloaded(added);
        const answer = await check([...Array.from({ length: 40 }, () => blocked), '+4915112345678']);
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        if (answer.status !== 200) expectOverloaded(answer);
        else expect(answer.body.counts).toEqual({ total: 41, allow: 1, suppress: 40, unknown: 0 });
      }
    };
    await Promise.all(Array.from({ length: 4 * requestsInFlight }, worker));
    expect([...statuses.keys()].toSorted()).toEqual([200, 503]);
    expect(optedOut.length).toBeGreaterThan(0);
    expect((await check(optedOut)).body.counts.suppress).toBe(optedOut.length);
  });
});
