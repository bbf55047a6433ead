import { isEntryPage } from '@quietlist/contract/validators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let now = Date.UTC(2026, 2, 3, 10);
let sender: string;
const minute = 60_000;
const at = (instant: number): string => new Date(instant).toISOString();
const start = now;

beforeAll(async () => {
  service = await startService({ clock: () => now });
  await service.call('POST', '/v1/lists', { name: 'News' });
  sender = (await service.call('POST', '/v1/senders', { name: 'Store Berlin', channel: 'whatsapp' })).body.id;
  const entries = [
    { kind: 'block', address: '+14155550001', reason: 'abuse', source: 'manual' },
    { kind: 'block', address: '+14155550002', channel: 'sms' },
    { kind: 'opt_out', address: 'ann@example.com', channel: 'email', list: 'News' },
    { kind: 'opt_out', address: '+491511234567', channel: 'whatsapp', sender },
    { kind: 'opt_out', address: 'bob@example.com', by: 'operator', reason: 'list_cleanup', source: 'csv', expiresAt: at(start + 60 * minute) },
    { kind: 'block', address: '+14155550003' },
    { kind: 'opt_out', address: 'some text' },
  ];
  for (const [index, entry] of entries.entries()) {
    now = start + index * minute;
    await service.call('POST', '/v1/entries', { entries: [entry], ...(index < 2 ? { batch: 'first two' } : {}) });
  }
  await service.call('POST', '/v1/entries/remove', { kind: 'block', addresses: ['+14155550003'] });
  now = start + 10 * minute;
});
afterAll(() => service.stop());

const page = async (query: Record<string, string>) => {
  const answer = await service.call('GET', `/v1/entries?${new URLSearchParams(query)}`);
  expect(answer.status).toBe(200);
  expect(isEntryPage(answer.body)).toBe(true);
  return answer.body;
};
const keys = async (query: Record<string, string> = {}): Promise<string[]> => (await page(query)).data.map(({ key }: { key: string }) => key);

describe('the list of entries', () => {
  it('shows active entries, newest first', async () => {
    expect(await keys()).toEqual(['unverified::some text', 'bob@example.com', '+491511234567', 'ann@example.com', '+14155550002', '+14155550001']);
  });

  it.each<[Record<string, string>, string[]]>([
    [{ kind: 'block' }, ['+14155550002', '+14155550001']],
    [{ kind: 'block', status: 'any' }, ['+14155550003', '+14155550002', '+14155550001']],
    [{ status: 'removed' }, ['+14155550003']],
    [{ status: 'expired' }, []],
    [{ list: 'News' }, ['ann@example.com']],
    [{ list: 'default', kind: 'opt_out' }, ['unverified::some text', 'bob@example.com', '+491511234567']],
    [{ channel: 'sms' }, ['+14155550002']],
    [{ sender: 'Store Berlin' }, ['+491511234567']],
    [{ reason: 'abuse' }, ['+14155550001']],
    [{ source: 'csv' }, ['bob@example.com']],
    [{ by: 'operator' }, ['bob@example.com', '+14155550002', '+14155550001']],
    [{ batch: 'first two' }, ['+14155550002', '+14155550001']],
    [{ createdFrom: at(start + 2 * minute), createdTo: at(start + 3 * minute) }, ['+491511234567', 'ann@example.com']],
    [{ text: '+1 (415) 555-0001' }, ['+14155550001']],
    [{ text: '+1415555' }, ['+14155550002', '+14155550001']],
    [{ text: 'ANN@' }, ['ann@example.com']],
    [{ text: 'nn@' }, []],
    [{ text: '%' }, []],
    [{ text: '_14155550001' }, []],
    [{ kind: 'block', channel: 'sms', batch: 'first two' }, ['+14155550002']],
  ])('filters by %j', async (query, expected) => {
    expect(await keys(query)).toEqual(expected);
  });

  it('sorts by creation and by address, up and down', async () => {
    const newest = await keys();
    expect(await keys({ sort: 'createdAt' })).toEqual(newest.toReversed());
    const byAddress = await keys({ sort: 'address' });
    expect(byAddress).toEqual(newest.toSorted());
    expect(await keys({ sort: '-address' })).toEqual(byAddress.toReversed());
  });

  it.each(['-createdAt', 'createdAt', 'address', '-address'])('pages through all of them once, sorted by %s, whatever is added meanwhile', async (sort) => {
    const whole = await keys({ sort, status: 'any' });
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let step = 0; step < 20; step += 1) {
      const { data, nextCursor }: { data: Array<{ key: string }>; nextCursor: string | null } = await page({ sort, status: 'any', limit: '2', ...(cursor ? { cursor } : {}) });
      seen.push(...data.map(({ key }) => key));
      cursor = nextCursor;
      if (cursor === null) break;
      if (step === 0) await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: `added-${sort.replace('-', 'down')}@example.com` }] });
    }
    expect(seen.filter((key) => !key.startsWith('added-'))).toEqual(whole.filter((key) => !key.startsWith('added-')));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('says that there is no next page on the last one, also when it is full', async () => {
    const total = (await keys({ kind: 'opt_out' })).length;
    expect((await page({ kind: 'opt_out', limit: String(total) })).nextCursor).toBeNull();
    expect((await page({ kind: 'opt_out', limit: String(total - 1) })).nextCursor).not.toBeNull();
  });

  it('shows an entry as expired from its very instant on', async () => {
    const before = now;
    now = start + 60 * minute;
    expect(await keys({ status: 'expired' })).toEqual(['bob@example.com']);
    expect(await keys({ source: 'csv' })).toEqual([]);
    now = before;
  });

  it.each<[string, string]>([
    ['limit', '0'], ['limit', '-1'], ['limit', '1.5'], ['limit', 'all'], ['limit', '99999'], ['cursor', 'abc'], ['cursor', 'a+b'], ['cursor', Buffer.from('["-createdAt","x"]').toString('base64url')],
    ['cursor', Buffer.from('["address","x",1]').toString('base64url')], ['cursor', Buffer.from('["-createdAt",1,1]').toString('base64url')], ['cursor', Buffer.from('{"__proto__":1}').toString('base64url')],
    ['status', 'gone'], ['sort', 'reason'], ['kind', 'BLOCK'], ['createdFrom', 'yesterday'], ['createdFrom', '2026-02-30T00:00:00Z'], ['text', ''], ['text', ' '], ['colour', 'red'],
  ])('refuses %s=%s and names it', async (name, value) => {
    expectProblem(await service.call('GET', `/v1/entries?${new URLSearchParams({ [name]: value })}`), 'invalid-request', name);
  });

  it('refuses a list or sender that is not there', async () => {
    expectProblem(await service.call('GET', '/v1/entries?list=Newz'), 'unknown-list', 'list');
    expectProblem(await service.call('GET', '/v1/entries?sender=Nobody'), 'unknown-sender', 'sender');
  });

  it('shows one entry, and no other thing for its id', async () => {
    const [entry] = (await page({ kind: 'block' })).data;
    expect((await service.call('GET', `/v1/entries/${entry.id}`)).body).toEqual(entry);
    expectProblem(await service.call('GET', '/v1/entries/ent_1'), 'not-found');
    expectProblem(await service.call('GET', '/v1/entries/evt_1'), 'invalid-request', 'id');
  });
});
