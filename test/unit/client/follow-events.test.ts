import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAxiosTransport, type AxiosTransport } from '@quietlist/client/axios-transport';
import type { QuietlistError } from '@quietlist/client/errors';
import { EventFollower, followTimes, type FollowOptions } from '@quietlist/client/follow-events';
import { feedEvent, startEventServer, type EventServer } from '../../support/event-server.ts';
import { manualTimers } from '../../support/manual-timers.ts';

let server: EventServer;
let transport: AxiosTransport;
const following: EventFollower[] = [];

beforeEach(async () => {
  server = await startEventServer();
  transport = createAxiosTransport({ baseUrl: server.baseUrl, apiKey: 'ql_live_of_a_test' });
});
afterEach(async () => {
  await Promise.all(following.splice(0).map((one) => one.close()));
  transport.close();
  await server.stop();
});

const follow = (options: Partial<FollowOptions> = {}) => {
  const timers = manualTimers();
  const seen: number[] = [];
  const positions: number[] = [];
  const states: Array<QuietlistError | null> = [];
  let changed = (): void => {};
  const note = <T>(into: T[]) => (value: T): void => {
    into.push(value);
    changed();
  };
  const follower = new EventFollower({
    transport, begin: async () => null, setTimer: timers.setTimer, now: () => 0, random: () => 1,
    onEvent: ({ position }) => note(seen)(position), onPosition: note(positions), onState: note(states), ...options,
  });
  following.push(follower);
  const until = async (isTrue: () => boolean): Promise<void> => {
    while (!isTrue()) await new Promise<void>((resolve) => (changed = resolve));
  };
  return { follower, timers, seen, positions, states, until };
};

describe('following the events', () => {
  it('gives those to come, each once and in order, and tells how far it is', async () => {
    server.add(feedEvent(1), feedEvent(2));
    const { seen, positions, states, until } = follow();
    await until(() => positions.length > 0);
    server.add(feedEvent(3), feedEvent(4));
    await until(() => positions.at(-1) === 4);
    expect(seen).toEqual([3, 4]);
    expect(positions[0]).toBe(2);
    expect(states).toEqual([null]);
  });

  it('asks for what comes after the given position, of the given types and list, with the key and as an event stream', async () => {
    server.add(feedEvent(1), feedEvent(2), feedEvent(3));
    const { seen, until } = follow({ begin: async () => 1, query: { types: 'opt_out.added', list: 'default' } });
    await until(() => seen.length === 2);
    expect(server.asked[0]).toMatchObject({ query: { after: '1', types: 'opt_out.added', list: 'default' }, headers: { authorization: 'Bearer ql_live_of_a_test', accept: expect.stringContaining('text/event-stream') } });
  });

  it('misses nothing and repeats nothing over a break, also when none had come before it', async () => {
    server.add(feedEvent(1));
    const { seen, positions, states, timers, until } = follow();
    await until(() => positions.length > 0);
    server.drop();
    await until(() => states.length === 2);
    expect(states[1]).toMatchObject({ code: 'unreachable', retryable: true });
    server.add(feedEvent(2), feedEvent(3));
    timers.run();
    await until(() => seen.length === 2);
    expect(server.asked.map(({ query }) => query['after'])).toEqual([undefined, '1']);
    server.drop();
    await until(() => states.length === 4);
    timers.run();
    await server.listening(1);
    server.add(feedEvent(4));
    await until(() => seen.at(-1) === 4);
    expect(seen).toEqual([2, 3, 4]);
  });

  it('passes over an event that the service sends again', async () => {
    const again = await startEventServer({ repeats: 2 });
    const other = createAxiosTransport({ baseUrl: again.baseUrl, apiKey: 'ql_live_of_a_test' });
    again.add(feedEvent(1), feedEvent(2), feedEvent(3), feedEvent(4));
    const { follower, seen, until } = follow({ transport: other, begin: async () => 2 });
    await until(() => seen.length === 2);
    expect(seen).toEqual([3, 4]);
    await follower.close();
    other.close();
    await again.stop();
  });

  it('waits longer after every failure, at most a minute, and begins anew once something has come', async () => {
    const { timers, states, until } = follow({ transport: createAxiosTransport({ baseUrl: 'http://127.0.0.1:9', apiKey: 'x' }) });
    for (let count = 1; count <= 8; count += 1) {
      await until(() => states.length === count);
      timers.run();
    }
    expect(timers.asked.slice(0, 8)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);

    const healthy = follow({ random: () => 0 });
    await server.listening(1);
    await healthy.until(() => healthy.positions.length > 0);
    server.drop();
    await healthy.until(() => healthy.states.length === 2);
    expect(healthy.timers.pending()).toEqual([followTimes.firstDelayMs / 2]);
  });

  it('breaks off a connection that says nothing any more, keep-alives count as something', async () => {
    const { timers, states, positions, until } = follow();
    await until(() => positions.length > 0);
    server.write(': keep-alive\n\n');
    await timers.until(() => timers.asked.filter((time) => time === followTimes.silenceMs).length >= 3);
    expect(timers.pending()).toEqual([followTimes.silenceMs]);
    timers.run();
    await until(() => states.length === 2);
    expect(states[1]).toMatchObject({ code: 'timed_out' });
    await server.listening(0);
  });

  it.each(['unauthenticated', 'forbidden', 'unknown-list'] as const)('shows %s and asks again, slowly', async (code) => {
    server.refuse(code);
    const { timers, states, seen, until } = follow();
    await until(() => states.length === 1);
    expect(states[0]).toMatchObject({ code });
    expect(timers.pending()).toEqual([followTimes.refusedDelayMs]);
    server.refuse(null);
    timers.run();
    await server.listening(1);
    server.add(feedEvent(1));
    await until(() => seen.length === 1);
  });

  it('waits as long as a busy service asks', async () => {
    server.refuse('overloaded', { 'retry-after': '17' });
    const { timers, states, until } = follow();
    await until(() => states.length === 1);
    expect(states[0]).toMatchObject({ code: 'overloaded', retryable: true });
    expect(timers.pending()).toEqual([17_000]);
  });

  it('tells when the service no longer has what follows, and begins anew', async () => {
    server.refuse('events-gone');
    const begins = [7, null];
    const { timers, states, seen, until } = follow({ begin: async () => begins.shift() ?? null });
    await until(() => states.length === 1);
    expect(states[0]).toMatchObject({ code: 'events-gone' });
    expect(timers.pending()).toEqual([followTimes.firstDelayMs]);
    server.refuse(null);
    timers.run();
    await server.listening(1);
    server.add(feedEvent(1));
    await until(() => seen.length === 1);
    expect(server.asked.map(({ query }) => query['after'])).toEqual(['7', undefined]);
  });

  it('asks again where to begin when that could not be told', async () => {
    const begins = [async () => Promise.reject(new Error('no store')), async () => 2];
    server.add(feedEvent(1), feedEvent(2), feedEvent(3));
    const { timers, states, seen, until } = follow({ begin: () => begins.shift()!() });
    await until(() => states.length === 1);
    timers.run();
    await until(() => seen.length === 1);
    expect(seen).toEqual([3]);
  });

  it.each([
    ['is no JSON', 'id: 5\ndata: {"id":\n\n'],
    ['does not have the shape of one', `id: 5\ndata: ${JSON.stringify({ ...feedEvent(5), position: 'five' })}\n\n`],
    ['does not end', `data: ${'x'.repeat(2_000_000)}`],
  ])('never skips an event that cannot be read: it %s', async (_, bytes) => {
    const { timers, states, seen, until } = follow({ begin: async () => 3 });
    await server.listening(1);
    server.write(bytes);
    await until(() => states.length === 2);
    expect(states[1]).toMatchObject({ code: 'malformed_answer' });
    server.add(feedEvent(4), feedEvent(5));
    timers.run();
    await until(() => seen.length === 2);
    expect(server.asked[1]!.query).toEqual({ after: '3' });
  });

  it.each(['while it listens', 'while it waits', 'before it is connected'])('closes at once and leaves no connection, %s', async (when) => {
    if (when === 'while it waits') server.refuse('overloaded');
    const { follower, timers, states, seen, until } = follow();
    if (when !== 'before it is connected') await until(() => states.length === 1);
    await follower.close();
    const { length } = states;
    server.add(feedEvent(1));
    await server.listening(0);
    expect(timers.pending()).toEqual([]);
    expect(seen).toEqual([]);
    expect(states).toHaveLength(length);
  });

  it('does not wait for a service that never answers when it is closed', async () => {
    const deaf = createServer(() => undefined);
    await new Promise<void>((resolve) => void deaf.listen(0, '127.0.0.1', resolve));
    const { port } = deaf.address() as AddressInfo;
    const silent = createAxiosTransport({ baseUrl: `http://127.0.0.1:${port}`, apiKey: 'x' });
    const connected = new Promise((resolve) => void deaf.once('connection', resolve));
    const { follower } = follow({ transport: silent });
    await connected;
    await follower.close();
    silent.close();
    await new Promise((resolve) => void deaf.close(resolve));
  });

  it.each([
    ['a web page', 'text/html', '<!doctype html>'],
    ['JSON', 'application/json', '{"ok":true}'],
  ])('takes nothing else for an event stream: %s', async (_, type, body) => {
    const page = createHttpServer((_request, response) => void response.writeHead(200, { 'content-type': type }).end(body));
    await new Promise<void>((resolve) => void page.listen(0, '127.0.0.1', resolve));
    const { port } = page.address() as AddressInfo;
    const { states, follower, until } = follow({ transport: createAxiosTransport({ baseUrl: `http://127.0.0.1:${port}`, apiKey: 'x' }) });
    await until(() => states.length === 1);
    expect(states[0]).toMatchObject({ code: 'malformed_answer' });
    await follower.close();
    page.closeAllConnections();
    await new Promise((resolve) => void page.close(resolve));
  });
});

const step = fc.oneof(fc.record({ add: fc.integer({ min: 1, max: 4 }) }), fc.constant('drop' as const), fc.constant('keep-alive' as const));

describe('whatever happens to the connection', () => {
  test.prop([fc.array(step, { maxLength: 12 }), fc.nat(3)], { numRuns: 30 })('every event comes once and in order', async (steps, repeats) => {
    const stubborn = await startEventServer({ repeats });
    const own = createAxiosTransport({ baseUrl: stubborn.baseUrl, apiKey: 'ql_live_of_a_test' });
    const { follower, timers, seen, positions, states, until } = follow({ transport: own });
    let last = 0;
    try {
      await until(() => positions.length > 0);
      for (const one of steps) {
        if (one === 'keep-alive') stubborn.write(': keep-alive\n\n');
        else if (one === 'drop') {
          await until(() => states.at(-1) === null);
          await stubborn.listening(1);
          stubborn.drop();
          await until(() => states.at(-1) !== null);
          timers.run();
        } else stubborn.add(...Array.from({ length: one.add }, () => feedEvent((last += 1))));
      }
      await stubborn.listening(1);
      stubborn.add(feedEvent((last += 1)));
      await until(() => seen.at(-1) === last);
      expect(seen).toEqual(Array.from({ length: last }, (_, index) => index + 1));
    } finally {
      await follower.close();
      own.close();
      await stubborn.stop();
    }
  });
});
