import { limits } from '@quietlist/contract/limits';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addEntries } from '../../server/src/app/add-entries.ts';
import type { Caller } from '../../server/src/app/context.ts';
import { listDeliveries, replayDeliveries } from '../../server/src/app/deliveries.ts';
import { fanOut } from '../../server/src/app/fan-out.ts';
import type { Outbound, PostOutcome, PostRequest } from '../../server/src/app/outbound.ts';
import type { Store } from '../../server/src/app/ports.ts';
import { createWebhook, getWebhook, updateWebhook } from '../../server/src/app/webhooks.ts';
import { ensureWorkspace } from '../../server/src/app/workspaces.ts';
import { Deliveries } from '../../server/src/jobs/deliveries.ts';
import { serviceMetrics } from '../../server/src/metrics/service-metrics.ts';
import { createPlatform } from '../../server/src/platform.ts';
import { openMemoryStore } from '../support/memory-store.ts';

const minute = 60_000;
const hour = 60 * minute;
const url = 'https://hook.example/';

let now = 0;
let store: Store;
let caller: Caller;
let deliveries: Deliveries;
const platform = createPlatform(() => now);
const metrics = serviceMetrics('test');
/** What the world answers, and what it was sent. */
let answer: (request: PostRequest) => PostOutcome | Promise<PostOutcome>;
let sent: Array<{ at: number; id: string; url: string }>;

const outbound: Outbound = {
  async post(request) {
    sent.push({ at: now, id: request.headers['webhook-id'] ?? '', url: request.url });
    return answer(request);
  },
  get: async () => ({ error: 'failed' }),
};
const anotherServer = () => new Deliveries({ store, outbound, clock: () => now, random: () => 0.5, version: 'test' }, pino({ level: 'silent' }), metrics);
const up = (status = 200): PostOutcome => ({ status, retryAfter: null });

beforeEach(async () => {
  now = Date.UTC(2026, 2, 3, 10);
  store = openMemoryStore();
  const workspace = await store.write((writer) => ensureWorkspace(writer, platform, 'main'));
  caller = { workspace, key: { id: 1, name: 'test', role: 'admin' }, actor: 'key_1' };
  [sent, answer] = [[], () => up()];
  deliveries = anotherServer();
});
afterEach(() => deliveries.stop());

let people = 0;
const optOut = async (count = 1) => {
  const entries = Array.from({ length: count }, () => ({ kind: 'opt_out' as const, address: `+1415555${String((people += 1)).padStart(4, '0')}` }));
  await store.write((writer) => addEntries(writer, platform, caller, { entries }));
  while (await fanOut(store, platform));
};
const webhook = (to = url) => store.write((writer) => createWebhook(writer, platform, caller, { url: to }));
const turn = async () => {
  await deliveries.look();
  await deliveries.idle();
};
/** Lets the time pass in steps, as a server lives through it. */
const live = async (forMs: number, stepMs = minute) => {
  for (const end = now + forMs; now < end; ) {
    now = Math.min(end, now + stepMs);
    await turn();
  }
};
const log = async (id: string) => (await listDeliveries(store, caller, id, { limit: '1000' })).data;
const statuses = async (id: string) => [...new Set((await log(id)).map(({ status }) => status))].sort();

describe('a receiver that is down', () => {
  it('for three days gets everything when it is back, in ten tries of each at the most', async () => {
    const { id } = await webhook();
    answer = () => ({ error: 'connection_refused' });
    await optOut(3);
    await turn();
    await live(70 * hour, 5 * minute);
    expect(await statuses(id)).toEqual(['pending']);
    answer = () => up();
    await live(30 * hour, hour);
    expect([await statuses(id), new Set((await log(id)).map(({ attempts }) => attempts))]).toEqual([['delivered'], new Set([10])]);
    const tries = Map.groupBy(sent, (one) => one.id);
    expect([...tries.values()].map((own) => own.length)).toEqual([10, 10, 10]);
    expect((await getWebhook(store, caller, id)).failingSince).toBeNull();
  });

  it('for longer than the schedule has its deliveries parked, with the reason; replayed, they all arrive', async () => {
    const { id } = await webhook();
    answer = () => ({ error: 'timeout' });
    await optOut(2);
    await turn();
    await live(80 * hour, 5 * minute);
    expect((await log(id)).map(({ status, attempts, lastError, nextAttemptAt }) => [status, attempts, lastError, nextAttemptAt])).toEqual([['failed', 10, 'timeout', null], ['failed', 10, 'timeout', null]]);
    const before = sent.length;
    answer = () => up();
    await store.write((writer) => replayDeliveries(writer, platform, caller, id, { since: '2026-03-03T00:00:00Z', onlyFailed: true }));
    await turn();
    expect([await statuses(id), sent.length - before]).toEqual([['delivered'], 2]);
    // Replayed, a delivery has the id that it had: whoever remembers ids handles it once.
    expect(new Set(sent.map((one) => one.id)).size).toBe(2);
  });

  it('for five days is disabled, and told nothing more; enabled again, it gets what was parked by a replay', async () => {
    const { id } = await webhook();
    answer = () => up(503);
    await optOut();
    await turn();
    for (let day = 0; day < 6; day += 1) {
      await live(24 * hour, 10 * minute);
      await optOut();
    }
    expect(await getWebhook(store, caller, id)).toMatchObject({ status: 'disabled', disabledReason: 'failing', failingSince: '2026-03-03T10:00:00.000Z' });
    const before = sent.length;
    await optOut(5);
    await live(2 * 24 * hour, hour);
    expect(sent.length).toBe(before);
    expect((await log(id)).filter(({ lastError }) => lastError === 'webhook_disabled').length).toBeGreaterThanOrEqual(5);
    expect(await statuses(id)).toEqual(['failed']);
    answer = () => up();
    await store.write((writer) => updateWebhook(writer, caller, id, { status: 'enabled' }));
    expect(await getWebhook(store, caller, id)).toMatchObject({ status: 'enabled', disabledReason: null, failingSince: null });
    await store.write((writer) => replayDeliveries(writer, platform, caller, id, { since: '2026-03-03T00:00:00Z', onlyFailed: true }));
    await turn();
    expect([await statuses(id), (await log(id)).length]).toEqual([['delivered'], 12]);
  });

  it('now and then is not disabled: one success in five days forgives', async () => {
    const { id } = await webhook();
    answer = () => (Math.floor(now / hour) % 96 < 24 ? up() : up(500));
    for (let day = 0; day < 14; day += 1) {
      await optOut();
      await live(24 * hour, 10 * minute);
    }
    expect((await getWebhook(store, caller, id)).status).toBe('enabled');
    expect(sent.length).toBeGreaterThan(40);
  });

  it('for good says so by 410: it is disabled at once, and nothing is tried again', async () => {
    const { id } = await webhook();
    answer = () => up(410);
    await optOut();
    await turn();
    expect(await getWebhook(store, caller, id)).toMatchObject({ status: 'disabled', disabledReason: 'gone' });
    await live(80 * hour, hour);
    expect([sent.length, (await log(id))[0]]).toEqual([1, expect.objectContaining({ status: 'failed', lastStatus: 410, lastError: null })]);
  });

  it('for a while says how long, and is not asked sooner', async () => {
    await webhook();
    const first = now;
    answer = () => ({ status: 429, retryAfter: '1800' });
    await optOut();
    await turn();
    await live(40 * minute, 10_000);
    expect(sent.map(({ at }) => at - first)).toEqual([0, 30 * minute]);
  });
});

describe('a webhook that is made while events wait to be made out', () => {
  it('is told only of what happened after it was made, and the others of all', async () => {
    const write = (address: string) => store.write((writer) => addEntries(writer, platform, caller, { entries: [{ kind: 'opt_out', address }] }));
    const early = await webhook('https://early.example/');
    await write('+12125550101');
    const late = await webhook('https://late.example/');
    await write('+12125550102');
    while (await fanOut(store, platform));
    expect([(await log(early.id)).length, (await log(late.id)).length]).toEqual([2, 1]);
  });
});

describe('one receiver that is down, or slow', () => {
  it('does not delay the others, however much waits for it', async () => {
    await webhook('https://dead.example/');
    await webhook('https://alive.example/');
    const hanging: Array<(outcome: PostOutcome) => void> = [];
    answer = (request) => (request.url.includes('dead') ? new Promise((resolve) => void hanging.push(resolve)) : up());
    await optOut(100);
    await deliveries.look();
    while (sent.filter((one) => one.url.includes('alive')).length < 100) {
      await new Promise((resolve) => setImmediate(resolve));
      await deliveries.look();
    }
    expect(hanging.length).toBeLessThanOrEqual(16);
    // Known to be failing, it keeps one place.
    for (const end of hanging.splice(0)) end({ error: 'timeout' });
    await new Promise((resolve) => setImmediate(resolve));
    now += 2 * minute;
    for (let look = 0; look < 5; look += 1) {
      await deliveries.look();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(hanging.length).toBe(1);
    const ending = deliveries.stop();
    for (const end of hanging.splice(0)) end({ error: 'timeout' });
    await ending;
  });

  it('leaves room for the others even when there are very many of them', async () => {
    for (let index = 0; index < limits.webhooksPerWorkspace - 1; index += 1) await webhook(`https://dead${index}.example/`);
    await webhook('https://alive.example/');
    const hanging: Array<(outcome: PostOutcome) => void> = [];
    answer = (request) => (request.url.includes('dead') ? { error: 'timeout' } : up());
    await optOut(4);
    await turn();
    now += 2 * minute;
    answer = (request) => (request.url.includes('dead') ? new Promise((resolve) => void hanging.push(resolve)) : up());
    await optOut(20);
    await deliveries.look();
    while (sent.filter((one) => one.url.includes('alive')).length < 24) {
      await new Promise((resolve) => setImmediate(resolve));
      await deliveries.look();
    }
    expect(hanging.length).toBeLessThanOrEqual(64);
    const ending = deliveries.stop();
    while (hanging.length > 0) {
      for (const end of hanging.splice(0)) end({ error: 'timeout' });
      await new Promise((resolve) => setImmediate(resolve));
    }
    await ending;
  });
});

describe('a server that is killed', () => {
  it('in the middle of a delivery loses none: another one makes the try again when the claim is over', async () => {
    const { id } = await webhook();
    await optOut();
    await store.write((writer) => writer.deliveries.claim(caller.workspace.id, id, now, now + minute, 10));
    await turn();
    expect(sent).toEqual([]);
    now += minute;
    await turn();
    expect([(await log(id))[0]?.status, sent.length]).toEqual(['delivered', 1]);
  });

  it('between commit and fan-out loses and doubles nothing, whichever server goes on', async () => {
    const { id } = await webhook();
    const entries = Array.from({ length: 120 }, (_, index) => ({ kind: 'opt_out' as const, address: `+1212555${String(index).padStart(4, '0')}` }));
    await store.write((writer) => addEntries(writer, platform, caller, { entries }));
    const broken: Store = { ...store, write: () => Promise.reject(new Error('killed')) };
    await expect(fanOut(broken, platform)).rejects.toThrow('killed');
    await Promise.all([fanOut(store, platform), fanOut(store, platform), fanOut(store, platform)]);
    while (await fanOut(store, platform));
    const others = [anotherServer(), anotherServer(), anotherServer()];
    await Promise.all(others.map((server) => server.look()));
    await Promise.all(others.map((server) => server.idle()));
    expect([await statuses(id), sent.length, new Set(sent.map((one) => one.id)).size]).toEqual([['delivered'], 120, 120]);
    await Promise.all(others.map((server) => server.stop()));
  });
});
