import type { FeedEvent } from '@quietlist/contract/feed';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openStream } from '../support/event-stream.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeEach(async () => {
  service = await startService({ http: { streamKeepAliveMs: 60 } });
});
afterEach(() => service.stop());

const optOut = (...addresses: string[]) => service.call('POST', '/v1/entries', { entries: addresses.map((address) => ({ kind: 'opt_out', address })) });
const positions = (events: FeedEvent[]) => events.map(({ position }) => position);

describe('the stream of events', () => {
  it('begins with what is to come, and brings it at once', async () => {
    await optOut('+14155550101');
    const stream = await openStream(service);
    expect([stream.status, stream.headers['content-type'], stream.headers['cache-control'], stream.headers['x-accel-buffering']]).toEqual([200, 'text/event-stream; charset=utf-8', 'no-store', 'no']);
    await optOut('+14155550102', '+14155550103');
    expect((await stream.take(2)).map(({ data, position }) => [data.entry?.address, position])).toEqual([['+14155550102', 2], ['+14155550103', 3]]);
    stream.close();
  });

  it('goes on after the last event that was seen, by header or by query, the header first', async () => {
    await optOut('+14155550101', '+14155550102', '+14155550103');
    for (const [query, lastEventId, expected] of [['?after=0', undefined, [1, 2, 3]], ['?after=2', undefined, [3]], ['', '1', [2, 3]], ['?after=0', '2', [3]]] as const) {
      const stream = await openStream(service, query, lastEventId === undefined ? {} : { lastEventId });
      expect(positions(await stream.take(expected.length))).toEqual(expected);
      stream.close();
    }
  });

  it('says where it begins, so that a reader that was cut before the first event misses none', async () => {
    await optOut('+14155550101');
    const first = await openStream(service);
    await vi.waitFor(() => expect(first.lastEventId()).toBe('1'));
    first.close();
    await optOut('+14155550102');
    const second = await openStream(service, '', { lastEventId: first.lastEventId() as string });
    expect(positions(await second.take(1))).toEqual([2]);
    second.close();
  });

  it('brings what was asked for only, and says how far it has come all the same', async () => {
    const stream = await openStream(service, '?types=block.added');
    await optOut('+14155550101');
    await vi.waitFor(() => expect(stream.lastEventId()).toBe('1'));
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: '+14155550102' }] });
    expect((await stream.take(1)).map(({ type }) => type)).toEqual(['block.added']);
    stream.close();
  });

  it('says now and then that it is alive', async () => {
    const stream = await openStream(service);
    await vi.waitFor(() => expect(stream.comments()).toBeGreaterThan(1));
    stream.close();
  });

  it('ends when its key is revoked', async () => {
    const { body } = await service.call('POST', '/v1/keys', { name: 'Reader', role: 'viewer' });
    const stream = await openStream(service, '', { key: body.secret });
    await service.call('DELETE', `/v1/keys/${body.id}`);
    expect(await stream.rest()).toEqual([]);
    expectProblem(await service.call('GET', '/v1/events/stream', undefined, { key: body.secret }), 'unauthenticated');
  });

  it('shows nobody the events of another workspace', async () => {
    const theirs = await openStream(service, '', { key: await service.createKey('viewer', { workspace: 'theirs' }) });
    await optOut('+14155550101');
    await vi.waitFor(() => expect(theirs.comments()).toBeGreaterThan(2));
    expect(theirs.lastEventId()).toBe('0');
    theirs.close();
  });

  it('does not count as a request under way', async () => {
    const open = await Promise.all([openStream(service), openStream(service), openStream(service)]);
    const { body } = await service.call('GET', '/metrics');
    expect(body).toContain('quietlist_event_streams 3\n');
    expect(body).toMatch(/quietlist_requests_in_flight [01]\n/);
    for (const stream of open) stream.close();
  });

  it('refuses a position that it cannot go on from', async () => {
    expectProblem(await service.call('GET', '/v1/events/stream?after=5'), 'events-gone');
    expectProblem(await service.call('GET', '/v1/events/stream', undefined, { headers: { 'last-event-id': 'x' } }), 'invalid-request');
    expectProblem(await service.call('GET', '/v1/events/stream?limit=5'), 'invalid-request');
  });
});

it('is refused beyond the number that a workspace and a server may have open, and there is room again when one closes', async () => {
  const other = await startService({ http: { streamsPerWorkspace: 3, streamsPerServer: 4 } });
  const theirs = await other.createKey('viewer', { workspace: 'theirs' });
  const open = [await openStream(other), await openStream(other), await openStream(other)];
  expectProblem(await other.call('GET', '/v1/events/stream'), 'overloaded');
  open.push(await openStream(other, '', { key: theirs }));
  expectProblem(await other.call('GET', '/v1/events/stream', undefined, { key: theirs }), 'overloaded');
  open[0]?.close();
  const again = await vi.waitFor(async () => {
    const stream = await openStream(other);
    expect(stream.status).toBe(200);
    return stream;
  });
  for (const stream of [...open, again]) stream.close();
  await other.stop();
});

it('cuts a reader that takes nothing, and goes on for the others', async () => {
  const other = await startService({ http: { streamKeepAliveMs: 700 } });
  const { port } = new URL(other.baseUrl);
  const stuck = connect(Number(port), '127.0.0.1');
  stuck.pause();
  const closed = new Promise((resolve) => stuck.once('close', resolve));
  stuck.on('error', () => {});
  stuck.write(`GET /v1/events/stream?after=0 HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${other.adminKey}\r\n\r\n`);
  const healthy = await openStream(other, '?after=0');
  const streams = async () => Number(/quietlist_event_streams (\d+)/.exec((await other.call('GET', '/metrics')).body)?.[1]);
  await vi.waitFor(async () => expect(await streams()).toBe(2));
  const evidence = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`fact${index}`, 'x'.repeat(500)]));
  for (let round = 0; round < 3; round += 1) {
    const entries = Array.from({ length: 500 }, (_, index) => ({ kind: 'opt_out', address: `+1415555${1000 + round * 1_000 + index}`, evidence }));
    await other.call('POST', '/v1/entries', { entries });
  }
  expect((await healthy.take(1_500)).at(-1)?.position).toBe(1_500);
  await vi.waitFor(async () => expect(await streams()).toBe(1), { timeout: 5_000 });
  healthy.close();
  stuck.resume();
  await closed;
  await other.stop();
});

it('ends when the service stops, at once and cleanly', async () => {
  const other = await startService();
  const stream = await openStream(other);
  const stopped = other.stop();
  expect(await stream.rest()).toEqual([]);
  await stopped;
});
