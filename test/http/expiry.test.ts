import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expireEntries } from '../../server/src/app/expire-entries.ts';
import { freshPhone } from '../support/numbers.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let now = Date.UTC(2026, 2, 3, 10);
beforeAll(async () => {
  service = await startService({ clock: () => now });
});
afterAll(() => service.stop());

const at = (instant: number): string => new Date(instant).toISOString();
const add = async (entry: object) => (await service.call('POST', '/v1/entries', { entries: [entry] })).body.results[0];
const decision = async (address: string) => (await service.call('POST', '/v1/checks', { recipients: [address] })).body.decisions[0];
const known = async (address: string) => (await service.call('GET', `/v1/addresses/${encodeURIComponent(address)}`)).body;
const runJob = () => expireEntries(service.services.store, service.services.platform);

describe('a temporary restriction (E10)', () => {
  it('holds until its instant and not from then on, without any job', async () => {
    const phone = freshPhone();
    const end = now + 60_000;
    await add({ kind: 'block', address: phone, expiresAt: at(end) });
    expect((await decision(phone)).explanation).toMatch(/, until 3 Mar 2026\.$/);
    now = end - 1;
    expect((await decision(phone)).decision).toBe('suppress');
    now = end;
    expect((await decision(phone)).decision).toBe('allow');
    expect((await known(phone)).entries).toMatchObject([{ status: 'expired' }]);
  });

  it('gets its line in the history from the job, once', async () => {
    const phone = freshPhone();
    await add({ kind: 'block', address: phone, expiresAt: at(now + 1_000) });
    await runJob();
    expect((await known(phone)).events).toHaveLength(1);
    now += 1_000;
    expect(await runJob()).toBeGreaterThan(0);
    expect(await runJob()).toBe(0);
    const { events, entries, historyIntact } = await known(phone);
    expect(events.map(({ action, actor }: { action: string; actor: string }) => [action, actor])).toMatchObject([['expired', 'job:expiry'], ['added', expect.any(String)]]);
    expect(entries).toMatchObject([{ status: 'expired' }]);
    expect(historyIntact).toBe(true);
  });

  it('is a new entry when it is added again after its end, before the job has run or after', async () => {
    for (const runsBefore of [false, true]) {
      const phone = freshPhone();
      const { entries: [first] } = await add({ kind: 'block', address: phone, expiresAt: at(now + 1_000) });
      now += 2_000;
      if (runsBefore) await runJob();
      const again = await add({ kind: 'block', address: phone });
      expect(again.outcome).toBe('added');
      expect(again.entries[0]).not.toBe(first);
      expect((await known(phone)).events.map(({ action }: { action: string }) => action)).toEqual(['added', 'expired', 'added']);
      expect((await decision(phone)).decision).toBe('suppress');
    }
  });

  it('is prolonged by a later end, never shortened', async () => {
    const phone = freshPhone();
    await add({ kind: 'block', address: phone, expiresAt: at(now + 1_000) });
    expect((await add({ kind: 'block', address: phone, expiresAt: at(now + 500) })).outcome).toBe('unchanged');
    expect((await add({ kind: 'block', address: phone, expiresAt: at(now + 5_000) })).outcome).toBe('widened');
    now += 2_000;
    expect((await decision(phone)).decision).toBe('suppress');
    now += 3_000;
    expect((await decision(phone)).decision).toBe('allow');
  });

  it('is absent once it has ended: there is nothing to remove', async () => {
    const phone = freshPhone();
    const { entries: ids } = await add({ kind: 'block', address: phone, expiresAt: at(now + 1_000) });
    now += 1_000;
    for (const request of [{ ids }, { kind: 'block', addresses: [phone] }]) {
      expect((await service.call('POST', '/v1/entries/remove', request)).body.results[0].outcome).toBe('absent');
    }
  });

  it('no longer counts as a member of its list, which can then be deleted', async () => {
    const { body: list } = await service.call('POST', '/v1/lists', { name: 'For a while' });
    await add({ kind: 'opt_out', by: 'operator', address: freshPhone(), list: list.id, expiresAt: at(now + 1_000) });
    expect((await service.call('GET', `/v1/lists/${list.id}`)).body.members).toBe(1);
    now += 1_000;
    expect((await service.call('GET', `/v1/lists/${list.id}`)).body.members).toBe(0);
    expect((await service.call('DELETE', `/v1/lists/${list.id}`)).status).toBe(200);
  });

  it('ends in its thousands', async () => {
    await runJob();
    const entries = Array.from({ length: 1_200 }, (_, index) => ({ kind: 'block', address: `+4915114${String(index).padStart(6, '0')}`, expiresAt: at(now + 1_000) }));
    await service.call('POST', '/v1/entries', { entries });
    now += 1_000;
    let ended = 0;
    for (let done = await runJob(); done > 0; done = await runJob()) ended += done;
    expect(ended).toBe(1_200);
  });

  it('never ends what a recipient asked for', async () => {
    const phone = freshPhone();
    await add({ kind: 'opt_out', address: phone, expiresAt: at(now + 1_000) });
    now += 365 * 24 * 3_600_000;
    await runJob();
    expect((await decision(phone)).decision).toBe('suppress');
  });
});
