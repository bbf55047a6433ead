import { ajvOptions } from '@quietlist/contract/ajv-options';
import { FeedEvent } from '@quietlist/contract/feed';
import { limits } from '@quietlist/contract/limits';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { announce } from '../../server/src/app/announce.ts';
import { expireEntries } from '../../server/src/app/expire-entries.ts';
import { Ajv } from '../support/ajv.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let now = Date.UTC(2026, 2, 3, 10);
beforeEach(async () => {
  now = Date.UTC(2026, 2, 3, 10);
  service = await startService({ clock: () => now });
});
afterEach(() => service.stop());

const add = (...entries: object[]) => service.call('POST', '/v1/entries', { entries });
const optOut = (address: string, fields: object = {}) => add({ kind: 'opt_out', address, ...fields });
const remove = (body: object) => service.call('POST', '/v1/entries/remove', body);
const page = async (query = '', key = service.adminKey) => (await service.call('GET', `/v1/events${query}`, undefined, { key })).body;
const told = async (query = '') => ((await page(query)).data as FeedEvent[]).map(({ type, data }) => [type, data.entry?.address]);

describe('the feed', () => {
  it('tells of every change that concerns others, as the change left it, and in its order', async () => {
    await optOut('+14155550101', { by: 'recipient' });
    await add({ kind: 'block', address: '+14155550102', purpose: 'all' });
    await optOut('+14155550101', { purpose: 'all' });
    await remove({ kind: 'opt_out', addresses: ['+14155550101'], by: 'recipient', note: 'START' });
    await remove({ kind: 'block', addresses: ['+14155550102'] });
    await add({ kind: 'block', address: '+14155550103', expiresAt: '2026-03-03T11:00:00Z' });
    now += 3_600_000;
    await expireEntries(service.services.store, service.services.platform);
    expect(await told()).toEqual([
      ['opt_out.added', '+14155550101'],
      ['block.added', '+14155550102'],
      ['entry.widened', '+14155550101'],
      ['opt_out.removed', '+14155550101'],
      ['block.removed', '+14155550102'],
      ['block.added', '+14155550103'],
      ['entry.expired', '+14155550103'],
    ]);
    const { data, position, hasMore } = await page();
    expect([position, hasMore, data.map((event: FeedEvent) => event.position)]).toEqual([7, false, [1, 2, 3, 4, 5, 6, 7]]);
    expect(data.map((event: FeedEvent) => event.data.entry?.status)).toEqual(['active', 'active', 'active', 'removed', 'removed', 'active', 'expired']);
    const isEvent = new Ajv({ ...ajvOptions }).compile(FeedEvent);
    expect(data.every((event: FeedEvent) => isEvent(event))).toBe(true);
    expect(new Set(data.map((event: FeedEvent) => event.id)).size).toBe(7);
  });

  it('says nothing of what changed nothing, failed, or concerns nobody else', async () => {
    await optOut('+14155550101');
    await optOut('+14155550101');
    await optOut('x', { source: 'manual' });
    await remove({ kind: 'opt_out', addresses: ['+14155559999'], by: 'recipient' });
    await service.call('POST', '/v1/contacts/link', { addresses: ['+14155550101', 'ann@example.com'] });
    await service.call('POST', '/v1/contacts/unlink', { addresses: ['ann@example.com'] });
    expect(await told()).toEqual([['opt_out.added', '+14155550101']]);
  });

  it('tells of an announcement, with its own id, in its place', async () => {
    const { store, platform } = service.services;
    await optOut('+14155550101');
    const { workspace } = (await service.call('GET', '/v1/me')).body;
    const data = { actor: 'key_1', reason: null, batch: null };
    await store.write((writer) => announce(writer, platform, Number.parseInt(workspace.slice(4), 36), [{ type: 'review.needed', data }, { type: 'review.decided', data }]));
    await optOut('+14155550102');
    expect((await told()).map(([type]) => type)).toEqual(['opt_out.added', 'review.needed', 'review.decided', 'opt_out.added']);
    expect((await page()).data[1]).toEqual({ id: expect.stringMatching(/^evt_/), position: 2, type: 'review.needed', timestamp: '2026-03-03T10:00:00.000Z', data });
  });

  it('is read in pages of any size without gap or repeat, also within one large write', async () => {
    await service.call('POST', '/v1/entries', { entries: Array.from({ length: 700 }, (_, index) => ({ kind: 'opt_out', address: `+1415555${1000 + index}` })) });
    await optOut('+14155552671');
    for (const size of [1, 7, 50, 999]) {
      const seen: number[] = [];
      let [after, hasMore] = [0, true];
      while (hasMore && seen.length < 60 * size) {
        const one = await page(`?after=${after}&limit=${size}`);
        seen.push(...one.data.map((event: FeedEvent) => event.position));
        ({ position: after, hasMore } = one);
      }
      expect(seen).toEqual(Array.from({ length: Math.min(701, 60 * size) }, (_, index) => index + 1));
    }
  });

  it('shows only the types and lists that were asked for, and moves on past the others', async () => {
    const list = (await service.call('POST', '/v1/lists', { name: 'News' })).body.id;
    await optOut('+14155550101');
    await optOut('+14155550102', { list: 'News' });
    await add({ kind: 'block', address: '+14155550103' });
    await remove({ kind: 'opt_out', addresses: ['+14155550102'], lists: ['News'], by: 'recipient' });
    expect(await told('?types=opt_out.removed,block.added')).toEqual([['block.added', '+14155550103'], ['opt_out.removed', '+14155550102']]);
    for (const name of ['News', list]) {
      expect(await told(`?list=${name}`)).toEqual([['opt_out.added', '+14155550102'], ['block.added', '+14155550103'], ['opt_out.removed', '+14155550102']]);
    }
    expect(await page('?types=review.needed')).toEqual({ data: [], position: 4, hasMore: false });
    expectProblem(await service.call('GET', '/v1/events?list=Nwes'), 'unknown-list');
    expectProblem(await service.call('GET', '/v1/events?types=opt_out'), 'invalid-request');
  });

  it('shows nobody the events of another workspace', async () => {
    await optOut('+14155550101');
    const theirs = await service.createKey('admin', { workspace: 'theirs' });
    expect(await page('', theirs)).toEqual({ data: [], position: 0, hasMore: false });
  });

  it('refuses a position whose events are no longer all kept, and one that was never reached, instead of a gap that nobody sees', async () => {
    await optOut('+14155550101');
    now += limits.feedRetentionMs / 2;
    await optOut('+14155550102');
    now += limits.feedRetentionMs / 2 + 1;
    const { store, platform } = service.services;
    await store.write((writer) => writer.outbox.deleteBefore(platform.clock() - limits.feedRetentionMs, 100));
    expect(await told()).toEqual([['opt_out.added', '+14155550102']]);
    expect(await told('?after=1')).toEqual([['opt_out.added', '+14155550102']]);
    expectProblem(await service.call('GET', '/v1/events?after=0'), 'events-gone');
    expectProblem(await service.call('GET', '/v1/events?after=3'), 'events-gone');
  });
});
