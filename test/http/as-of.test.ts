import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshEmail, freshPhone } from '../support/numbers.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let now = Date.UTC(2026, 2, 3, 10);
const day = 24 * 60 * 60 * 1000;

beforeAll(async () => {
  service = await startService({ clock: () => now });
});
beforeEach(() => {
  now += 100 * day;
});
afterAll(() => service.stop());

const at = (instant: number): string => new Date(instant).toISOString();
const decide = async (address: unknown, asOf: number): Promise<string> =>
  (await service.call('POST', '/v1/checks', { recipients: [address], asOf: at(asOf) })).body.decisions[0].decision;
const add = (entry: object) => service.call('POST', '/v1/entries', { entries: [entry] });
const removeBlock = (address: string) => service.call('POST', '/v1/entries/remove', { kind: 'block', addresses: [address] });

describe('a check as of a past instant', () => {
  it('answers what was in force then: before, during and after', async () => {
    const phone = freshPhone();
    const start = now;
    await add({ kind: 'block', address: phone });
    now = start + 2 * day;
    await removeBlock(phone);
    now = start + 5 * day;
    expect(await decide(phone, start - 1)).toBe('allow');
    expect(await decide(phone, start)).toBe('suppress');
    expect(await decide(phone, start + 2 * day - 1)).toBe('suppress');
    expect(await decide(phone, start + 2 * day)).toBe('allow');
    expect(await decide(phone, now)).toBe('allow');
  });

  it('knows an entry as it was before it was widened', async () => {
    const phone = freshPhone();
    const start = now;
    await add({ kind: 'opt_out', address: phone });
    now = start + day;
    await add({ kind: 'opt_out', address: phone, purpose: 'all' });
    now = start + 2 * day;
    const transactional = async (asOf: number): Promise<string> =>
      (await service.call('POST', '/v1/checks', { recipients: [phone], purpose: 'transactional', asOf: at(asOf) })).body.decisions[0].decision;
    expect(await transactional(start)).toBe('allow');
    expect(await transactional(start + day)).toBe('suppress');
  });

  it('ends an expiry at its own instant, whether or not the job has seen it', async () => {
    const phone = freshPhone();
    const start = now;
    await add({ kind: 'block', address: phone, expiresAt: at(start + day) });
    now = start + 3 * day;
    expect(await decide(phone, start + day - 1)).toBe('suppress');
    expect(await decide(phone, start + day)).toBe('allow');
  });

  it('finds a mailbox and linked addresses, too', async () => {
    const phone = freshPhone();
    const email = freshEmail();
    const start = now;
    await add({ kind: 'block', address: `a.s.of${start}+shop@gmail.com` });
    await add({ kind: 'block', addresses: [phone, email] });
    now = start + day;
    await service.call('POST', '/v1/entries/remove', { kind: 'block', addresses: [phone] });
    expect(await decide(`asof${start}@gmail.com`, start)).toBe('suppress');
    expect(await decide(`asof${start}+other@gmail.com`, start)).toBe('suppress');
    await service.call('POST', '/v1/entries/remove', { kind: 'block', addresses: [`a.s.of${start}+shop@gmail.com`] });
    expect(await decide(`asof${start}@gmail.com`, start)).toBe('suppress');
    expect(await decide(`asof${start}@gmail.com`, now)).toBe('allow');
    expect(await decide(email, start)).toBe('suppress');
  });

  it('refuses an instant to come, and a day that does not exist', async () => {
    for (const asOf of [at(now + 1), '2025-02-30T00:00:00Z']) expectProblem(await service.call('POST', '/v1/checks', { recipients: [freshPhone()], asOf }), 'invalid-request', '/asOf');
  });
});
