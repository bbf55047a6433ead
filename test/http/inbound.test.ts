import type { InboundResponse } from '@quietlist/contract/inbound';
import { routes } from '@quietlist/contract/routes';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compileShape } from '../support/ajv.ts';
import { freshPhone } from '../support/numbers.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let now = Date.UTC(2026, 2, 3, 10);
let phone: string;
beforeAll(async () => {
  service = await startService({ clock: () => now });
});
afterAll(() => service.stop());
beforeEach(() => {
  phone = freshPhone();
});

const isAnswer = compileShape(routes.handleInbound.response);
const minutes = (count: number): number => count * 60_000;
const days = (count: number): number => count * 24 * 60 * 60_000;

async function receive(message: object): Promise<InboundResponse> {
  const { status, body } = await service.call('POST', '/v1/inbound', { address: phone, channel: 'sms', ...message });
  expect([status, body]).toEqual([200, body]);
  expect(isAnswer(body), JSON.stringify(body)).toBe(true);
  return body;
}
const decision = async (scope: object = {}) => (await service.call('POST', '/v1/checks', { recipients: [phone], channel: 'sms', ...scope })).body.decisions[0];
const settings = (change: object) => service.call('PATCH', '/v1/settings', change);
const entriesOf = async () => (await service.call('GET', `/v1/addresses/${encodeURIComponent(phone)}`)).body.entries;

describe('a message that says STOP', () => {
  it('opts its sender out of the default list, at once and on every channel', async () => {
    const answer = await receive({ text: 'Stop!', messageId: 'SM1' });
    expect(answer).toMatchObject({ action: 'opted_out', handled: true, matched: { by: 'keyword', text: 'stop', language: 'en' }, wasSeen: false });
    for (const channel of ['sms', 'whatsapp']) expect(await decision({ channel })).toMatchObject({ decision: 'suppress', code: 'optout_number' });
    const [entry] = await entriesOf();
    expect(entry).toMatchObject({ by: 'recipient', source: 'opt_out', reason: 'opt_out', list: 'default', evidence: { text: 'Stop!', messageId: 'SM1', messageChannel: 'sms' } });
    expect((await decision()).explanation).toContain('by replying Stop!');
  });

  it('holds only the channel it came on where the workspace says so', async () => {
    await settings({ optOutChannels: 'same' });
    await receive({ text: 'STOP' });
    await settings({ optOutChannels: 'all' });
    expect([(await decision()).decision, (await decision({ channel: 'email' })).decision]).toEqual(['suppress', 'allow']);
  });

  it('ends marketing when it answers marketing, and everything when it answers anything else or nobody knows what', async () => {
    const held = async (message: object) => {
      phone = freshPhone();
      await receive({ text: 'stop', ...message });
      return Promise.all(['marketing', 'transactional'].map(async (purpose) => (await decision({ purpose })).decision));
    };
    expect(await held({ inReplyTo: { purpose: 'marketing' } })).toEqual(['suppress', 'allow']);
    expect(await held({ inReplyTo: { purpose: 'transactional' } })).toEqual(['suppress', 'suppress']);
    expect(await held({})).toEqual(['suppress', 'suppress']);
    await settings({ revocationScope: 'all' });
    expect(await held({ inReplyTo: { purpose: 'marketing' } })).toEqual(['suppress', 'suppress']);
    await settings({ revocationScope: 'message_purpose' });
  });

  it('is kept even when nobody can read the address, and whatever the sender', async () => {
    const { body } = await service.call('POST', '/v1/inbound', { address: 'not-a-number-x', channel: 'sms', text: 'STOP', sender: 'A sender that is gone' });
    expect(body).toMatchObject({ action: 'opted_out', unverified: true, entries: [expect.stringMatching(/^ent_/)] });
    expect((await service.call('POST', '/v1/checks', { recipients: ['not-a-number-x'], channel: 'sms' })).body.decisions[0].decision).toBe('suppress');
  });

  it('is kept with characters that no store takes', async () => {
    const answer = await receive({ text: 'STOP\u0000\ud800' });
    expect(answer.action).toBe('opted_out');
    expect((await decision()).decision).toBe('suppress');
  });

  it('writes all addresses of its sender, linked', async () => {
    const { body } = await service.call('POST', '/v1/inbound', { addresses: [phone, { value: 'US.13491208655302741918', kind: 'handle', channel: 'whatsapp' }], channel: 'whatsapp', text: 'stop' });
    expect(body.entries).toHaveLength(2);
    expect((await service.call('GET', `/v1/addresses/${encodeURIComponent(phone)}`)).body.linked).toHaveLength(1);
  });

  it('never acts on a reaction, nor on a word of a language that no list has', async () => {
    expect(await receive({ text: 'Liked “Reply STOP to opt out”' })).toMatchObject({ action: 'ignored', handled: true });
    expect((await receive({ text: 'acha' })).action).not.toBe('opted_out');
    expect((await entriesOf()).filter(({ by }: { by: string }) => by === 'recipient')).toEqual([]);
  });

  it('comes from somebody', async () => {
    for (const message of [{ channel: 'sms', text: 'stop' }, { address: phone, addresses: [phone], channel: 'sms' }]) expectProblem(await service.call('POST', '/v1/inbound', message), 'invalid-request', '/address');
    expectProblem(await service.call('POST', '/v1/inbound', { address: ' ', channel: 'sms', text: 'stop' }), 'invalid-address', '/address');
  });
});

describe('an ordinary message', () => {
  it('passes, and changes nothing', async () => {
    expect(await receive({ text: 'Where is my order?' })).toMatchObject({ action: 'none', handled: false, entries: [], reply: null, matched: null });
    for (const text of ['yes', 'no', 'ok', '']) expect((await receive({ text })).action).toBe('none');
    expect((await decision()).decision).toBe('allow');
  });

  it('says so when nobody can read whose it is', async () => {
    expect(await receive({ address: 'not-a-number-y', text: 'hello' })).toMatchObject({ action: 'none', unverified: true });
    expect((await receive({ text: 'hello' })).unverified).toBe(false);
  });
});

describe('START', () => {
  it('lifts the opt-outs of its sender on this channel, and lets marketing through again', async () => {
    await receive({ text: 'stop' });
    const answer = await receive({ text: 'START' });
    expect(answer).toMatchObject({ action: 'opted_in', entries: [expect.stringMatching(/^ent_/)] });
    expect((await decision()).decision).toBe('allow');
  });

  it('that comes late lifts no opt-out and no hold that its sender made after it', async () => {
    const before = new Date(now - minutes(3)).toISOString();
    await receive({ text: 'STOP', receivedAt: new Date(now - minutes(1)).toISOString() });
    expect((await receive({ text: 'START', receivedAt: before })).entries).toEqual([]);
    expect((await decision()).decision).toBe('suppress');
    phone = freshPhone();
    expect((await receive({ text: 'I did not sign up, take me off this list' })).action).toBe('review');
    await receive({ text: 'START', receivedAt: before });
    expect((await decision()).decision).toBe('suppress');
    phone = freshPhone();
    await receive({ text: 'STOP', receivedAt: before });
    expect((await receive({ text: 'START', receivedAt: new Date(now - minutes(2)).toISOString() })).entries).toHaveLength(1);
  });

  it('lifts neither a block nor an opt-out that somebody else decided, nor one of another channel', async () => {
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: phone, by: 'operator' }, { kind: 'opt_out', address: phone, channel: 'email' }] });
    expect((await receive({ text: 'start' })).entries).toEqual([]);
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: phone, direction: 'outbound' }] });
    expect((await receive({ text: 'start' })).entries).toEqual([]);
    expect((await entriesOf()).filter(({ status }: { status: string }) => status === 'active')).toHaveLength(3);
  });
});

describe('a blocked sender', () => {
  it('is answered by nobody, whatever they write; their opt-out is kept for the day the block ends', async () => {
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: phone }] });
    expect(await receive({ text: 'hello?' })).toMatchObject({ action: 'blocked', handled: true, entries: [], reply: null });
    expect(await receive({ text: 'STOP' })).toMatchObject({ action: 'blocked', entries: [expect.stringMatching(/^ent_/)] });
    await service.call('POST', '/v1/entries/remove', { kind: 'block', addresses: [phone] });
    expect((await decision()).code).toBe('optout_number');
  });

  it('is only blocked where the block says so', async () => {
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: phone, channel: 'whatsapp' }, { kind: 'block', address: phone, channel: 'sms', direction: 'outbound' }] });
    expect((await receive({ text: 'hello' })).action).toBe('none');
    expect((await receive({ text: 'hello', channel: 'whatsapp' })).action).toBe('blocked');
  });
});

describe('the confirmation', () => {
  it('is given once, says until when it is to be sent, and not again within a day for the same person and list', async () => {
    await service.call('PATCH', '/v1/lists/default', { confirmationMessage: 'You will get no more of it.' });
    const first = await receive({ text: 'stop' });
    expect(first.reply).toEqual({ text: 'You will get no more of it.', list: 'default', sendBefore: new Date(now + minutes(5)).toISOString() });
    now += minutes(60);
    expect((await receive({ text: 'stop' })).reply).toBeNull();
    now += days(1);
    expect((await receive({ text: 'stop' })).reply?.text).toBe('You will get no more of it.');
    expect((await receive({ address: freshPhone(), text: 'stop', receivedAt: new Date(now - minutes(6)).toISOString() })).reply).toBeNull();
    await service.call('PATCH', '/v1/lists/default', { confirmationMessage: null });
  });
});

describe('the same message again', () => {
  it('answers what it answered first, without a reply, and changes nothing more', async () => {
    await service.call('PATCH', '/v1/lists/default', { confirmationMessage: 'Done.' });
    const first = await receive({ text: 'stop', messageId: 'SM-twice' });
    expect(first.reply).not.toBeNull();
    await receive({ text: 'start', messageId: 'SM-later' });
    expect(await receive({ text: 'stop', messageId: 'SM-twice' })).toEqual({ ...first, reply: null, wasSeen: true });
    expect((await decision()).decision).toBe('allow');
    phone = freshPhone();
    expect((await receive({ text: 'stop', messageId: 'SM-twice' })).wasSeen).toBe(false);
    await service.call('PATCH', '/v1/lists/default', { confirmationMessage: null });
  });
});

describe('a dry run', () => {
  it('says what would happen, and nothing does', async () => {
    expect(await receive({ text: 'STOP', messageId: 'SM-dry', dryRun: true })).toMatchObject({ action: 'opted_out', entries: [], dryRun: true });
    expect(await entriesOf()).toEqual([]);
    expect(await receive({ text: 'please stop sending me texts', dryRun: true })).toMatchObject({ action: 'review', review: null });
    expect((await receive({ text: 'STOP', messageId: 'SM-dry' })).wasSeen).toBe(false);
  });
});

it('answers the same to the same idempotency key, once', async () => {
  const send = () => service.call('POST', '/v1/inbound', { address: phone, channel: 'sms', text: 'stop' }, { headers: { 'idempotency-key': `inbound-${phone}` } });
  expect((await send()).body).toEqual((await send()).body);
});

it('logs neither the text nor the address of a message', async () => {
  await receive({ text: 'STOP canary-of-text', messageId: 'canary-of-id' });
  const log = service.logs.join('\n');
  for (const word of [phone.slice(1), 'canary-of-text', 'canary-of-id']) expect(log).not.toContain(word);
});
