import { isAddEntriesResponse } from '@quietlist/contract/validators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshEmail, freshPhone } from '../support/numbers.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let agent: string;
let news: string;
let sender: string;

beforeAll(async () => {
  service = await startService();
  agent = await service.createKey('agent');
  news = (await service.call('POST', '/v1/lists', { name: 'News' })).body.id;
  sender = (await service.call('POST', '/v1/senders', { name: 'Store Berlin', channel: 'whatsapp' })).body.id;
});
afterAll(() => service.stop());

const add = async (...entries: object[]) => {
  const answer = await service.call('POST', '/v1/entries', { entries });
  expect(answer.status).toBe(200);
  expect(isAddEntriesResponse(answer.body)).toBe(true);
  return answer.body;
};
const outcomes = (body: { results: Array<{ outcome: string }> }): string[] => body.results.map(({ outcome }) => outcome);
const entry = async (id: string) => (await service.call('GET', `/v1/entries/${id}`)).body;
const known = async (address: string) => (await service.call('GET', `/v1/addresses/${encodeURIComponent(address)}`)).body;

describe('adding entries', () => {
  it('adds, finds unchanged, widens and refuses, one result an item in order', async () => {
    const phone = freshPhone();
    await add({ kind: 'opt_out', address: phone });
    const body = await add({ kind: 'block', address: phone }, { kind: 'opt_out', address: phone }, { kind: 'opt_out', address: phone, purpose: 'all' }, { kind: 'block', address: 'call me' });
    expect(body.results.map(({ index, outcome, code }: { index: number; outcome: string; code?: string }) => [index, outcome, code])).toEqual([
      [0, 'added', undefined], [1, 'unchanged', undefined], [2, 'widened', undefined], [3, 'invalid', 'letters'],
    ]);
    expect(body.counts).toEqual({ added: 1, unchanged: 1, widened: 1, invalid: 1 });
    expect(body.results[1].entries).toEqual(body.results[2].entries);
  });

  it('does duplicates within one request once', async () => {
    const phone = freshPhone();
    const body = await add({ kind: 'block', address: phone }, { kind: 'block', address: phone.slice(1) }, { kind: 'block', address: phone, direction: 'outbound' });
    expect(outcomes(body)).toEqual(['added', 'unchanged', 'unchanged']);
    const { entries, events, historyIntact } = await known(phone);
    expect([entries.length, events.length, historyIntact]).toEqual([1, 1, true]);
  });

  it('widens within one request, and shows both lines in the history', async () => {
    const phone = freshPhone();
    const body = await add({ kind: 'opt_out', address: phone, by: 'operator' }, { kind: 'opt_out', address: phone, purpose: 'all' });
    expect(outcomes(body)).toEqual(['added', 'widened']);
    const { entries, events, historyIntact } = await known(phone);
    expect(entries).toMatchObject([{ purpose: 'all', by: 'recipient' }]);
    expect(events.map(({ action }: { action: string }) => action)).toEqual(['widened', 'added']);
    expect(historyIntact).toBe(true);
  });

  it('keeps the addresses of one person in entries of their own, and links them', async () => {
    const [phone, email] = [freshPhone(), freshEmail()];
    const body = await add({ kind: 'opt_out', addresses: [phone, email, phone] });
    expect(body.results[0].entries).toHaveLength(2);
    expect((await known(phone)).linked).toMatchObject([{ kind: 'email', key: email }]);
    expect((await known(email)).linked).toMatchObject([{ kind: 'phone', key: phone }]);
  });

  it('adds every field that it was given', async () => {
    const [phone, at] = [freshPhone(), '2026-01-02T03:04:05Z'];
    const consent = { method: 'written', statement: 'We may add them', at, by: 'Ann' };
    const { body } = await service.call('POST', '/v1/entries', {
      entries: [{ kind: 'opt_out', address: phone, channel: 'whatsapp', sender: 'Store Berlin', list: 'News', purpose: 'all', direction: 'both', reason: 'legal', note: 'By letter', source: 'csv', evidence: { file: 'a.csv', line: 7, signed: true }, by: 'operator', expiresAt: '2036-01-01T00:00:00Z' }],
      batch: 'import 7',
      consent,
    });
    expect(body.batch).toBe('import 7');
    expect(await entry(body.results[0].entries[0])).toMatchObject({
      kind: 'opt_out', address: phone, addressKind: 'phone', key: phone, unverified: false, channel: 'whatsapp', sender, senderName: 'Store Berlin', list: news, listName: 'News', purpose: 'all',
      direction: 'both', reason: 'legal', note: 'By letter', source: 'csv', by: 'operator', batch: 'import 7', expiresAt: '2036-01-01T00:00:00.000Z', status: 'active',
      evidence: { file: 'a.csv', line: 7, signed: true, consentMethod: 'written', consentStatement: 'We may add them', consentAt: at, consentBy: 'Ann' },
    });
  });

  it('refuses an attestation that is still to be given (D8)', async () => {
    const consent = { method: 'written', statement: 'We may add them', at: '2999-01-01T00:00:00Z', by: 'Ann' };
    expectProblem(await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: freshPhone() }], consent }), 'invalid-request', '/consent/at');
  });

  it("keeps a recipient's opt-out when an operator adds it again", async () => {
    const phone = freshPhone();
    const own = (await add({ kind: 'opt_out', address: phone, source: 'template_reply', evidence: { text: 'STOP' }, note: 'as received' })).results[0].entries[0];
    const before = await entry(own);
    const again = await add({ kind: 'opt_out', address: phone, by: 'operator', reason: 'list_cleanup', source: 'csv', note: 'cleaned', expiresAt: '2036-01-01T00:00:00Z' });
    expect(outcomes(again)).toEqual(['unchanged']);
    expect(await entry(own)).toEqual(before);
  });

  it("takes over an operator's opt-out for the recipient who asks for it, and drops its end", async () => {
    const phone = freshPhone();
    const id = (await add({ kind: 'opt_out', address: phone, by: 'operator', reason: 'list_cleanup', source: 'csv', expiresAt: '2036-01-01T00:00:00Z' })).results[0].entries[0];
    expect(outcomes(await add({ kind: 'opt_out', address: phone, source: 'opt_out', evidence: { text: 'STOP' } }))).toEqual(['widened']);
    expect(await entry(id)).toMatchObject({ by: 'recipient', source: 'opt_out', reason: 'opt_out', expiresAt: null });
  });

  it('ignores an end on what the recipient asked for', async () => {
    const id = (await add({ kind: 'opt_out', address: freshPhone(), expiresAt: '2020-01-01T00:00:00Z' })).results[0].entries[0];
    expect(await entry(id)).toMatchObject({ by: 'recipient', expiresAt: null, status: 'active' });
  });

  it.each([
    ['missing_address', { kind: 'block' }],
    ['missing_address', { kind: 'block', address: '+14155552671', addresses: ['+14155552671'] }],
    ['expiry_in_the_past', { kind: 'block', address: '+14155552671', expiresAt: '2020-01-01T00:00:00Z' }],
    ['block_has_no_list', { kind: 'block', address: '+14155552671', list: 'News' }],
    ['sender_of_other_channel', { kind: 'block', address: '+14155552671', channel: 'sms', sender: 'Store Berlin' }],
    ['scientific_notation', { kind: 'block', address: '4.91512E+12' }],
    ['lossy_number', { kind: 'block', address: 12.5 }],
    ['empty', { kind: 'opt_out', address: '   ' }],
    ['empty', { kind: 'opt_out', address: '\u200b' }],
  ])('refuses one item with %s and a sentence, and does the others', async (code, item) => {
    const body = await add(item, { kind: 'block', address: freshPhone() });
    expect(body.results[0]).toMatchObject({ outcome: 'invalid', entries: [], code, message: expect.stringMatching(/\w{3,}.*\.$/) });
    expect(body.results[1].outcome).toBe('added');
  });

  it('keeps an opt-out that nobody can read, and says so', async () => {
    const body = await add({ kind: 'opt_out', address: 'ask for Jo', channel: 'whatsapp' });
    expect(body.results[0]).toMatchObject({ outcome: 'added', unverified: true, code: 'letters' });
    expect(await entry(body.results[0].entries[0])).toMatchObject({ unverified: true, address: 'ask for Jo', addressKind: 'handle' });
    expect(outcomes(await add({ kind: 'opt_out', address: ' ask for Jo ', channel: 'whatsapp' }))).toEqual(['unchanged']);
  });

  it('keeps what it can of a person with one address that nobody can read', async () => {
    const body = await add({ kind: 'opt_out', addresses: [freshPhone(), 'ask for Pat'] });
    expect(body.results[0]).toMatchObject({ outcome: 'added', unverified: true, code: 'letters' });
    expect(body.results[0].entries).toHaveLength(2);
  });

  it.each(['manual', 'csv'])('tells the person at a screen instead: source %s is refused with the code', async (source) => {
    expect((await add({ kind: 'opt_out', address: 'ask for Kim', source })).results[0]).toMatchObject({ outcome: 'invalid', code: 'letters' });
  });

  it('stores no control character of a text that it keeps', async () => {
    const { results } = await add({ kind: 'opt_out', address: 'ask\u0000for\nLou\u009f' });
    expect((await entry(results[0].entries[0])).address).toBe('ask for Lou');
  });

  it('lets an agent opt out but not touch the blacklist (A11), and then does nothing of the request', async () => {
    const phone = freshPhone();
    const refused = await service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: phone }, { kind: 'block', address: phone }] }, { key: agent });
    expectProblem(refused, 'forbidden');
    expect((await known(phone)).entries).toEqual([]);
    expect(outcomes((await service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: phone }] }, { key: agent })).body)).toEqual(['added']);
  });

  it('refuses the whole request for a list or sender that is not there', async () => {
    const phone = freshPhone();
    expectProblem(await service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: phone }, { kind: 'opt_out', address: phone, list: 'Newz' }] }), 'unknown-list', '/entries/1/list');
    expectProblem(await service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: phone, sender: 'Store Rome' }] }), 'unknown-sender', '/entries/0/sender');
    expect((await known(phone)).entries).toEqual([]);
  });

  it('makes different entries of different channels, senders and lists', async () => {
    const address = freshPhone();
    const body = await add(
      { kind: 'opt_out', address }, { kind: 'opt_out', address, channel: 'sms' }, { kind: 'opt_out', address, channel: 'whatsapp' }, { kind: 'opt_out', address, channel: 'whatsapp', sender }, { kind: 'opt_out', address, list: news },
    );
    expect(new Set(body.results.map(({ entries }: { entries: string[] }) => entries[0])).size).toBe(5);
    expect(body.counts.added).toBe(5);
  });

  it('adds 10,000 entries in one request and finds them all unchanged the second time', async () => {
    const entries = Array.from({ length: 10_000 }, (_, index) => ({ kind: 'block', address: `+4915113${String(index).padStart(6, '0')}` }));
    expect((await add(...entries)).counts).toEqual({ added: 10_000, unchanged: 0, widened: 0, invalid: 0 });
    expect((await add(...entries)).counts).toEqual({ added: 0, unchanged: 10_000, widened: 0, invalid: 0 });
  });
});
