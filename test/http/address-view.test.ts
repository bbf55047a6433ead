import { isAddressView } from '@quietlist/contract/validators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshEmail, freshPhone } from '../support/numbers.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
  await service.call('POST', '/v1/lists', { name: 'News' });
});
afterAll(() => service.stop());

const view = async (address: string, query = '') => {
  const answer = await service.call('GET', `/v1/addresses/${encodeURIComponent(address)}${query}`);
  expect(answer.status).toBe(200);
  expect(isAddressView(answer.body)).toBe(true);
  return answer.body;
};
const add = (...entries: object[]) => service.call('POST', '/v1/entries', { entries });

describe('what is known of one address', () => {
  it('is nothing, for one that nobody has mentioned', async () => {
    const phone = freshPhone();
    expect(await view(phone)).toEqual({ reading: { kind: 'phone', address: phone, key: phone }, contact: null, linked: [], entries: [], events: [], historyIntact: true });
  });

  it('is every entry in every list (B10), and every change, newest first', async () => {
    const phone = freshPhone();
    await add({ kind: 'opt_out', address: phone });
    await add({ kind: 'opt_out', address: phone, list: 'News', channel: 'sms' });
    await add({ kind: 'opt_out', address: phone, purpose: 'all' });
    await service.call('POST', '/v1/entries/remove', { kind: 'opt_out', addresses: [phone], by: 'recipient', lists: ['News'] });
    const { entries, events, historyIntact } = await view(phone.slice(1));
    expect(entries.map(({ listName, status }: { listName: string; status: string }) => [listName, status])).toEqual([['News', 'removed'], ['Default', 'active']]);
    expect(events.map(({ sequence, action }: { sequence: number; action: string }) => [sequence, action])).toEqual([[4, 'removed'], [3, 'widened'], [2, 'added'], [1, 'added']]);
    expect(new Set(events.map(({ actor }: { actor: string }) => actor))).toEqual(new Set([(await service.call('GET', '/v1/me')).body.key]));
    expect(historyIntact).toBe(true);
  });

  it('reads a handle of a channel, and national numbers as told', async () => {
    await add({ kind: 'block', address: { value: '123456789', kind: 'handle', channel: 'telegram' } });
    expect((await view('123456789', '?kind=handle&channel=telegram')).entries).toHaveLength(1);
    await add({ kind: 'block', address: '+4915198765432' });
    expect((await view('0151 98765432', '?digits=national&defaultCountry=DE')).entries).toHaveLength(1);
  });

  it('shows who is linked, and the history of the link', async () => {
    const [phone, email] = [freshPhone(), freshEmail()];
    await add({ kind: 'block', addresses: [phone, email] });
    const shown = await view(phone);
    expect(shown.contact).toMatch(/^con_/);
    expect(shown.linked).toEqual([{ kind: 'email', address: email, key: email }]);
    expect(shown.events.map(({ action }: { action: string }) => action)).toEqual(['linked', 'added']);
  });

  it('finds an opt-out that was kept unread, and refuses any other text that nobody can read', async () => {
    await add({ kind: 'opt_out', address: 'ask for Ben' });
    expect((await view('ask for Ben')).entries).toMatchObject([{ unverified: true }]);
    expectProblem(await service.call('GET', '/v1/addresses/ask%20for%20Nobody'), 'invalid-address');
    expectProblem(await service.call('GET', '/v1/addresses/%20'), 'invalid-address');
    expectProblem(await service.call('GET', `/v1/addresses/${'a'.repeat(600)}`), 'invalid-request', 'address');
    expectProblem(await service.call('GET', '/v1/addresses/%2B14155552671?country=DE'), 'invalid-request', 'country');
  });

  it('shows the newest 200 lines of a long history, intact', async () => {
    const phone = freshPhone();
    for (let round = 0; round < 105; round += 1) {
      await add({ kind: 'block', address: phone });
      await service.call('POST', '/v1/entries/remove', { kind: 'block', addresses: [phone] });
    }
    const { events, historyIntact } = await view(phone);
    expect([events.length, events[0].sequence, historyIntact]).toEqual([200, 210, true]);
  });
});

describe('linked addresses', () => {
  const link = (addresses: unknown[], more: object = {}) => service.call('POST', '/v1/contacts/link', { addresses, ...more });
  const unlink = (addresses: unknown[]) => service.call('POST', '/v1/contacts/unlink', { addresses });
  const decide = async (address: string): Promise<string> => (await service.call('POST', '/v1/checks', { recipients: [address] })).body.decisions[0].decision;

  it('hold each other until they are unlinked, and each change leaves a line', async () => {
    const [old, fresh] = [freshPhone(), freshPhone()];
    await add({ kind: 'block', address: old });
    expect((await link([old, fresh], { reason: 'number_changed' })).body.addresses).toHaveLength(2);
    expect(await decide(fresh)).toBe('suppress');
    expect((await unlink([fresh])).body.contact).toBeNull();
    expect([await decide(fresh), await decide(old)]).toEqual(['allow', 'suppress']);
    const { events, historyIntact } = await view(fresh);
    expect(events.map(({ action, reason }: { action: string; reason: string | null }) => [action, reason])).toEqual([['unlinked', null], ['linked', 'number_changed']]);
    expect(historyIntact).toBe(true);
    expect((await view(old)).contact).toBeNull();
  });

  it('bring along whom they were linked to before', async () => {
    const [one, two, three, four] = [freshPhone(), freshPhone(), freshPhone(), freshPhone()];
    await link([one, two]);
    await link([three, four]);
    await add({ kind: 'block', address: one });
    expect(await decide(four)).toBe('allow');
    expect((await link([two, three])).body.addresses).toHaveLength(4);
    expect(await decide(four)).toBe('suppress');
    expect((await link([one, four])).body.addresses).toHaveLength(4);
    expect((await view(one)).events.filter(({ action }: { action: string }) => action === 'linked')).toHaveLength(1);
  });

  it('are read, all of them, or not linked at all', async () => {
    const phone = freshPhone();
    expectProblem(await link([phone, 'call me']), 'invalid-address', '/addresses');
    expectProblem(await link([phone]), 'invalid-request', '/addresses');
    expect((await view(phone)).contact).toBeNull();
  });
});
