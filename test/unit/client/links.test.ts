import type { CreateLinksRequest } from '@quietlist/contract/link';
import { limits } from '@quietlist/contract/limits';
import type { TransportRequest } from '@quietlist/client/transport';
import type { LinkItem } from '@quietlist/client/types';
import { describe, expect, it } from 'vitest';
import { clientWith, fakeTransport, linkService, ok, problem } from '../../support/fake-transport.ts';

const person = 'ann@example.com';
const linksOf = (request: TransportRequest | undefined) => (request?.body as CreateLinksRequest).links;

describe('unsubscribe links', () => {
  it('come one an item, in their order, with what was asked', async () => {
    const transport = fakeTransport(linkService);
    const outcomes = await clientWith(transport).createUnsubscribeLinks([{ person, list: 'News', channel: 'email' }, { person: { value: '+491701234567', kind: 'phone' }, sender: null }], { mailto: 'stop@example.com' });
    expect(transport.requests.map(({ method, path, body }) => ({ method, path, body }))).toEqual([
      { method: 'POST', path: '/v1/links', body: { links: [{ address: person, list: 'News', channel: 'email' }, { address: { value: '+491701234567', kind: 'phone' }, sender: null }], mailto: 'stop@example.com' } },
    ]);
    expect(outcomes.map(({ url }) => url)).toEqual(['https://quietlist.example.com/u/0', 'https://quietlist.example.com/u/1']);
    expect(outcomes[0]?.headers).toEqual({ 'List-Unsubscribe': '<https://quietlist.example.com/u/0>', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', 'List-Id': '<default.example.com>' });
  });

  it('are split into requests that the service takes', async () => {
    const transport = fakeTransport(linkService);
    const outcomes = await clientWith(transport).createUnsubscribeLinks(Array.from({ length: limits.itemsPerRequest + 1 }, (_, index) => ({ person: `a${index}@example.com` })));
    expect(transport.requests.map((request) => linksOf(request).length)).toEqual([limits.itemsPerRequest, 1]);
    expect(outcomes).toHaveLength(limits.itemsPerRequest + 1);
  });

  it.each<[string, Partial<LinkItem>, string]>([
    ['nobody', { person: ' ' }, 'missing_contact'],
    ['two addresses', { person: [person, '+491701234567'] as never }, 'invalid_contact'],
    ['a contact of the wrong type', { person: true as never }, 'invalid_contact'],
    ['a channel that is none', { channel: 'E-Mail' }, 'invalid_item'],
    ['a field that does not exist', { colour: 'red' } as never, 'invalid_item'],
  ])('are refused for %s, and made for the others', async (_, wrong, code) => {
    const transport = fakeTransport(linkService);
    const outcomes = await clientWith(transport).createUnsubscribeLinks([{ person, ...wrong }, { person }]);
    expect(outcomes).toMatchObject([{ url: null, headers: null, code }, { url: 'https://quietlist.example.com/u/0' }]);
    expect(linksOf(transport.requests[0])).toEqual([{ address: person }]);
  });

  it('pass on what the service says of an address', async () => {
    const transport = fakeTransport(() => ok({ results: [{ index: 0, url: null, headers: null, code: 'letters', message: 'Letters.' }] }));
    expect(await clientWith(transport).createUnsubscribeLinks([{ person: 'x' }])).toEqual([{ url: null, headers: null, code: 'letters', message: 'Letters.' }]);
  });

  it('are asked for again after a fault, and an error after all says so', async () => {
    const transport = fakeTransport(problem('store-unavailable'), linkService);
    expect(await clientWith(transport).createUnsubscribeLinks([{ person }])).toHaveLength(1);
    await expect(clientWith(fakeTransport(problem('unknown-list'))).createUnsubscribeLinks([{ person, list: 'none' }])).rejects.toMatchObject({ code: 'unknown-list' });
    await expect(clientWith(fakeTransport(linkService)).createUnsubscribeLinks([{ person }], { mailto: 'no address' })).rejects.toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/mailto' }] });
  });

  const good = { index: 0, url: 'https://a.example/u/1', headers: { 'List-Unsubscribe': '<https://a.example/u/1>', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', 'List-Id': '<default.a.example>' } };
  it.each<[string, unknown]>([
    ['another shape', { links: [] }],
    ['too few', { results: [] }],
    ['too many', { results: [good, { ...good, index: 1 }] }],
    ['another item', { results: [{ ...good, index: 1 }] }],
    ['neither a link nor a reason', { results: [{ ...good, url: null }] }],
    ['a link and a reason', { results: [{ ...good, code: 'letters' }] }],
    ['a link that is no URL', { results: [{ ...good, url: 'javascript:alert(1)' }] }],
    ['headers of another link', { results: [{ ...good, url: 'https://a.example/u/2' }] }],
    ['a line break in a header', { results: [{ ...good, headers: { ...good.headers, 'List-Id': 'x\r\nBcc: y' } }] }],
  ])('are never taken out of an answer with %s', async (_, answer) => {
    await expect(clientWith(fakeTransport(ok(answer))).createUnsubscribeLinks([{ person }])).rejects.toMatchObject({ code: 'malformed_answer' });
  });
});
