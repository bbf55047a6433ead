import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { AddEntriesRequest, RemoveEntriesRequest } from '@quietlist/contract/entry';
import { limits } from '@quietlist/contract/limits';
import { TransportError, type TransportRequest } from '@quietlist/client/transport';
import { addService, fakeTransport, ok, problem, removeService, type FakeTransport } from '../support/fake-transport.ts';
import { apiKey, helper, loadFlow } from '../support/node-red.ts';

beforeAll(() => helper.startServer());
afterAll(() => helper.stopServer());
afterEach(() => helper.unload());

const block = { type: 'quietlist-add-to-blacklist', contactType: 'message', enabled: 'true', enabledType: 'bool', direction: 'both' };
const unblock = { type: 'quietlist-remove-from-blacklist', contactType: 'message', enabled: 'true', enabledType: 'bool' };
const optOut = { type: 'quietlist-opt-out', contactType: 'message', by: 'recipient', purpose: 'marketing' };
const optIn = { type: 'quietlist-remove-opt-out', contactType: 'message', by: 'recipient' };
const consent = { by: 'operator', consentMethod: 'verbal', consentStatement: 'said', consentStatementType: 'msg', consentBy: 'Kim', consentByType: 'str' };

const entriesOf = (transport: FakeTransport) => transport.requests.flatMap(({ body }) => (body as AddEntriesRequest).entries);
const removalsOf = (transport: FakeTransport) => transport.requests.map(({ body }) => body as RemoveEntriesRequest);

/** Refuses like the service does when one item cannot be read. */
const refusing = (unreadable: string) => (request: TransportRequest) => {
  const { entries } = request.body as AddEntriesRequest;
  const results = entries.map(({ address }, index) =>
    address === unreadable ? { index, outcome: 'invalid', entries: [], code: 'too_short', message: 'The number is too short.' } : { index, outcome: 'added', entries: [`ent_${index}`] },
  );
  const invalid = results.filter(({ outcome }) => outcome === 'invalid').length;
  return ok({ results, counts: { added: results.length - invalid, unchanged: 0, widened: 0, invalid }, batch: null });
};

describe('add to blacklist', () => {
  it('writes every contact on every channel (A5), with reason, note, expiry and evidence', async () => {
    const transport = fakeTransport(addService);
    const flow = await loadFlow(
      {
        ...block, contactType: 'msg', contact: 'people', channels: 'whatsapp,sms', channelsType: 'pick', sender: 'Shop', senderType: 'str', reason: 'suspected_fraud',
        reasonType: 'pick', note: 'why', noteType: 'msg', expiry: 'until', expiryType: 'msg', direction: 'outbound',
      },
      transport,
    );
    const message = { _msgid: 'm1', people: '9100223445,user@gmail.com', why: 'two\nlines', until: '2030-01-01T00:00:00+02:00', payload: 'kept' };
    await flow.send(message);

    expect(entriesOf(transport)).toHaveLength(4);
    expect(entriesOf(transport)[0]).toEqual({
      kind: 'block', address: '9100223445', channel: 'whatsapp', sender: 'Shop', direction: 'outbound', reason: 'suspected_fraud', note: 'two lines',
      expiresAt: '2029-12-31T22:00:00.000Z', source: 'workflow', evidence: { workflow: 'A flow', node: 'a node', execution: 'm1' },
    });
    expect(flow.outputs[0]![0]).toBe(message);
    expect(message.payload).toBe('kept');
    expect(flow.outputs[0]![0]!.suppression).toMatchObject({ action: 'add_to_blacklist', skipped: false });
    expect(flow.outputs[0]![0]!.suppression.results.map(({ contact, channel, outcome }: any) => [contact, channel, outcome])).toEqual([
      ['9100223445', 'whatsapp', 'added'], ['9100223445', 'sms', 'added'], ['user@gmail.com', 'whatsapp', 'added'], ['user@gmail.com', 'sms', 'added'],
    ]);
  });

  it('does nothing while its checkbox is off, and says that it skipped (A9)', async () => {
    const transport = fakeTransport(addService);
    const flow = await loadFlow({ ...block, enabled: 'block', enabledType: 'msg' }, transport);
    await flow.send({ to: 'ann@example.com', block: false }, { to: 'bob@example.com', block: 'true' }, { to: 'cleo@example.com', block: true });

    expect(entriesOf(transport).map(({ address }) => address)).toEqual(['bob@example.com', 'cleo@example.com']);
    expect(flow.outputs[0]!.map(({ suppression }) => suppression.skipped)).toEqual([true, false, false]);
  });

  it.each([[undefined], ['ja'], [1], [{}]])('takes a checkbox that is neither on nor off (%s) as a mistake, not as off', async (value) => {
    const flow = await loadFlow({ ...block, enabled: 'block', enabledType: 'msg' }, fakeTransport(addService));
    await flow.send({ to: 'ann@example.com', block: value });
    expect(flow.outputs[0]).toEqual([]);
    expect(flow.caught[0]!.error.code).toBe('unreadable_field');
  });

  it('keeps free text for a reason as a note, and leaves out what cannot be read (C3)', async () => {
    const transport = fakeTransport(addService);
    const flow = await loadFlow({ ...block, reason: 'why', reasonType: 'msg', note: 'a.b.c', noteType: 'msg' }, transport);
    await flow.send({ to: 'ann@example.com', why: 'rude on the phone' }, { to: 'bob@example.com', why: 'abuse' });
    expect(entriesOf(transport)[0]).toMatchObject({ note: 'rude on the phone' });
    expect(entriesOf(transport)[0]).not.toHaveProperty('reason');
    expect(entriesOf(transport)[1]).toMatchObject({ reason: 'abuse' });
    expect(entriesOf(transport)[1]).not.toHaveProperty('note');
  });

  it('cuts a note that is too long instead of losing the block', async () => {
    const transport = fakeTransport(addService);
    const flow = await loadFlow({ ...block, note: 'why', noteType: 'msg' }, transport);
    await flow.send({ to: 'ann@example.com', why: '😀'.repeat(limits.noteLength) });
    expect(entriesOf(transport)[0]!.note!.length).toBeLessThanOrEqual(limits.noteLength);
    expect(entriesOf(transport)[0]!.note!.isWellFormed()).toBe(true);
  });

  it('counts days of expiry from now on, and refuses an expiry that is none', async () => {
    const transport = fakeTransport(addService);
    const flow = await loadFlow({ ...block, expiry: '30', expiryType: 'days' }, transport);
    await flow.send({ to: 'ann@example.com' });
    const days = (Date.parse(entriesOf(transport)[0]!.expiresAt!) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThanOrEqual(30);
    await helper.unload();

    const other = await loadFlow({ ...block, expiry: 'until', expiryType: 'msg' }, transport);
    await other.send({ to: 'ann@example.com', until: 'next week' }, { to: 'bob@example.com' });
    expect(other.caught.map(({ error }) => error.code)).toEqual(['unreadable_field', 'empty_field']);
  });
});

describe('remove from blacklist', () => {
  it('lifts the blocks of all contacts in one request, and leaves out what is not said', async () => {
    const transport = fakeTransport(removeService);
    const flow = await loadFlow({ ...unblock, note: 'cleared', noteType: 'str' }, transport);
    await flow.send({ to: 'ann@example.com, bob@example.com' }, { to: 'cleo@example.com' });
    expect(removalsOf(transport)).toEqual([
      {
        kind: 'block', addresses: ['ann@example.com', 'bob@example.com', 'cleo@example.com'], note: 'cleared', source: 'workflow',
        evidence: { workflow: 'A flow', node: 'a node' },
      },
    ]);
    expect(flow.outputs[0]!.map(({ suppression }) => suppression.results.length)).toEqual([2, 1]);
  });

  it.each(['channels', 'sender'])('refuses to lift more than was meant when %s points to nothing', async (field) => {
    const transport = fakeTransport(removeService);
    const flow = await loadFlow({ ...unblock, [field]: 'nowhere', [`${field}Type`]: 'msg' }, transport);
    await flow.send({ to: 'ann@example.com' });
    expect(transport.requests).toEqual([]);
    expect(flow.caught[0]!.error.code).toBe('empty_field');
  });

  it('does nothing while its checkbox is off (A9)', async () => {
    const transport = fakeTransport(removeService);
    const flow = await loadFlow({ ...unblock, enabled: 'false' }, transport);
    await flow.send({ to: 'ann@example.com' });
    expect(transport.requests).toEqual([]);
    expect(flow.outputs[0]![0]!.suppression).toMatchObject({ action: 'remove_from_blacklist', skipped: true });
  });
});

describe('opt out', () => {
  it('opts out of one or many lists (B12), on the channel of the message', async () => {
    const transport = fakeTransport(addService);
    const flow = await loadFlow({ ...optOut, channelsType: 'message', lists: 'default,lst_2', listsType: 'pick', reason: 'opt_out', reasonType: 'pick' }, transport);
    await flow.send({ payload: { chatId: '+4915112345678', transport: 'whatsapp', content: 'STOP' } });
    expect(entriesOf(transport).map(({ list, channel, by, purpose, reason }) => [list, channel, by, purpose, reason])).toEqual([
      ['default', 'whatsapp', 'recipient', 'marketing', 'opt_out'],
      ['lst_2', 'whatsapp', 'recipient', 'marketing', 'opt_out'],
    ]);
    expect(flow.outputs[0]![0]!.suppression.results.map(({ list }: any) => list)).toEqual(['default', 'lst_2']);
  });

  it('is not lost because of a reason or a note that cannot be read', async () => {
    const transport = fakeTransport(addService);
    const flow = await loadFlow({ ...optOut, reason: '$error("x")', reasonType: 'jsonata', note: 'payload.deep.text', noteType: 'msg' }, transport);
    await flow.send({ to: 'ann@example.com' });
    expect(entriesOf(transport)).toHaveLength(1);
    expect(flow.outputs[0]).toHaveLength(1);
  });

  it('writes 10,000 opt-outs of one turn in one request', async () => {
    const transport = fakeTransport(addService);
    const flow = await loadFlow(optOut, transport);
    await flow.send(...Array.from({ length: 10_000 }, (_, index) => ({ to: `p${index}@example.com` })));
    expect(transport.requests).toHaveLength(1);
    expect(flow.outputs[0]).toHaveLength(10_000);
  });

  it('does not lose the opt-outs of others when one message names a list that is not there', async () => {
    const transport = fakeTransport((request) => ((request.body as AddEntriesRequest).entries.some(({ list }) => list === 'Gone') ? problem('unknown-list') : addService(request)));
    const flow = await loadFlow({ ...optOut, lists: 'list', listsType: 'msg' }, transport);
    await flow.send({ to: 'ann@example.com' }, { to: 'bob@example.com', list: 'Gone' }, { to: 'cleo@example.com' });
    expect(flow.outputs[0]!.map(({ to }) => to)).toEqual(['ann@example.com', 'cleo@example.com']);
    expect(flow.caught).toMatchObject([{ to: 'bob@example.com', error: { code: 'unknown-list' } }]);
  });
});

describe('remove opt out', () => {
  it('needs no consent when the recipient asked', async () => {
    const transport = fakeTransport(removeService);
    const flow = await loadFlow(optIn, transport);
    await flow.send({ to: 'ann@example.com' });
    expect(removalsOf(transport)[0]).toMatchObject({ kind: 'opt_out', addresses: ['ann@example.com'], by: 'recipient' });
    expect(removalsOf(transport)[0]).not.toHaveProperty('consent');
    expect(removalsOf(transport)[0]).not.toHaveProperty('lists');
  });

  it('sends the consent that an operator recorded, and every list where it is said', async () => {
    const transport = fakeTransport(removeService);
    const flow = await loadFlow({ ...optIn, ...consent, consentAt: 'at', consentAtType: 'msg', listsType: 'all' }, transport);
    await flow.send({ to: 'ann@example.com', said: 'Yes please', at: '2026-03-03T10:15:00Z' });
    expect(removalsOf(transport)[0]).toMatchObject({
      by: 'operator', lists: ['*'], consent: { method: 'verbal', statement: 'Yes please', at: '2026-03-03T10:15:00.000Z', by: 'Kim' },
    });
  });

  it('fills in when the consent was given, and still sends many messages in one request', async () => {
    const transport = fakeTransport(removeService);
    const flow = await loadFlow({ ...optIn, ...consent }, transport);
    await flow.send(...Array.from({ length: 100 }, (_, index) => ({ to: `p${index}@example.com`, said: 'Yes' })));
    expect(transport.requests).toHaveLength(1);
    expect(removalsOf(transport)[0]!.consent!.at).toMatch(/Z$/);
  });

  it.each([
    ['consentStatement', { ...consent }, {}],
    ['lists', { ...consent, lists: 'list', listsType: 'msg' }, { said: 'Yes' }],
    ['lists', { ...consent, lists: '', listsType: 'pick' }, { said: 'Yes' }],
    ['consentBy', { ...consent, consentBy: '' }, { said: 'Yes' }],
  ])('lifts nothing when %s is empty', async (field, fields, message) => {
    const transport = fakeTransport(removeService);
    const flow = await loadFlow({ ...optIn, ...fields }, transport);
    await flow.send({ to: 'ann@example.com', ...message });
    expect(transport.requests).toEqual([]);
    expect(flow.caught[0]!.error).toMatchObject({ code: 'empty_field' });
    expect(field).toBeTruthy();
  });
});

describe('every node that writes', () => {
  const nodes = { block, unblock, optOut, optIn };
  const faults = {
    unreachable: new TransportError('unreachable'),
    malformed_answer: ok('<!doctype html>'),
    unauthenticated: problem('unauthenticated'),
    forbidden: problem('forbidden'),
    'storage-full': problem('storage-full'),
    internal: new Error('connect to +4915112345678 with ql_live_key_of_a_test failed'),
  };
  for (const [name, node] of Object.entries(nodes)) {
    it.each(Object.entries(faults))(`${name} fails for a Catch node with the code %s, and says nothing of address or key`, async (_code, answer) => {
      const flow = await loadFlow(node, fakeTransport(answer));
      await flow.send({ to: '+4915112345678' });
      expect(flow.outputs[0]).toEqual([]);
      expect(flow.caught[0]!.error).toMatchObject({ code: expect.stringMatching(/^[a-z_-]+$/), message: expect.stringMatching(/^QuietlistError: \S/) });
      expect(flow.status()).toMatchObject({ fill: 'red', shape: 'ring' });
      expect(flow.said()).not.toMatch(new RegExp(`15112345678|${apiKey}`));
    });

    it(`${name} fails without a contact and without a server`, async () => {
      const flow = await loadFlow(node, fakeTransport(name.startsWith('un') || name === 'optIn' ? removeService : addService));
      await flow.send({ payload: 'nobody' });
      expect(flow.caught[0]!.error.code).toBe('missing_contact');
      await helper.unload();
      const alone = await loadFlow(node, fakeTransport(addService), { server: null });
      await alone.send({ to: 'ann@example.com' });
      expect(alone.caught[0]!.error.code).toBe('invalid_configuration');
      expect(alone.outputs[0]).toEqual([]);
    });
  }

  it('fails only the message with the unreadable address, and tells what became of each contact', async () => {
    const flow = await loadFlow(block, fakeTransport(refusing('123')));
    await flow.send({ to: 'ann@example.com' }, { to: 'bob@example.com, 123' }, { to: 'cleo@example.com' });
    expect(flow.outputs[0]!.map(({ to }) => to)).toEqual(['ann@example.com', 'cleo@example.com']);
    expect(flow.caught[0]!.error).toMatchObject({ code: 'too_short', message: 'QuietlistError: The number is too short.' });
    expect(flow.caught[0]!.suppression.results.map(({ outcome }: any) => outcome)).toEqual(['added', 'invalid']);
  });

  it('keeps the outcome of what was written before a later request of the same turn failed', async () => {
    const transport = fakeTransport(addService, problem('forbidden'));
    const flow = await loadFlow(block, transport);
    await flow.send(...Array.from({ length: 6 }, (_, index) => ({ to: Array.from({ length: 2_000 }, (_, place) => `p${index}-${place}@example.com`).join(',') })));
    expect(transport.requests).toHaveLength(2);
    expect(flow.outputs[0]).toHaveLength(5);
    expect(flow.caught.map(({ error }) => error.code)).toEqual(['forbidden']);
  });
});
