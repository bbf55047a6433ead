import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CheckRequest } from '@quietlist/contract/check';
import { TransportError } from '@quietlist/client/transport';
import { checkAnswer, checkService, fakeTransport, ok, problem, type Answer } from '../support/fake-transport.ts';
import { apiKey, helper, loadFlow, type Message } from '../support/node-red.ts';

beforeAll(() => helper.startServer());
afterAll(() => helper.stopServer());
afterEach(() => helper.unload());

const suppressed = 0;
const clear = 1;
const check = { type: 'quietlist-check', contactType: 'message' };
const bodies = (transport: { requests: Array<{ body?: unknown }> }) => transport.requests.map(({ body }) => body as CheckRequest);

describe('check suppression', () => {
  it('sends the blocked to Suppressed and the others to Clear to send, with the reason', async () => {
    const flow = await loadFlow(check, fakeTransport(checkService((recipient) => recipient === 'bob@example.org')));
    await flow.send({ to: 'ann@example.com' }, { to: 'bob@example.org' });

    expect(flow.outputs[clear]!.map(({ to }) => to)).toEqual(['ann@example.com']);
    expect(flow.outputs[suppressed]!.map(({ to }) => to)).toEqual(['bob@example.org']);
    expect(flow.outputs[clear]![0]!.suppression).toMatchObject({ action: 'check', decision: 'allow', mayContact: true, overridden: false });
    expect(flow.outputs[suppressed]![0]!.suppression).toMatchObject({ decision: 'suppress', mayContact: false, code: 'blacklisted', label: 'Blacklisted' });
  });

  it('forwards the same message object with its functions, and writes nothing but msg.suppression', async () => {
    const flow = await loadFlow(check, fakeTransport(checkService()));
    const chat = () => 'the chat';
    const message = { _msgid: 'abc', payload: { chatId: '123', transport: 'telegram', content: 'hi' }, originalMessage: { chatId: '123' }, topic: 'x', chat };
    const before = Object.keys(message);
    await flow.send(message as never);

    const [left] = flow.outputs[clear]!;
    expect(left).toBe(message);
    expect(left!['chat']).toBe(chat);
    expect(left!['payload']).toBe(message.payload);
    expect(Object.keys(left!).filter((name) => !before.includes(name))).toEqual(['suppression']);
  });

  it('holds a message with several contacts when one of them is suppressed', async () => {
    const transport = fakeTransport(checkService((recipient) => recipient === '+5511998765432'));
    const flow = await loadFlow({ ...check, contactType: 'msg', contact: 'payload.people' }, transport);
    await flow.send({ payload: { people: 'ann@example.com, +5511998765432' } }, { payload: { people: ['ann@example.com', 'cleo@example.com'] } });

    expect(flow.outputs[suppressed]![0]!.suppression.results).toMatchObject([
      { contact: 'ann@example.com', decision: 'allow' },
      { contact: '+5511998765432', decision: 'suppress' },
    ]);
    expect(flow.outputs[clear]).toHaveLength(1);
    expect(transport.requests).toHaveLength(1);
  });

  it('asks about `from` and `to` where a message to be sent has both, since either may be the recipient', async () => {
    const transport = fakeTransport(checkService((recipient) => recipient === 'ann@example.com'));
    const flow = await loadFlow(check, transport);
    await flow.send({ from: 'shop@example.com', to: 'ann@example.com' }, { from: 'bob@example.com', to: 'bob@example.com' });
    expect(bodies(transport)[0]!.recipients).toEqual(['shop@example.com', 'ann@example.com', 'bob@example.com']);
    expect([flow.outputs[suppressed]!.length, flow.outputs[clear]!.length]).toEqual([1, 1]);
    await helper.unload();

    const inbound = fakeTransport(checkService());
    await (await loadFlow({ ...check, direction: 'inbound' }, inbound)).send({ from: 'ann@example.com', to: 'shop@example.com' });
    expect(bodies(inbound)[0]!.recipients).toEqual(['ann@example.com']);
  });

  it('asks for every chosen channel, and one hit suppresses', async () => {
    const transport = fakeTransport((request) => ok(checkAnswer(request.body as CheckRequest, (request.body as CheckRequest).channel === 'sms' ? [0] : [])));
    const flow = await loadFlow({ ...check, channels: 'whatsapp,sms', channelsType: 'pick' }, transport);
    await flow.send({ to: '+4915112345678' });

    expect(bodies(transport).map(({ channel }) => channel)).toEqual(['whatsapp', 'sms']);
    expect(flow.outputs[suppressed]).toHaveLength(1);
    expect(flow.outputs[suppressed]![0]!.suppression.results.map(({ channel, decision }: any) => [channel, decision])).toEqual([['whatsapp', 'allow'], ['sms', 'suppress']]);
  });

  it('says channel, sender, lists, purpose, direction and address options as the dialog has them, from typed inputs', async () => {
    const transport = fakeTransport(checkService());
    const flow = await loadFlow(
      {
        ...check, contact: '$.payload.phone', contactType: 'jsonata', channels: 'payload.channel', channelsType: 'msg', sender: 'Shop', senderType: 'str',
        lists: 'payload.lists', listsType: 'msg', purpose: 'transactional', direction: 'inbound', digits: 'national', defaultCountry: 'payload.country', defaultCountryType: 'msg',
      },
      transport,
    );
    await flow.send({ payload: { phone: '0151 12345678', channel: 'sms', lists: ['Promotions', 'News'], country: 'de' } });

    expect(bodies(transport)[0]).toEqual({
      recipients: ['0151 12345678'], channel: 'sms', sender: 'Shop', lists: ['Promotions', 'News'], purpose: 'transactional', direction: 'inbound', view: 'held',
      addressOptions: { digits: 'national', defaultCountry: 'DE' },
    });
  });

  it('leaves out what is not said, so that more is suppressed', async () => {
    const transport = fakeTransport(checkService());
    const flow = await loadFlow({ ...check, channels: 'payload.channel', channelsType: 'msg', lists: 'lists', listsType: 'msg' }, transport);
    await flow.send({ to: 'ann@example.com', payload: {} });
    expect(bodies(transport)[0]).toEqual({ recipients: ['ann@example.com'], view: 'held' });
  });

  it('asks about 10,000 messages of one turn in two requests, and keeps their order', async () => {
    const transport = fakeTransport(checkService((recipient) => String(recipient).endsWith('7@example.com')));
    const flow = await loadFlow(check, transport);
    await flow.send(...Array.from({ length: 10_000 }, (_, index) => ({ to: `p${index}@example.com` })));

    expect(transport.requests).toHaveLength(2);
    expect(flow.outputs[suppressed]).toHaveLength(1_000);
    expect(flow.outputs[clear]!.map(({ to }) => to)).toEqual(
      Array.from({ length: 10_000 }, (_, index) => `p${index}@example.com`).filter((to) => !to.endsWith('7@example.com')),
    );
    expect(flow.node.status.callCount).toBe(1);
  });

  it('asks once about messages that Node-RED delivers one by one in the same turn', async () => {
    const transport = fakeTransport(checkService());
    const flow = await loadFlow(check, transport);
    const people = Array.from({ length: 20 }, (_, index) => ({ to: `p${index}@example.com` }));
    await Promise.all(people.map((message) => new Promise<void>((resolve) => setImmediate(() => void flow.send(message).then(resolve)))));
    expect(transport.requests).toHaveLength(1);
  });

  it('tells the editor a status only when it changes', async () => {
    const flow = await loadFlow(check, fakeTransport(checkService()));
    await flow.send({ to: 'ann@example.com' });
    await flow.send({ to: 'bob@example.com' });
    expect(flow.node.status.callCount).toBe(1);
  });

  it('collects what comes while a request is out, and keeps the order over all requests', async () => {
    let answer = (): void => {};
    const transport = fakeTransport(async (request) => {
      if (transport.requests.length === 1) await new Promise<void>((resolve) => (answer = resolve));
      return checkService()(request);
    });
    const flow = await loadFlow(check, transport);
    const first = flow.send({ to: 'first@example.com' });
    while (transport.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const rest = flow.send(...Array.from({ length: 50 }, (_, index) => ({ to: `p${index}@example.com` })));
    answer();
    await Promise.all([first, rest]);

    expect(transport.requests.map(({ body }) => (body as CheckRequest).recipients.length)).toEqual([1, 50]);
    expect(flow.outputs[clear]!.map(({ to }) => to)).toEqual(['first@example.com', ...Array.from({ length: 50 }, (_, index) => `p${index}@example.com`)]);
  });

  it('fails only the message whose channel is refused, not its neighbours', async () => {
    const flow = await loadFlow({ ...check, channels: 'channel', channelsType: 'msg' }, fakeTransport(checkService()));
    await flow.send({ to: 'ann@example.com', channel: 'sms' }, { to: 'bob@example.com', channel: 'Not A Channel!' }, { to: 'cleo@example.com', channel: 'sms' });
    expect(flow.outputs[clear]!.map(({ to }) => to)).toEqual(['ann@example.com', 'cleo@example.com']);
    expect(flow.outputs[suppressed]![0]!.suppression.decision).toBe('unknown');
  });
});

const faults: Record<string, Answer> = {
  'the service cannot be reached': new TransportError('unreachable'),
  'the service does not answer in time': new TransportError('timed_out'),
  'the answer is a web page': ok('<!doctype html><title>Log in</title>'),
  'the answer is cut in half': ok('{"view":"held","decisions":[],"counts":{"tot'),
  'the key is refused': problem('unauthenticated'),
  'the key lacks the right': problem('forbidden'),
  'the service has an error': problem('internal'),
  'the counts do not add up': (request) => ok({ ...checkAnswer(request.body as CheckRequest), counts: { total: 1, allow: 2, suppress: 0, unknown: 0 } }),
  'the answer allows nobody by name': (request) => ok({ ...checkAnswer(request.body as CheckRequest), counts: { total: 0, allow: 0, suppress: 0, unknown: 0 } }),
  'a transport throws something of its own': new Error('connect to +4915112345678 with ql_live_key_of_a_test failed'),
};

describe('when the check has no answer', () => {
  for (const [name, answer] of Object.entries(faults)) {
    it(`holds the message and says nothing of address or key, because ${name}`, async () => {
      const flow = await loadFlow(check, fakeTransport(answer));
      const message = { to: '+4915112345678' };
      await flow.send(message);

      expect(flow.outputs[clear]).toEqual([]);
      expect(flow.outputs[suppressed]![0]).toBe(message);
      expect(flow.outputs[suppressed]![0]!.suppression).toMatchObject({ decision: 'unknown', mayContact: false });
      expect(flow.status()).toMatchObject({ fill: 'red', shape: 'ring' });
      expect(flow.said()).not.toMatch(new RegExp(`15112345678|${apiKey}`));
    });

    it(`stops with an error where the user chose so, because ${name}`, async () => {
      const flow = await loadFlow({ ...check, whenUnknown: 'error' }, fakeTransport(answer));
      await flow.send({ to: '+4915112345678' });

      expect(flow.outputs).toEqual([[], []]);
      expect(flow.caught[0]!.error).toMatchObject({ code: expect.stringMatching(/^[a-z_-]+$/), message: expect.stringMatching(/^QuietlistError: /) });
      expect(flow.caught[0]!.suppression).toMatchObject({ decision: 'unknown', mayContact: false });
      expect(flow.said()).not.toMatch(new RegExp(`15112345678|${apiKey}`));
    });
  }

  it('sends anyway only where the user chose so, and counts, shows and warns of it', async () => {
    const flow = await loadFlow({ ...check, whenUnknown: 'allow' }, fakeTransport(new TransportError('unreachable')));
    await flow.send({ to: '+4915112345678' }, { to: '+4915112345679' });

    expect(flow.outputs[clear]!.map(({ suppression }) => suppression)).toMatchObject([{ decision: 'unknown', mayContact: true, overridden: true }, { overridden: true }]);
    expect(flow.status()).toEqual({ fill: 'yellow', shape: 'ring', text: 'status.unsafe' });
    expect(flow.node.warn.callCount).toBe(1);
    expect(flow.said()).not.toMatch(/1511234567/);
  });

  it('keeps holding the suppressed, and whoever has no contact, when it is set to send anyway', async () => {
    const flow = await loadFlow({ ...check, whenUnknown: 'allow' }, fakeTransport(checkService(() => true)));
    await flow.send({ to: 'bob@example.org' }, { payload: 'nobody' }, { to: '' });
    expect(flow.outputs[clear]).toEqual([]);
    expect(flow.outputs[suppressed]!.map(({ suppression }) => suppression.code)).toEqual(['blacklisted', 'missing_contact', 'missing_contact']);
  });

  it.each(['suppress', 'allow', 'something else', undefined])('holds everything while no server is chosen (whenUnknown %s)', async (whenUnknown) => {
    const flow = await loadFlow({ ...check, whenUnknown }, fakeTransport(checkService()), { server: null });
    expect(flow.status()).toEqual({ fill: 'red', shape: 'ring', text: 'status.not_configured' });
    await flow.send({ to: 'ann@example.com' });
    expect(flow.outputs[clear]).toEqual([]);
    expect(flow.outputs[suppressed]![0]!.suppression).toMatchObject({ decision: 'unknown', mayContact: false, code: 'invalid_configuration' });
  });

  it.each([
    ['no address', { server: { url: '' } }],
    ['no key', { credentials: {} }],
    ['a disabled configuration', { server: { d: true } }],
  ])('lets nothing through and fails as chosen with %s', async (_name, options) => {
    const flow = await loadFlow({ ...check, whenUnknown: 'error' }, fakeTransport(checkService()), options as never);
    await flow.send({ to: 'ann@example.com' });
    expect(flow.outputs).toEqual([[], []]);
    expect(flow.caught[0]!.error.code).toBe('invalid_configuration');
  });

  it.each([
    ['a path through a missing payload', { contactType: 'msg', contact: 'payload.deep.phone' }],
    ['an expression that fails on the address itself', { contactType: 'jsonata', contact: '$number(to)' }],
    ['an expression that is none', { contactType: 'jsonata', contact: '((' }],
    ['a list that is no text', { contactType: 'message', lists: 'deep', listsType: 'msg' }],
  ])('holds a message whose field cannot be read: %s', async (_name, fields) => {
    const flow = await loadFlow({ ...check, ...fields, whenUnknown: 'allow' }, fakeTransport(checkService()));
    await flow.send({ to: 'private-address@example.com', deep: { a: 1 } });
    expect(flow.outputs[clear]).toEqual([]);
    expect(flow.outputs[suppressed]![0]!.suppression).toMatchObject({ decision: 'unknown', mayContact: false, code: 'unreadable_field' });
    expect(flow.said()).not.toContain('private-address');
  });

  it('does not let one unreadable message hold its neighbours', async () => {
    const flow = await loadFlow({ ...check, contactType: 'jsonata', contact: 'to = "x" ? $error("no") : to' }, fakeTransport(checkService()));
    await flow.send({ to: 'ann@example.com' }, { to: 'x' }, { to: 'cleo@example.com' });
    expect(flow.outputs[clear]!.map(({ to }) => to)).toEqual(['ann@example.com', 'cleo@example.com']);
  });

  it('goes back to green when the service answers again', async () => {
    const flow = await loadFlow(check, fakeTransport(ok('<html>'), checkService()));
    await flow.send({ to: 'ann@example.com' });
    expect(flow.status()!.fill).toBe('red');
    await flow.send({ to: 'ann@example.com' } as Message);
    expect(flow.status()).toEqual({ fill: 'green', shape: 'dot', text: 'status.checked' });
  });
});

describe('deploying anew', () => {
  it('finishes what is under way, then clears the status and closes the connections', async () => {
    let answer = (): void => {};
    const transport = fakeTransport(async (request) => {
      await new Promise<void>((resolve) => (answer = resolve));
      return checkService()(request);
    });
    const flow = await loadFlow(check, transport);
    const sent = flow.send({ to: 'ann@example.com' });
    while (transport.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const closed = Promise.all([flow.node.close(false), helper.getNode('the-server').close(false)]);
    expect(flow.transportsClosed()).toBe(0);
    answer();
    await Promise.all([sent, closed]);

    expect(flow.outputs[clear]).toHaveLength(1);
    expect(flow.status()).toEqual({});
    expect(flow.transportsClosed()).toBe(1);
  });
});
