import { isRemoveEntriesResponse } from '@quietlist/contract/validators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshEmail, freshPhone } from '../support/numbers.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type CallOptions, type TestService } from '../support/service.ts';

let service: TestService;
let agent: string;
let manager: string;
let sender: string;

beforeAll(async () => {
  service = await startService();
  agent = await service.createKey('agent');
  manager = await service.createKey('manager');
  await service.call('POST', '/v1/lists', { name: 'News' });
  await service.call('POST', '/v1/lists', { name: 'Offers' });
  sender = (await service.call('POST', '/v1/senders', { name: 'Store Berlin', channel: 'whatsapp' })).body.id;
});
afterAll(() => service.stop());

const consent = { method: 'form', statement: 'I want your news again', at: '2026-01-02T03:04:05Z', by: 'Ann' };
const add = async (...entries: object[]): Promise<string[]> =>
  (await service.call('POST', '/v1/entries', { entries })).body.results.flatMap(({ entries: ids }: { entries: string[] }) => ids);
const send = (request: object, options?: CallOptions) => service.call('POST', '/v1/entries/remove', request, options);
const remove = async (request: object, options?: CallOptions) => {
  const answer = await send(request, options);
  expect(answer.status).toBe(200);
  expect(isRemoveEntriesResponse(answer.body)).toBe(true);
  return answer.body;
};
const decide = async (address: string, scope: object = {}): Promise<string> =>
  (await service.call('POST', '/v1/checks', { recipients: [address], ...scope })).body.decisions[0].decision;
const known = async (address: string) => (await service.call('GET', `/v1/addresses/${encodeURIComponent(address)}`)).body;

describe('removing entries', () => {
  it('answers removed, absent and invalid, one result a person in order', async () => {
    const [phone, other] = [freshPhone(), freshPhone()];
    const [id] = await add({ kind: 'block', address: phone });
    const body = await remove({ kind: 'block', addresses: [phone, other, 'call me', phone] });
    expect(body.results).toMatchObject([
      { index: 0, outcome: 'removed', entries: [id], remaining: 0 },
      { index: 1, outcome: 'absent', entries: [], remaining: 0 },
      { index: 2, outcome: 'invalid', code: 'letters', message: expect.stringContaining('.') },
      { index: 3, outcome: 'absent', entries: [] },
    ]);
    expect(body.counts).toEqual({ removed: 1, absent: 2, invalid: 1 });
    expect(await decide(phone)).toBe('allow');
  });

  it('leaves a tombstone and a line in the history, and lets the same be added anew', async () => {
    const phone = freshPhone();
    const [first] = await add({ kind: 'block', address: phone });
    await remove({ kind: 'block', addresses: [phone], note: 'a mistake', batch: 'undo 1', source: 'workflow', evidence: { workflow: 'w1' } });
    const [second] = await add({ kind: 'block', address: phone });
    expect(second).not.toBe(first);
    const { entries, events, historyIntact } = await known(phone);
    expect(entries.map(({ id, status }: { id: string; status: string }) => [id, status])).toEqual([[second, 'active'], [first, 'removed']]);
    expect(events.map(({ action }: { action: string }) => action)).toEqual(['added', 'removed', 'added']);
    expect(events[1]).toMatchObject({ batch: 'undo 1', entry: first, after: { by: 'operator', source: 'workflow', note: 'a mistake', evidence: { workflow: 'w1' } } });
    expect(historyIntact).toBe(true);
    expect((await service.call('GET', `/v1/entries/${first}`)).body.status).toBe('removed');
  });

  it('lifts an opt-out for its recipient without more, also by an agent', async () => {
    const phone = freshPhone();
    await add({ kind: 'opt_out', address: phone });
    expect((await remove({ kind: 'opt_out', addresses: [phone], by: 'recipient' }, { key: agent })).counts.removed).toBe(1);
    expect(await decide(phone)).toBe('allow');
  });

  it('lifts an opt-out for anybody else only with consent, and keeps it in the history (D7)', async () => {
    const phone = freshPhone();
    const [id] = await add({ kind: 'opt_out', address: phone });
    expectProblem(await send({ kind: 'opt_out', addresses: [phone] }), 'consent-required', '/consent');
    expectProblem(await send({ ids: [id] }), 'consent-required', '/consent');
    expectProblem(await send({ kind: 'opt_out', addresses: [phone], by: 'operator', consent: { ...consent, at: '2999-01-01T00:00:00Z' } }), 'invalid-request', '/consent/at');
    expectProblem(await send({ kind: 'opt_out', addresses: [phone], consent: { ...consent, at: '2026-02-30T00:00:00Z' } }), 'invalid-request', '/consent/at');
    expect(await decide(phone)).toBe('suppress');
    expect((await remove({ kind: 'opt_out', addresses: [phone], consent }, { key: manager })).counts.removed).toBe(1);
    expect((await known(phone)).events[0]).toMatchObject({ action: 'removed', reason: 'form', after: { consent } });
  });

  it('takes the role of a manager to unblock, or to lift an opt-out with consent', async () => {
    const [blocked, optedOut] = [freshPhone(), freshPhone()];
    const [block, optOut] = await add({ kind: 'block', address: blocked }, { kind: 'opt_out', address: optedOut });
    for (const request of [{ kind: 'block', addresses: [blocked] }, { ids: [block] }, { kind: 'block', addresses: [blocked], by: 'recipient' }, { ids: [block, optOut], by: 'recipient' }, { kind: 'opt_out', addresses: [optedOut], consent }]) {
      expectProblem(await send(request, { key: agent }), 'forbidden');
    }
    expect([await decide(blocked), await decide(optedOut)]).toEqual(['suppress', 'suppress']);
    expect((await remove({ ids: [block] }, { key: manager })).counts.removed).toBe(1);
  });

  it('shows in a dry run what would be removed, and removes nothing', async () => {
    const phone = freshPhone();
    const [id] = await add({ kind: 'block', address: phone });
    expect(await remove({ kind: 'block', addresses: [phone], dryRun: true })).toMatchObject({ dryRun: true, results: [{ outcome: 'removed', entries: [id] }] });
    expect(await decide(phone)).toBe('suppress');
    expect((await known(phone)).events).toHaveLength(1);
    expect((await remove({ kind: 'block', addresses: [phone] })).dryRun).toBe(false);
  });

  it('removes by id, and answers absent for ids that are gone or never were', async () => {
    const [first, second] = await add({ kind: 'block', address: freshPhone() }, { kind: 'block', address: freshPhone() });
    expect((await remove({ ids: [first, 'ent_1', second, first] })).results.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['removed', 'absent', 'removed', 'absent']);
    expect((await remove({ ids: [first] })).results[0].outcome).toBe('absent');

    const address = freshPhone();
    const ids = await add({ kind: 'block', address }, { kind: 'block', address, channel: 'sms' }, { kind: 'block', address, channel: 'rcs' }, { kind: 'opt_out', address });
    expect((await remove({ ids: ids.slice(0, 2) })).results.map(({ remaining }: { remaining: number }) => remaining)).toEqual([1, 1]);
  });

  it('lifts narrowly what is said narrowly, and tells what remains', async () => {
    const address = freshPhone();
    await add({ kind: 'block', address }, { kind: 'block', address, channel: 'sms' }, { kind: 'block', address, channel: 'whatsapp' }, { kind: 'block', address, channel: 'whatsapp', sender });
    expect((await remove({ kind: 'block', addresses: [address], channel: 'sms' })).results[0]).toMatchObject({ outcome: 'removed', remaining: 3 });
    expect((await remove({ kind: 'block', addresses: [address], sender })).results[0]).toMatchObject({ outcome: 'removed', remaining: 2 });
    expect((await remove({ kind: 'block', addresses: [address], channel: null })).results[0]).toMatchObject({ outcome: 'removed', remaining: 1 });
    expect(await decide(address, { channel: 'sms' })).toBe('allow');
    expect(await decide(address, { channel: 'whatsapp' })).toBe('suppress');
    expect((await remove({ kind: 'block', addresses: [address] })).results[0]).toMatchObject({ outcome: 'removed', remaining: 0 });
  });

  it('lifts a channel and sender that are left out whichever they are', async () => {
    const address = freshPhone();
    const ids = await add({ kind: 'block', address }, { kind: 'block', address, channel: 'sms' }, { kind: 'block', address, channel: 'whatsapp', sender });
    expect((await remove({ kind: 'block', addresses: [address] })).results[0].entries.toSorted()).toEqual(ids.toSorted());
  });

  it('lifts the default list when no list is named, the named ones, or every one for "*" (B12)', async () => {
    const address = freshPhone();
    await add({ kind: 'opt_out', address }, { kind: 'opt_out', address, list: 'News' }, { kind: 'opt_out', address, list: 'Offers' });
    const by = 'recipient';
    expect((await remove({ kind: 'opt_out', addresses: [address], by })).results[0]).toMatchObject({ outcome: 'removed', remaining: 2 });
    expect((await remove({ kind: 'opt_out', addresses: [address], by })).results[0]).toMatchObject({ outcome: 'absent', remaining: 2 });
    expect((await remove({ kind: 'opt_out', addresses: [address], by, lists: ['News'] })).results[0]).toMatchObject({ outcome: 'removed', remaining: 1 });
    await add({ kind: 'opt_out', address });
    expect((await remove({ kind: 'opt_out', addresses: [address], by, lists: ['*'] })).results[0]).toMatchObject({ outcome: 'removed', remaining: 0 });
    expect(await decide(address)).toBe('allow');
  });

  it('never lifts a block with an opt-out, nor an opt-out with a block (START lifts no block)', async () => {
    const address = freshPhone();
    await add({ kind: 'opt_out', address }, { kind: 'block', address });
    await remove({ kind: 'opt_out', addresses: [address], by: 'recipient', lists: ['*'] });
    expect(await decide(address)).toBe('suppress');
    await add({ kind: 'opt_out', address });
    await remove({ kind: 'block', addresses: [address] });
    expect(await decide(address)).toBe('suppress');
  });

  it('removes all addresses of a person that are given as one', async () => {
    const [phone, email] = [freshPhone(), freshEmail()];
    await add({ kind: 'block', address: phone }, { kind: 'block', address: email });
    expect((await remove({ kind: 'block', addresses: [[phone, email]] })).results).toMatchObject([{ outcome: 'removed', entries: [expect.any(String), expect.any(String)] }]);
  });

  it('removes an opt-out that was kept unread, by its text', async () => {
    await add({ kind: 'opt_out', address: 'ask for Max' });
    expect((await remove({ kind: 'opt_out', addresses: ['ask for Max'], by: 'recipient' })).results[0].outcome).toBe('removed');
    expect(await decide('ask for Max')).toBe('unknown');
  });

  it('removes an opt-out that was kept unread, also when its text can be read by now', async () => {
    const address = '0151 23438657';
    const addressOptions = { defaultCountry: 'DE', digits: 'national' };
    expect((await service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address }] })).body.results[0]).toMatchObject({ unverified: true });
    const decision = async () => (await service.call('POST', '/v1/checks', { recipients: [address], addressOptions })).body.decisions[0].decision;
    expect(await decision()).toBe('suppress');
    expect((await remove({ kind: 'opt_out', addresses: [address], by: 'recipient', addressOptions })).results[0].outcome).toBe('removed');
    expect(await decision()).toBe('allow');
  });

  it.each<[string, string, object]>([
    ['/ids', 'nothing to remove', {}],
    ['/ids', 'ids and addresses', { ids: ['ent_1'], kind: 'block', addresses: ['+14155552671'] }],
    ['/kind', 'addresses without a kind', { addresses: ['+14155552671'] }],
    ['/channel', 'ids and a channel', { ids: ['ent_1'], channel: 'sms' }],
    ['/lists', 'ids and lists', { ids: ['ent_1'], lists: ['*'] }],
    ['/lists', 'a block in a list', { kind: 'block', addresses: ['+14155552671'], lists: ['News'] }],
  ])('refuses with %s: %s', async (pointer, _what, request) => {
    expectProblem(await send(request), 'invalid-request', pointer);
  });

  it('refuses a list or sender that is not there', async () => {
    expectProblem(await send({ kind: 'opt_out', addresses: [freshPhone()], by: 'recipient', lists: ['News', 'Newz'] }), 'unknown-list', '/lists/1');
    expectProblem(await send({ kind: 'block', addresses: [freshPhone()], sender: 'Store Rome' }), 'unknown-sender', '/sender');
  });
});
