import { describe, expect, it } from 'vitest';
import { CircuitBreaker } from '@quietlist/client/circuit-breaker';
import { retryAfterMs } from '@quietlist/contract/retry-after';
import { TransportError, type TransportResponse } from '@quietlist/client/transport';
import { addService, checkService, clientWith, fakeClock, fakeTransport, problem, type Answer } from '../../support/fake-transport.ts';

const person = '+491701234567';
const status = (code: number, headers: Record<string, string> = {}): TransportResponse => ({ status: code, headers, body: 'gateway' });

const timed = (...answers: Answer[]) => {
  const clock = fakeClock();
  const transport = fakeTransport(...answers);
  return { clock, transport, client: clientWith(transport, { now: clock.now, sleep: clock.sleep, random: () => 1 }) };
};

describe('a request is tried again', () => {
  it.each([408, 425, 429, 500, 502, 503, 504])('after status %i', async (code) => {
    const { client, transport, clock } = timed(status(code), status(code), checkService());
    expect(await client.check(person)).toMatchObject({ decision: 'allow' });
    expect(transport.requests).toHaveLength(3);
    expect(clock.sleeps).toEqual([200, 400]);
  });

  it.each(['unreachable', 'timed_out'] as const)('when it was %s', async (kind) => {
    const { client, transport } = timed(new TransportError(kind), checkService());
    expect(await client.check(person)).toMatchObject({ decision: 'allow' });
    expect(transport.requests).toHaveLength(2);
  });

  it('when the service itself says that the same request may succeed later', async () => {
    const { client, transport } = timed(problem('conflict', { retryable: true }), addService);
    expect(await client.addToBlacklist([{ person }])).toMatchObject([{ outcome: 'added' }]);
    expect(transport.requests).toHaveLength(2);
  });

  it('three times at the most', async () => {
    const { client, transport } = timed(new TransportError('unreachable'));
    expect(await client.check(person)).toMatchObject({ decision: 'unknown', code: 'unreachable' });
    expect(transport.requests).toHaveLength(3);
  });

  it('with full jitter: a random share of the delay', async () => {
    const clock = fakeClock();
    const random = [0.25, 0];
    const client = clientWith(fakeTransport(status(503), status(503), checkService()), { now: clock.now, sleep: clock.sleep, random: () => random.shift()! });
    await client.check(person);
    expect(clock.sleeps).toEqual([50, 0]);
  });

  it('with the same body and the same idempotency key', async () => {
    const { client, transport } = timed(status(503), new TransportError('timed_out'), addService);
    await client.optOut([{ person }]);
    expect(new Set(transport.requests.map(({ headers, body }) => JSON.stringify([headers, body]))).size).toBe(1);
  });
});

describe('a request is not tried again', () => {
  it.each([400, 401, 403, 404, 409, 413, 422, 301, 302])('after status %i', async (code) => {
    const { client, transport } = timed(status(code));
    expect(await client.check(person)).toMatchObject({ decision: 'unknown' });
    expect(transport.requests).toHaveLength(1);
  });

  it('after an answer that is malformed', async () => {
    for (const answer of [{ status: 200, headers: {}, body: 'x' }, new TransportError('malformed_answer')]) {
      const { client, transport } = timed(answer);
      expect(await client.check(person)).toMatchObject({ code: 'malformed_answer' });
      expect(transport.requests).toHaveLength(1);
    }
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 2, 3);
  it.each([
    ['7', 7_000], [' 0 ', 0], [new Date(now + 12_000).toUTCString(), 12_000], [new Date(now - 5_000).toUTCString(), 0],
    ['-1', undefined], ['soon', undefined], ['1.5', undefined], ['', undefined], [undefined, undefined], ['2027', 2_027_000],
  ])('%j is read as %j ms', (header, expected) => expect(retryAfterMs(header, now)).toBe(expected));

  it('of up to 30 seconds is honoured', async () => {
    const clock = fakeClock();
    const client = clientWith(fakeTransport(status(429, { 'retry-after': '30' }), checkService()), { now: clock.now, sleep: clock.sleep, checkDeadlineMs: 60_000 });
    expect(await client.check(person)).toMatchObject({ decision: 'allow' });
    expect(clock.sleeps).toEqual([30_000]);
  });

  it.each(['31', '31536000', new Date(now + 365 * 86_400_000).toUTCString()])('of more (%s) gives up at once', async (header) => {
    const clock = fakeClock();
    const transport = fakeTransport(status(429, { 'retry-after': header }), checkService());
    const client = clientWith(transport, { now: clock.now, sleep: clock.sleep, checkDeadlineMs: Number.MAX_SAFE_INTEGER - clock.time });
    expect(await client.check(person)).toMatchObject({ decision: 'unknown' });
    expect([transport.requests.length, clock.sleeps]).toEqual([1, []]);
  });

  it('that makes no sense falls back to the usual delay', async () => {
    const { client, clock } = timed(status(503, { 'retry-after': 'later' }), checkService());
    expect(await client.check(person)).toMatchObject({ decision: 'allow' });
    expect(clock.sleeps).toEqual([200]);
  });
});

describe('the deadline', () => {
  it('is what each try gets the rest of', async () => {
    const clock = fakeClock();
    const transport = fakeTransport(() => {
      clock.time += 4_000;
      throw new TransportError('unreachable');
    });
    const decision = await clientWith(transport, { now: clock.now, sleep: clock.sleep, random: () => 1 }).check(person);
    expect(transport.requests.map(({ timeoutMs }) => timeoutMs)).toEqual([10_000, 5_800, 1_400]);
    expect(decision).toMatchObject({ decision: 'unknown', code: 'unreachable' });
  });

  it('is never passed by waiting', async () => {
    const { client, transport, clock } = timed(status(503, { 'retry-after': '10' }), checkService());
    expect(await client.check(person)).toMatchObject({ decision: 'unknown' });
    expect([transport.requests.length, clock.sleeps]).toEqual([1, []]);
  });

  it('is 10 seconds for a check and 30 for a write, unless told otherwise', async () => {
    const transport = fakeTransport(addService, addService, checkService());
    await clientWith(transport).addToBlacklist([{ person }]);
    await clientWith(transport, { writeDeadlineMs: 50 }).addToBlacklist([{ person }]);
    await clientWith(transport).check(person);
    expect(transport.requests.map(({ timeoutMs }) => timeoutMs)).toEqual([30_000, 50, 10_000]);
  });
});

describe('the circuit breaker', () => {
  const failing = () => {
    const clock = fakeClock();
    const breaker = new CircuitBreaker({ now: clock.now });
    const transport = fakeTransport(new TransportError('unreachable'));
    const client = clientWith(transport, { now: clock.now, sleep: clock.sleep, random: () => 0, breaker });
    return { clock, breaker, transport, client };
  };

  it('opens after five failures in a row, and then nothing is sent', async () => {
    const { client, transport } = failing();
    await client.check(person);
    expect(await client.check(person)).toMatchObject({ code: 'unreachable' });
    expect(transport.requests).toHaveLength(5);
    expect(await client.check(person)).toMatchObject({ decision: 'unknown', mayContact: false, code: 'circuit_open' });
    await expect(client.optOut([{ person }])).rejects.toMatchObject({ code: 'circuit_open', retryable: true });
    expect(transport.requests).toHaveLength(5);
  });

  it('lets one request through after ten seconds, and closes when it was answered', async () => {
    const { client, transport, clock, breaker } = failing();
    await client.check(person);
    await client.check(person);
    clock.time += 9_999;
    expect(await client.check(person)).toMatchObject({ code: 'circuit_open' });
    clock.time += 1;
    expect(breaker.permits()).toBe(true);
    expect(breaker.permits(), 'only one probes').toBe(false);
    breaker.succeeded();
    await client.check(person);
    expect(transport.requests).toHaveLength(8);
  });

  it('stays open when the probe fails', async () => {
    const { client, transport, clock } = failing();
    await client.check(person);
    await client.check(person);
    clock.time += 10_000;
    expect(await client.check(person)).toMatchObject({ code: 'unreachable' });
    expect(transport.requests).toHaveLength(6);
    expect(await client.check(person)).toMatchObject({ code: 'circuit_open' });
  });

  it('does not open because of answers, however bad', async () => {
    const clock = fakeClock();
    const breaker = new CircuitBreaker({ now: clock.now });
    const transport = fakeTransport(status(503));
    const client = clientWith(transport, { now: clock.now, sleep: clock.sleep, random: () => 0, breaker });
    for (let round = 0; round < 4; round += 1) await client.check(person);
    expect(transport.requests).toHaveLength(12);
  });

  it('lets a large check find out that the service is back, and decide about everybody', async () => {
    const clock = fakeClock();
    const breaker = new CircuitBreaker({ now: clock.now });
    for (let failure = 0; failure < 5; failure += 1) breaker.failed();
    clock.time += 10_000;
    const client = clientWith(fakeTransport(checkService()), { now: clock.now, sleep: clock.sleep, random: () => 0, breaker });
    const decisions = await client.checkMany(Array.from({ length: 30_000 }, () => person));
    expect(decisions.every(({ mayContact }) => mayContact)).toBe(true);
  });

  it('stops a large check in a moment: the people after a failed request are not asked one by one', async () => {
    const { client, transport } = failing();
    const decisions = await client.checkMany(Array.from({ length: 100_000 }, () => person));
    expect(transport.requests, 'two requests were under way, each with its tries').toHaveLength(6);
    expect(decisions.every(({ mayContact }) => !mayContact)).toBe(true);
  });
});
