import { describe, expect, it } from 'vitest';
import { limits } from '@quietlist/contract/limits';
import { TransportError, type TransportResponse } from '@quietlist/client/transport';
import { clientWith, fakeTransport, ok, problem } from '../../support/fake-transport.ts';

const created = (body: unknown): TransportResponse => ({ status: 201, headers: {}, body });
const list = { id: 'lst_1', name: 'Offers', description: '', keyword: null, confirmationMessage: null, webhookUrl: null, languages: [], isDefault: false, members: 0, createdAt: '2026-03-03T00:00:00.000Z' };
const review = {
  id: 'rev_1', status: 'pending', text: 'please stop', phrase: 'stop', address: '+491701234567', channel: 'sms', sender: null, lists: ['default'], entries: ['ent_1'], isConfirmationAsked: false,
  createdAt: '2026-03-03T00:00:00.000Z', dueAt: '2026-03-13T00:00:00.000Z', decidedAt: null, decidedBy: null, note: null,
};
const webhook = {
  id: 'whk_1', url: 'https://n8n.example.com/webhook/1', description: '', types: ['opt_out.added'], lists: [], status: 'enabled', disabledReason: null, failingSince: null, createdAt: '2026-03-03T00:00:00.000Z',
};
const answer = { action: 'none', handled: false, entries: [], reply: null, review: null, matched: null, explanation: 'An ordinary message.', unverified: false, wasSeen: false, dryRun: false };

describe('writing one thing', () => {
  it('sends lists, reviews and webhooks where they belong', async () => {
    const transport = fakeTransport(created(list), ok(list), ok(list), ok(list), ok(review), ok(review), ok({ data: [webhook], nextCursor: null }), ok(webhook), created({ ...webhook, secret: 'whsec_x' }), ok(webhook));
    const client = clientWith(transport);
    await client.createList({ name: 'Offers' });
    await client.updateList('lst_1', { keyword: null });
    await client.deleteList('lst_1', { members: 'move', to: 'default' });
    await client.deleteList('lst_1');
    await client.approveReview('rev_1', { note: 'Sure' });
    await client.dismissReview('rev_1');
    await client.listWebhooks();
    await client.getWebhook('whk_1');
    await client.createWebhook({ url: webhook.url, types: ['opt_out.added'] });
    await client.deleteWebhook('whk_1');
    expect(transport.requests.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['POST', '/v1/lists', { name: 'Offers' }],
      ['PATCH', '/v1/lists/lst_1', { keyword: null }],
      ['DELETE', '/v1/lists/lst_1', { members: 'move', to: 'default' }],
      ['DELETE', '/v1/lists/lst_1', undefined],
      ['POST', '/v1/reviews/rev_1/approve', { note: 'Sure' }],
      ['POST', '/v1/reviews/rev_1/dismiss', {}],
      ['GET', '/v1/webhooks', undefined],
      ['GET', '/v1/webhooks/whk_1', undefined],
      ['POST', '/v1/webhooks', { url: webhook.url, types: ['opt_out.added'] }],
      ['DELETE', '/v1/webhooks/whk_1', undefined],
    ]);
  });

  it('repeats it under the same key, and never what answers a secret', async () => {
    const lost = fakeTransport(new TransportError('timed_out'), created(list));
    await clientWith(lost).createList({ name: 'Offers' }, { operationId: 'op' });
    expect(lost.requests).toHaveLength(2);
    expect(new Set(lost.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    const secret = fakeTransport(new TransportError('timed_out'), created({ ...webhook, secret: 'whsec_x' }));
    await expect(clientWith(secret).createWebhook({ url: webhook.url })).rejects.toMatchObject({ code: 'timed_out' });
    expect(secret.requests).toHaveLength(1);
    expect(secret.requests[0]!.headers).not.toHaveProperty('idempotency-key');
  });

  it('believes no answer of another shape or status', async () => {
    for (const wrong of [ok(list), created({ ...list, mayContact: true }), created(null), created([list])]) {
      await expect(clientWith(fakeTransport(wrong)).createList({ name: 'Offers' })).rejects.toMatchObject({ code: 'malformed_answer' });
    }
    await expect(clientWith(fakeTransport(created({ ...webhook }))).createWebhook({ url: webhook.url })).rejects.toMatchObject({ code: 'malformed_answer' });
  });

  it.each(['', '.', '..', '../keys', 'a/b', 'a?b', 'a#b', 'lst 1', 'x'.repeat(65)])('sends nothing for an id that could lead elsewhere: “%s”', async (id) => {
    const transport = fakeTransport(ok(list));
    const client = clientWith(transport);
    for (const call of [() => client.updateList(id, { name: 'x' }), () => client.deleteList(id), () => client.approveReview(id), () => client.dismissReview(id), () => client.getWebhook(id), () => client.deleteWebhook(id)]) {
      await expect(call()).rejects.toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/id' }] });
    }
    expect(transport.requests).toEqual([]);
  });
});

describe('handling an inbound message', () => {
  const message = { person: '+491701234567', channel: 'sms', text: 'Hello' };

  it('sends whom it is from, what it says and where it came from', async () => {
    const transport = fakeTransport(ok(answer));
    const client = clientWith(transport, { evidence: { workflow: 'Bot' } });
    expect(await client.handleInbound({ ...message, messageId: 'm1', inFlow: true })).toEqual(answer);
    await client.handleInbound({ ...message, person: ['+491701234567', '', 'ann@example.com'] });
    expect(transport.requests.map(({ path, body }) => [path, body])).toEqual([
      ['/v1/inbound', { address: '+491701234567', channel: 'sms', text: 'Hello', messageId: 'm1', inFlow: true, evidence: { workflow: 'Bot' } }],
      ['/v1/inbound', { addresses: ['+491701234567', 'ann@example.com'], channel: 'sms', text: 'Hello', evidence: { workflow: 'Bot' } }],
    ]);
  });

  it('never turns what went wrong into “go on”', async () => {
    for (const wrong of [
      new TransportError('unreachable'), problem('check-unavailable'), problem('forbidden'), created(answer), ok(null), ok({ ...answer, action: 'wave' }), ok({ ...answer, mayContact: true }),
      ok({ action: 'none', handled: false }), { status: 302, headers: {}, body: '' }, { status: 200, headers: {}, body: '<html>' },
    ]) {
      await expect(clientWith(fakeTransport(wrong)).handleInbound(message)).rejects.toMatchObject({ name: 'QuietlistError', hint: expect.any(String) });
    }
  });

  it('refuses a message from nobody, or on no channel, before it is sent', async () => {
    const transport = fakeTransport(ok(answer));
    await expect(clientWith(transport).handleInbound({ ...message, person: ' ' })).rejects.toMatchObject({ code: 'missing_contact' });
    await expect(clientWith(transport).handleInbound({ ...message, channel: '' })).rejects.toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/channel' }] });
    expect(transport.requests).toEqual([]);
  });

  it('never refuses a message for its length or its characters', async () => {
    const transport = fakeTransport(ok(answer));
    await clientWith(transport).handleInbound({ ...message, text: `STOP\u0000\ud800\n${'x'.repeat(limits.inboundTextLength)}` });
    expect((transport.requests[0]!.body as { text: string }).text).toHaveLength(limits.inboundTextLength);
  });
});

describe('reading reviews', () => {
  it('walks over all pages, and no further than wanted', async () => {
    const transport = fakeTransport(ok({ data: [review], nextCursor: 'b' }), ok({ data: [{ ...review, id: 'rev_2' }], nextCursor: 'c' }));
    const ids: string[] = [];
    for await (const { id } of clientWith(transport).everyReview({ status: 'any' }, 2)) ids.push(id);
    expect(ids).toEqual(['rev_1', 'rev_2']);
    expect(transport.requests.map(({ query }) => query)).toEqual([{ status: 'any', limit: '2' }, { status: 'any', limit: '2', cursor: 'b' }]);
    expect((await clientWith(fakeTransport(ok({ data: [], nextCursor: null }))).listReviews()).data).toEqual([]);
  });
});
