import { isCheckResponse } from '@quietlist/contract/validators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshEmail, freshPhone } from '../support/numbers.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let news: string;
let offers: string;
let storeBerlin: string;

beforeAll(async () => {
  service = await startService();
  news = (await service.call('POST', '/v1/lists', { name: 'News' })).body.id;
  offers = (await service.call('POST', '/v1/lists', { name: 'Offers' })).body.id;
  storeBerlin = (await service.call('POST', '/v1/senders', { name: 'Store Berlin', channel: 'whatsapp' })).body.id;
  await service.call('POST', '/v1/senders', { name: 'Store Paris', channel: 'whatsapp' });
});
afterAll(() => service.stop());

const add = async (entry: object): Promise<string> => {
  const { body } = await service.call('POST', '/v1/entries', { entries: [entry] });
  expect(body.results[0].outcome).toBe('added');
  return body.results[0].entries[0];
};
const check = async (request: object) => {
  const answer = await service.call('POST', '/v1/checks', request);
  expect(answer.status).toBe(200);
  expect(isCheckResponse(answer.body)).toBe(true);
  return answer.body;
};
const decide = async (address: unknown, scope: object = {}): Promise<string> => (await check({ recipients: [address], ...scope })).decisions[0].decision;

describe('a check', () => {
  it('allows whom nothing holds', async () => {
    const { decisions, counts, evaluated } = await check({ recipients: [freshPhone()] });
    expect(decisions).toEqual([{ index: 0, decision: 'allow', mayContact: true, code: 'clear', label: 'Clear to send', explanation: 'Nothing holds this recipient.', matched: [] }]);
    expect(counts).toEqual({ total: 1, allow: 1, suppress: 0, unknown: 0 });
    expect(evaluated).toEqual({ channel: null, sender: null, purpose: 'marketing', direction: 'outbound', lists: null, asOf: null });
  });

  it('keeps a block of one channel to that channel, and holds when no channel is named (A4)', async () => {
    const phone = freshPhone();
    await add({ kind: 'block', address: phone, channel: 'whatsapp' });
    expect(await decide(phone, { channel: 'whatsapp' })).toBe('suppress');
    expect(await decide(phone, { channel: 'sms' })).toBe('allow');
    expect(await decide(phone)).toBe('suppress');
    expect(await decide(phone, { channel: null })).toBe('suppress');
  });

  it('keeps a block of one sender to that sender, by name or by id (D2)', async () => {
    const phone = freshPhone();
    await add({ kind: 'block', address: phone, sender: 'Store Berlin' });
    expect(await decide(phone, { sender: storeBerlin })).toBe('suppress');
    expect(await decide(phone, { sender: 'Store Paris' })).toBe('allow');
    expect(await decide(phone, { channel: 'whatsapp' })).toBe('suppress');
  });

  it('blocks both ways, an opt-out only what goes out (A1)', async () => {
    const [blocked, optedOut] = [freshPhone(), freshPhone()];
    await add({ kind: 'block', address: blocked });
    await add({ kind: 'opt_out', address: optedOut });
    expect(await decide(blocked, { direction: 'inbound' })).toBe('suppress');
    expect(await decide(optedOut, { direction: 'inbound' })).toBe('allow');
    expect(await decide(optedOut)).toBe('suppress');
  });

  it('lets a transactional message pass a marketing opt-out, never a block', async () => {
    const [blocked, optedOut, everything] = [freshPhone(), freshPhone(), freshPhone()];
    await add({ kind: 'block', address: blocked });
    await add({ kind: 'opt_out', address: optedOut });
    await add({ kind: 'opt_out', address: everything, purpose: 'all' });
    const decisions = (await check({ recipients: [blocked, optedOut, everything], purpose: 'transactional' })).decisions;
    expect(decisions.map(({ decision }: { decision: string }) => decision)).toEqual(['suppress', 'allow', 'suppress']);
  });

  it('holds by the lists that are named, by the default list always, and by any list when none is named (B13)', async () => {
    const [member, unsubscribed] = [freshPhone(), freshPhone()];
    await add({ kind: 'opt_out', address: member, list: 'News' });
    await add({ kind: 'opt_out', address: unsubscribed });
    expect(await decide(member, { lists: [news] })).toBe('suppress');
    expect(await decide(member, { lists: ['Offers', 'News'] })).toBe('suppress');
    expect(await decide(member, { lists: [offers] })).toBe('allow');
    expect(await decide(member, { lists: [] })).toBe('suppress');
    expect(await decide(member)).toBe('suppress');
    expect(await decide(unsubscribed, { lists: [offers] })).toBe('suppress');
  });

  it('answers “Optout Number” with a sentence that says where, how and when (B15)', async () => {
    const phone = freshPhone();
    const entry = await add({ kind: 'opt_out', address: phone, list: 'News', channel: 'whatsapp', source: 'template_reply', evidence: { text: 'STOP' } });
    const { decisions } = await check({ recipients: [phone], channel: 'whatsapp' });
    expect(decisions[0]).toMatchObject({ decision: 'suppress', mayContact: false, code: 'optout_number', label: 'Optout Number' });
    expect(decisions[0].explanation).toMatch(/^Opted out of “News” on WhatsApp by replying STOP on \d+ [A-Z][a-z]{2} \d{4}\.$/);
    expect(decisions[0].matched).toMatchObject([{ entry, kind: 'opt_out', list: news, listName: 'News', channel: 'whatsapp', by: 'recipient', source: 'template_reply', matchedBy: 'address' }]);
  });

  it('names a block before an opt-out and shows both', async () => {
    const phone = freshPhone();
    await add({ kind: 'opt_out', address: phone });
    await add({ kind: 'block', address: phone, reason: 'abuse' });
    const { decisions } = await check({ recipients: [phone] });
    expect(decisions[0]).toMatchObject({ code: 'blacklisted', label: 'Blacklisted' });
    expect(decisions[0].matched.map(({ kind }: { kind: string }) => kind)).toEqual(['block', 'opt_out']);
  });

  it('finds one person however the number is written', async () => {
    const phone = freshPhone();
    await add({ kind: 'block', address: phone });
    const bare = phone.slice(1);
    for (const written of [bare, Number(bare), `whatsapp:${phone}`, ` ${phone.slice(0, 2)} (${phone.slice(2, 5)}) ${phone.slice(5)} `]) expect(await decide(written)).toBe('suppress');
    expect(await decide({ value: phone.slice(2), kind: 'phone' }, { addressOptions: { digits: 'national', defaultCountry: 'US' } })).toBe('suppress');
  });

  it('finds a mailbox without tags and dots where its provider ignores them', async () => {
    await add({ kind: 'opt_out', address: 'jane.roe+shop@gmail.com' });
    const { decisions } = await check({ recipients: ['janeroe@gmail.com', 'JaneRoe+other@gmail.com', 'jane.roe+shop@gmail.com', 'jane.roe+shop@example.com'] });
    expect(decisions.map(({ decision, matched }: { decision: string; matched: Array<{ matchedBy: string }> }) => [decision, matched[0]?.matchedBy])).toEqual([
      ['suppress', 'mailbox'], ['suppress', 'mailbox'], ['suppress', 'address'], ['allow', undefined],
    ]);
  });

  it('holds a person by any of its addresses, given together or linked before', async () => {
    const [phone, email, other] = [freshPhone(), freshEmail(), freshEmail()];
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', addresses: [phone, email] }] });
    const { decisions } = await check({ recipients: [{ addresses: [other, phone] }, email, other] });
    expect(decisions.map(({ decision }: { decision: string }) => decision)).toEqual(['suppress', 'suppress', 'allow']);
    const linked = freshEmail();
    await service.call('POST', '/v1/contacts/link', { addresses: [linked, phone] });
    const again = await check({ recipients: [linked] });
    expect(again.decisions[0]).toMatchObject({ decision: 'suppress', matched: expect.arrayContaining([expect.objectContaining({ matchedBy: 'linked' })]) });
  });

  it('answers unknown, never allow, for an address that cannot be read', async () => {
    const { decisions, counts } = await check({ recipients: ['call me', '', 12.5, { addresses: [freshPhone(), 'call me'] }, { value: 'x', kind: 'handle' }] });
    expect(decisions.map(({ decision, mayContact }: { decision: string; mayContact: boolean }) => `${decision} ${mayContact}`)).toEqual(Array(5).fill('unknown false'));
    expect(decisions[0]).toMatchObject({ code: 'letters', label: 'Unreadable address' });
    expect(counts).toEqual({ total: 5, allow: 0, suppress: 0, unknown: 5 });
  });

  it('holds a text that an unreadable opt-out was kept under', async () => {
    const added = await service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: 'the man from Ulm' }] });
    expect(added.body.results[0]).toMatchObject({ outcome: 'added', unverified: true });
    const { decisions } = await check({ recipients: [' the man from Ulm '] });
    expect(decisions[0]).toMatchObject({ decision: 'suppress', matched: [{ matchedBy: 'unverified' }] });
  });

  it('holds a person by a readable address although another cannot be read', async () => {
    const phone = freshPhone();
    await add({ kind: 'block', address: phone });
    expect(await decide({ addresses: ['call me', phone] })).toBe('suppress');
  });

  it('answers 10,000 recipients in their order, with their refs', async () => {
    const held = Array.from({ length: 50 }, (_, index) => `+4915112${String(index * 200).padStart(6, '0')}`);
    await service.call('POST', '/v1/entries', { entries: held.map((address) => ({ kind: 'block', address })) });
    const recipients = Array.from({ length: 10_000 }, (_, index) => ({ address: `+4915112${String(index).padStart(6, '0')}`, ref: `row ${index}` }));
    const { decisions, counts } = await check({ recipients });
    expect(counts).toEqual({ total: 10_000, allow: 9_950, suppress: 50, unknown: 0 });
    expect(decisions.every(({ index, ref, decision }: { index: number; ref: string; decision: string }, position: number) => index === position && ref === `row ${position}` && (decision === 'suppress') === (position % 200 === 0))).toBe(true);

    const short = await check({ recipients, view: 'held' });
    expect(short.counts).toEqual(counts);
    expect(short.decisions).toEqual(decisions.filter(({ decision }: { decision: string }) => decision !== 'allow'));
  });

  it('shows those it cannot read in the view "held", too', async () => {
    const { view, decisions } = await check({ recipients: [freshPhone(), 'call me'], view: 'held' });
    expect(view).toBe('held');
    expect(decisions).toMatchObject([{ index: 1, decision: 'unknown' }]);
  });

  it('refuses a list or a sender that is not there: a misspelt name never answers allow', async () => {
    expectProblem(await service.call('POST', '/v1/checks', { recipients: [freshPhone()], lists: ['News', 'Newz'] }), 'unknown-list', '/lists/1');
    expectProblem(await service.call('POST', '/v1/checks', { recipients: [freshPhone()], sender: 'Store Rome' }), 'unknown-sender', '/sender');
    expectProblem(await service.call('POST', '/v1/checks', { recipients: [freshPhone()], sender: 'Store Berlin', channel: 'sms' }), 'unknown-sender', '/sender');
  });

  it('changes nothing: it leaves no line in the history of whom it asks about', async () => {
    const phone = freshPhone();
    await decide(phone);
    const { body } = await service.call('GET', `/v1/addresses/${encodeURIComponent(phone)}`);
    expect(body).toMatchObject({ entries: [], events: [] });
  });
});
