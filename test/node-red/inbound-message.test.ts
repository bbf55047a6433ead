import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ProviderAnswer } from '@quietlist/contract/connection';
import type { InboundRequest, InboundResponse } from '@quietlist/contract/inbound';
import { TransportError } from '@quietlist/client/transport';
import { fakeTransport, ok, problem, type Answer } from '../support/fake-transport.ts';
import { apiKey, helper, loadFlow, type Message } from '../support/node-red.ts';

beforeAll(() => helper.startServer());
afterAll(() => helper.stopServer());
afterEach(() => helper.unload());

const [handled, blocked, onward] = [0, 1, 2];
const inbound = { type: 'quietlist-inbound-message', reads: 'message', whenFailed: 'error', inFlow: 'false', inFlowType: 'bool' };
const load = (answer: Answer, fields: Record<string, unknown> = {}, options: object = {}) => {
  const transport = fakeTransport(answer);
  return loadFlow({ ...inbound, ...fields }, transport, { outputs: 3, ...options }).then((flow) => Object.assign(flow, { transport, bodies: () => transport.requests.map(({ body }) => body as InboundRequest) }));
};

const answer = (fields: Partial<InboundResponse> = {}): InboundResponse => ({
  action: 'none', handled: false, entries: [], reply: null, review: null, matched: null, explanation: 'An ordinary message.', unverified: false, wasSeen: false, dryRun: false, ...fields,
});
const optedOut = answer({
  action: 'opted_out', handled: true, entries: ['ent_1'], reply: { text: 'You will hear no more from us.', list: 'default', sendBefore: '2026-03-03T00:05:00.000Z' },
  matched: { by: 'keyword', text: 'stop', rule: null, language: 'en' }, explanation: 'Opted out by replying STOP.',
});
const stop = () => ({ payload: { chatId: '+4915112345678', transport: 'whatsapp', type: 'message', content: 'STOP' } });

describe('inbound message', () => {
  it.each<[InboundResponse['action'], number]>([
    ['opted_out', handled], ['opted_in', handled], ['blacklisted', handled], ['help', handled], ['review', handled], ['confirm', handled], ['ignored', handled], ['blocked', blocked], ['none', onward],
  ])('sends what came of a message by the right output: %s', async (action, output) => {
    const flow = await load(ok(answer({ action, handled: action !== 'none' })));
    await flow.send(stop());
    expect(flow.outputs.map(({ length }) => length)).toEqual([handled, blocked, onward].map((one) => (one === output ? 1 : 0)));
    expect(flow.outputs[output]![0]!.suppression).toMatchObject({ action: 'inbound_message', decision: ['handled', 'blocked', 'continue'][output], outcome: action });
  });

  it('forwards the same message object with its functions, and writes nothing but msg.suppression', async () => {
    const flow = await load(ok(optedOut));
    const chat = () => 'the chat';
    const message = { _msgid: 'abc', ...stop(), originalMessage: { chatId: '1' }, topic: 'x', chat };
    const { payload } = message;
    const before = Object.keys(message);
    await flow.send(message as never);
    const [left] = flow.outputs[handled]!;
    expect(left).toBe(message);
    expect(left!['chat']).toBe(chat);
    expect(left!['payload']).toBe(payload);
    expect(Object.keys(left!).filter((name) => !before.includes(name))).toEqual(['suppression']);
    expect(left!.suppression).toEqual({
      action: 'inbound_message', decision: 'handled', outcome: 'opted_out', reply: optedOut.reply, entries: ['ent_1'], review: null, matched: optedOut.matched,
      explanation: 'Opted out by replying STOP.', unverified: false, wasSeen: false,
    });
  });

  it('says what the message says by itself, and where it came in', async () => {
    const flow = await load(ok(answer()));
    await flow.send({ _msgid: 'm1', payload: { entry: [{ changes: [{ value: { messages: [{ id: 'wamid.1', from: '491701234567', type: 'button', button: { text: 'Stop', payload: 'stop-1' } }] } }] }] } } as never);
    expect(flow.bodies()).toEqual([
      { address: '+491701234567', channel: 'whatsapp', button: { text: 'Stop', payload: 'stop-1' }, messageId: 'wamid.1', evidence: { workflow: 'A flow', node: 'a node', execution: 'm1' } },
    ]);
  });

  it('says what the dialog has, from typed inputs, and keeps the lines of a text', async () => {
    const flow = await load(ok(answer()), {
      contact: 'who', contactType: 'msg', channel: 'sms', channelType: 'pick', text: 'said', textType: 'msg', button: 'pressed', buttonType: 'msg', messageId: 'id', messageIdType: 'msg',
      sender: 'Shop', senderType: 'str', inFlow: 'busy', inFlowType: 'msg', purpose: 'transactional', purposeType: 'pick', digits: 'national', defaultCountry: 'de', defaultCountryType: 'str',
    });
    await flow.send({ who: '0151 12345678', said: 'please\nstop', pressed: { text: 'Stop', payload: 's' }, id: 17, busy: true });
    expect(flow.bodies()[0]).toMatchObject({
      address: '0151 12345678', channel: 'sms', text: 'please\nstop', button: { text: 'Stop', payload: 's' }, messageId: '17', sender: 'Shop', inFlow: true,
      inReplyTo: { purpose: 'transactional' }, addressOptions: { digits: 'national', defaultCountry: 'DE' },
    });
  });

  it('is done with a report of what became of a message of ours, without asking', async () => {
    const flow = await load(ok(answer()));
    await flow.send({ payload: { entry: [{ changes: [{ value: { messaging_product: 'whatsapp', metadata: {}, statuses: [{ status: 'read' }] } }] }] } });
    expect(flow.transport.requests).toEqual([]);
    expect(flow.outputs[handled]![0]!.suppression).toMatchObject({ decision: 'handled', outcome: null, reply: null });
  });

  it('handles the messages of one person in the order they came, and those of others meanwhile', async () => {
    const order: string[] = [];
    const waiting: Array<() => void> = [];
    const flow = await load(async ({ body }) => {
      order.push(String((body as InboundRequest).text));
      await new Promise<void>((resolve) => waiting.push(resolve));
      return ok(answer());
    });
    const from = (from: string, payload: string) => ({ from, payload });
    const sent = flow.send(from('ann@example.com', 'STOP'), from('ann@example.com', 'START'), from('bob@example.com', 'hello'));
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    while (order.length < 2) await turn();
    expect(order).toEqual(['STOP', 'hello']);
    waiting.forEach((go) => go());
    while (order.length < 3) await turn();
    waiting.at(-1)!();
    await sent;
    expect(order).toEqual(['STOP', 'hello', 'START']);
    expect(flow.outputs[onward]!.map(({ payload }) => payload)).toEqual(['STOP', 'START', 'hello']);
  });

  it('counts under the node, and shows no address there', async () => {
    const flow = await load(ok(optedOut));
    await flow.send(stop(), stop());
    expect(flow.status()).toEqual({ fill: 'green', shape: 'dot', text: 'status.inbound_message' });
    expect(flow.said()).not.toContain('15112345678');
  });
});

const faults: Record<string, Answer> = {
  'the service cannot be reached': new TransportError('unreachable'),
  'the service does not answer in time': new TransportError('timed_out'),
  'the answer is a web page': ok('<!doctype html><title>Log in</title>'),
  'the answer is cut in half': ok('{"action":"none","handled":fal'),
  'the answer lacks a field': ok({ action: 'none', handled: false }),
  'the answer has no known outcome': ok({ ...answer(), action: 'fine' }),
  'the key is refused': problem('unauthenticated'),
  'the key lacks the right': problem('forbidden'),
  'the service has an error': problem('internal'),
  'the store is full': problem('storage-full'),
  'a transport throws something of its own': new Error('connect to +4915112345678 with ql_live_key_of_a_test failed'),
};

describe('when a message cannot be handled', () => {
  for (const [name, fault] of Object.entries(faults)) {
    it(`never goes on with it, and fails for a Catch node, because ${name}`, async () => {
      const flow = await load(fault);
      await flow.send(stop());
      expect(flow.outputs).toEqual([[], [], []]);
      expect(flow.caught[0]!.error).toMatchObject({ code: expect.stringMatching(/^[a-z_-]+$/), message: expect.stringMatching(/^QuietlistError: \S/) });
      expect(flow.caught[0]!.suppression).toMatchObject({ action: 'inbound_message', decision: 'unknown', outcome: null, reply: null });
      expect(flow.status()).toMatchObject({ fill: 'red', shape: 'ring' });
      expect(flow.said()).not.toMatch(new RegExp(`15112345678|${apiKey}`));
    });

    it(`leaves by Handled where the user chose so, because ${name}`, async () => {
      const flow = await load(fault, { whenFailed: 'handled' });
      const message = stop();
      await flow.send(message);
      expect(flow.outputs).toEqual([[message], [], []]);
      expect(flow.outputs[handled]![0]!.suppression).toMatchObject({ decision: 'unknown', outcome: null, reply: null, code: expect.any(String) });
    });
  }

  it('lets nothing on that calls an ordinary message handled, or the other way round', async () => {
    const flow = await load(ok(answer({ action: 'none', handled: true })));
    await flow.send(stop());
    expect(flow.outputs[onward]).toEqual([]);
    await helper.unload();
    const other = await load(ok(answer({ action: 'opted_out', handled: false })));
    await other.send(stop());
    expect(other.outputs[onward]).toEqual([]);
  });

  it.each<[string, Message, Record<string, unknown>, string]>([
    ['nobody wrote it', { payload: 'STOP' }, {}, 'missing_contact'],
    ['its channel is not certain', { payload: { chatId: '12345', content: 'STOP' } }, {}, 'empty_field'],
    ['several people are named', { from: 'ann@example.com, bob@example.com', payload: 'STOP' }, {}, 'several_contacts'],
    ['its text is no text', { from: 'ann@example.com', said: { a: 1 } }, { text: 'said', textType: 'msg' }, 'unreadable_field'],
    ['its button is none', { from: 'ann@example.com', pressed: ['Stop'] }, { button: 'pressed', buttonType: 'msg' }, 'unreadable_field'],
    ['its purpose is none', { from: 'ann@example.com', about: 'fun' }, { purpose: 'about', purposeType: 'msg' }, 'unreadable_field'],
    ['its webhook is not there', { payload: undefined }, { reads: 'provider', body: 'payload', bodyType: 'msg' }, 'empty_field'],
    ['its webhook is none', { payload: 'STOP' }, { reads: 'provider', body: 'payload', bodyType: 'msg' }, 'invalid-request'],
  ])('says why: %s', async (_, message, fields, code) => {
    const flow = await load(ok(answer()), fields);
    await flow.send(message);
    expect(flow.transport.requests).toEqual([]);
    expect(flow.outputs).toEqual([[], [], []]);
    expect(flow.caught[0]!.error.code).toBe(code);
  });

  it('fails only the message that cannot be read, not its neighbours', async () => {
    const flow = await load(ok(optedOut));
    await flow.send(stop(), { payload: 'nobody' }, stop());
    expect(flow.outputs[handled]).toHaveLength(2);
    expect(flow.caught).toHaveLength(1);
  });

  it('lets nothing on without a server', async () => {
    const flow = await load(ok(answer()), {}, { server: null });
    await flow.send(stop());
    expect(flow.outputs).toEqual([[], [], []]);
    expect(flow.caught[0]!.error.code).toBe('invalid_configuration');
  });
});

describe('the webhook of a provider', () => {
  const webhook = { object: 'whatsapp_business_account', entry: [{ id: '1' }] };
  const provider = { reads: 'provider', provider: 'whatsapp', body: 'payload', bodyType: 'msg' };
  const report = (messages: InboundResponse[], fields: Partial<ProviderAnswer> = {}): ProviderAnswer => ({ messages, suppressed: 0, resumed: 0, linked: 0, ignored: 0, ...fields });
  const ordinary = answer();
  const fromBlocked = answer({ action: 'blocked', handled: true });

  it('goes to the service as it came', async () => {
    const flow = await load(ok(report([ordinary])), provider);
    await flow.send({ payload: webhook });
    expect(flow.transport.requests).toMatchObject([{ method: 'POST', path: '/v1/inbound/whatsapp', body: webhook }]);
    expect(flow.outputs[onward]).toHaveLength(1);
  });

  it.each<[string, ProviderAnswer, number, InboundResponse['action'] | null]>([
    ['one ordinary message', report([ordinary]), onward, 'none'],
    ['an ordinary message and a STOP', report([ordinary, optedOut]), handled, 'opted_out'],
    ['an ordinary message and one of a blocked sender', report([ordinary, fromBlocked]), blocked, 'blocked'],
    ['a blocked sender and a STOP', report([fromBlocked, optedOut]), handled, 'opted_out'],
    ['a bounce', report([], { suppressed: 1 }), handled, null],
    ['an ordinary message and a wish of the settings', report([ordinary], { suppressed: 1 }), handled, 'none'],
    ['a delivery report', report([], { ignored: 1 }), handled, null],
  ])('with %s leaves by one output, and tells everything', async (_, said, output, outcome) => {
    const flow = await load(ok(said), provider);
    await flow.send({ payload: webhook });
    expect(flow.outputs.map(({ length }) => length)).toEqual([handled, blocked, onward].map((one) => (one === output ? 1 : 0)));
    expect(flow.outputs[output]![0]!.suppression).toMatchObject({ outcome, messages: said.messages.map(({ action }) => ({ outcome: action })), suppressed: said.suppressed, ignored: said.ignored });
  });
});
