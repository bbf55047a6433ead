import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CreateLinksRequest } from '@quietlist/contract/link';
import { TransportError, type TransportRequest } from '@quietlist/client/transport';
import { fakeTransport, ok, problem } from '../support/fake-transport.ts';
import { apiKey, helper, loadFlow } from '../support/node-red.ts';

beforeAll(() => helper.startServer());
afterAll(() => helper.stopServer());
afterEach(() => helper.unload());

const node = { type: 'quietlist-unsubscribe-link', contactType: 'message' };
const urlOf = (address: unknown) => `https://quietlist.example.com/u/${Buffer.from(String(address)).toString('hex')}`;
const headersOf = (url: string) => ({ 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', 'List-Id': '<default.quietlist.example.com>' });

const linkService = ({ body }: TransportRequest) =>
  ok({
    results: (body as CreateLinksRequest).links.map(({ address }, index) =>
      address === 'unreadable' ? { index, url: null, headers: null, code: 'too_short', message: 'The address is too short.' } : { index, url: urlOf(address), headers: headersOf(urlOf(address)) },
    ),
  });
const asked = (transport: { requests: TransportRequest[] }) => transport.requests.map(({ body }) => body as CreateLinksRequest);

describe('unsubscribe link', () => {
  it('makes the link and the headers of each message, and touches nothing but msg.suppression', async () => {
    const flow = await loadFlow(node, fakeTransport(linkService));
    const message = { to: 'ann@example.com', headers: { 'X-Own': '1' }, payload: 'Hello', topic: 'News' };
    await flow.send(message);
    expect(flow.outputs[0]![0]).toBe(message);
    const url = urlOf('ann@example.com');
    expect(message).toEqual({
      to: 'ann@example.com', headers: { 'X-Own': '1' }, payload: 'Hello', topic: 'News', _msgid: expect.anything(), suppression: { action: 'unsubscribe_link', unsubscribe: { url, headers: headersOf(url) } },
    });
    expect(flow.status()).toEqual({ fill: 'green', shape: 'dot', text: 'status.unsubscribe_link' });
  });

  it('is for whom the message goes to, also when it says from whom it comes', async () => {
    const transport = fakeTransport(linkService);
    const flow = await loadFlow(node, transport);
    await flow.send({ from: 'shop@example.com', to: 'ann@example.com' }, { from: 'bob@example.com' }, { payload: { chatId: 77, transport: 'telegram' }, to: 'x@example.com' });
    expect(asked(transport)[0]!.links.map(({ address }) => address)).toEqual(['ann@example.com', 'bob@example.com', { value: '77', kind: 'handle', channel: 'telegram' }]);
  });

  it('names list, channel, sender and mail address as the dialog has them', async () => {
    const transport = fakeTransport(linkService);
    const flow = await loadFlow(
      {
        ...node, list: 'about', listType: 'msg', channel: 'email', channelType: 'pick', sender: 'Shop', senderType: 'str', mailto: 'leave@example.com', mailtoType: 'str', digits: 'international',
      },
      transport,
    );
    await flow.send({ to: 'ann@example.com', about: 'Promotions' });
    expect(asked(transport)).toEqual([
      { links: [{ address: 'ann@example.com', list: 'Promotions', channel: 'email', sender: 'Shop' }], mailto: 'leave@example.com', addressOptions: { digits: 'international' } },
    ]);
  });

  it('asks once for 10,000 messages of one turn, and keeps their order', async () => {
    const transport = fakeTransport(linkService);
    const flow = await loadFlow(node, transport);
    await flow.send(...Array.from({ length: 10_000 }, (_, index) => ({ to: `p${index}@example.com` })));
    expect(transport.requests).toHaveLength(1);
    expect(flow.outputs[0]!.every(({ suppression }, index) => suppression.unsubscribe.url === urlOf(`p${index}@example.com`))).toBe(true);
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>, string]>([
    ['nobody is named', { payload: 'x' }, {}, 'missing_contact'],
    ['several people are named, whose link would be anybody’s', { to: 'ann@example.com, bob@example.com' }, {}, 'several_contacts'],
    ['a person has several addresses', { people: [['ann@example.com', '+4915112345678']] }, { contact: 'people', contactType: 'msg' }, 'invalid_contact'],
    ['the address cannot be read', { to: 'unreadable' }, {}, 'too_short'],
    ['the list points to nothing', { to: 'ann@example.com' }, { list: 'about', listType: 'msg' }, 'empty_field'],
    ['the channel is not certain', { to: 'ann@example.com' }, { channelType: 'message' }, 'empty_field'],
  ])('sends nothing on without a link: %s', async (_, message, fields, code) => {
    const flow = await loadFlow({ ...node, ...fields }, fakeTransport(linkService));
    await flow.send(message, { to: 'cleo@example.com', about: 'News', people: 'cleo@example.com' });
    expect(flow.caught[0]!.error.code).toBe(code);
    expect(flow.caught[0]!.suppression).toMatchObject({ action: 'unsubscribe_link', unsubscribe: null, code });
    expect(flow.outputs[0]!.length).toBe(fields['channelType'] ? 0 : 1);
  });

  it.each([
    ['unreachable', new TransportError('unreachable')],
    ['malformed_answer', ok('<!doctype html>')],
    ['malformed_answer', ok({ results: [{ index: 0, url: 'https://quietlist.example.com/u/x', headers: null }] })],
    ['unauthenticated', problem('unauthenticated')],
    ['forbidden', problem('forbidden')],
  ])('sends nothing on without a link, when the service fails: %s', async (code, answer) => {
    const flow = await loadFlow(node, fakeTransport(answer));
    await flow.send({ to: 'ann@example.com' });
    expect(flow.outputs[0]).toEqual([]);
    expect(flow.caught[0]!.error).toMatchObject({ code, message: expect.stringMatching(/^QuietlistError: \S/) });
    expect(flow.status()).toMatchObject({ fill: 'red', shape: 'ring' });
    expect(flow.said()).not.toMatch(new RegExp(`ann@example|${apiKey}`));
  });

  it('fails only the messages that asked for a list that is not there', async () => {
    const transport = fakeTransport((request) => ((request.body as CreateLinksRequest).links.some(({ list }) => list === 'Gone') ? problem('unknown-list') : linkService(request)));
    const flow = await loadFlow({ ...node, list: 'about', listType: 'msg' }, transport);
    await flow.send({ to: 'ann@example.com', about: 'News' }, { to: 'bob@example.com', about: 'Gone' });
    expect([flow.outputs[0]!.map(({ to }) => to), flow.caught.map(({ to }) => to)]).toEqual([['ann@example.com'], ['bob@example.com']]);
  });
});
