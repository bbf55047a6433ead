import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../server/src/app/context.ts';
import { updateSettings } from '../../server/src/app/settings.ts';
import { freshPhone } from '../support/numbers.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
const usual = {
  listMatching: 'any', mailboxMatching: true, digits: 'international', defaultCountry: null,
  uncertainMessages: 'review', optOutChannels: 'all', revocationScope: 'message_purpose', reviewDays: 10, messageDays: 14,
};
const set = async (settings: object) => (await service.call('PATCH', '/v1/settings', settings)).body;
const decide = async (address: unknown, scope: object = {}): Promise<string> =>
  (await service.call('POST', '/v1/checks', { recipients: [address], ...scope })).body.decisions[0].decision;

beforeAll(async () => {
  service = await startService();
  await service.call('POST', '/v1/lists', { name: 'News' });
});
afterEach(() => set(usual));
afterAll(() => service.stop());

describe('the settings of a workspace', () => {
  it('begin with what holds most', async () => {
    expect((await service.call('GET', '/v1/settings')).body).toEqual(usual);
  });

  it('let only named lists count, word for word as B13 and C9 have it; blocks hold all the same', async () => {
    const [member, unsubscribed, blocked] = [freshPhone(), freshPhone(), freshPhone()];
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: member, list: 'News' }, { kind: 'opt_out', address: unsubscribed }, { kind: 'block', address: blocked }] });
    await set({ listMatching: 'named' });
    const all = async (scope: object) => [await decide(member, scope), await decide(unsubscribed, scope), await decide(blocked, scope)];
    expect(await all({})).toEqual(['allow', 'allow', 'suppress']);
    expect(await all({ lists: ['News'] })).toEqual(['suppress', 'allow', 'suppress']);
    expect(await all({ lists: ['default'] })).toEqual(['allow', 'suppress', 'suppress']);
    await set({ listMatching: 'any' });
    expect(await all({})).toEqual(['suppress', 'suppress', 'suppress']);
  });

  it('turn the mailbox rule off', async () => {
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: 'set.tings+a@gmail.com' }] });
    expect(await decide('settings@gmail.com')).toBe('suppress');
    await set({ mailboxMatching: false });
    expect(await decide('settings@gmail.com')).toBe('allow');
    expect(await decide('Set.tings+A@gmail.com')).toBe('suppress');
  });

  it('say how digits are read, unless the request says so itself', async () => {
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: '+4915112345678' }] });
    expect(await decide('0151 12345678')).toBe('unknown');
    await set({ digits: 'national', defaultCountry: 'DE' });
    expect(await decide('0151 12345678')).toBe('suppress');
    expect(await decide('4915112345678', { addressOptions: { digits: 'international' } })).toBe('suppress');
    expect(await decide('0151 12345678', { addressOptions: { defaultCountry: 'FR' } })).not.toBe('suppress');
  });

  it('lose nothing when two people change different things at once', async () => {
    const { store } = service.services;
    const workspace = await store.directory.workspaceByName('main');
    if (!workspace) throw new Error('There is no workspace.');
    // Both requests have read the workspace before either is written.
    const caller: Caller = { workspace, key: { id: 1, name: 'Two people', role: 'admin' }, actor: 'key_1' };
    for (const change of [{ listMatching: 'named' }, { mailboxMatching: false }, { defaultCountry: 'BR' }] as const) await store.write((writer) => updateSettings(writer, caller, change));
    expect((await service.call('GET', '/v1/settings')).body).toEqual({ ...usual, listMatching: 'named', mailboxMatching: false, defaultCountry: 'BR' });
  });

  it('refuse what they do not know', async () => {
    expectProblem(await service.call('PATCH', '/v1/settings', {}), 'invalid-request');
    expectProblem(await service.call('PATCH', '/v1/settings', { listMatching: 'some' }), 'invalid-request', '/listMatching');
    expectProblem(await service.call('PATCH', '/v1/settings', { defaultCountry: 'de' }), 'invalid-request', '/defaultCountry');
    expectProblem(await service.call('PATCH', '/v1/settings', { colour: 'red' }), 'invalid-request', '/colour');
    expect((await service.call('GET', '/v1/settings')).body).toEqual(usual);
  });
});
