import type { ProviderAnswer } from '@quietlist/contract/connection';
import { describe, expect, it } from 'vitest';
import { clientWith, fakeTransport, ok, problem } from '../../support/fake-transport.ts';

const answer: ProviderAnswer = { messages: [], suppressed: 1, resumed: 0, linked: 0, ignored: 2 };
const body = { RecordType: 'Bounce', Type: 'HardBounce', Email: 'ann@example.com' };

describe('receiveFromProvider', () => {
  it('hands the body on as it came, and answers what became of it', async () => {
    const transport = fakeTransport(ok(answer));
    expect(await clientWith(transport).receiveFromProvider('postmark', body)).toEqual(answer);
    expect(transport.requests.map(({ method, path, body: sent }) => ({ method, path, sent }))).toEqual([{ method: 'POST', path: '/v1/inbound/postmark', sent: body }]);
  });

  it('sends again under the same idempotency key', async () => {
    const transport = fakeTransport(problem('store-unavailable'), ok(answer));
    await clientWith(transport).receiveFromProvider('postmark', body, { operationId: 'execution-7' });
    const keys = transport.requests.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('sends of a message of Node-RED what JSON holds', async () => {
    const transport = fakeTransport(ok(answer));
    await clientWith(transport).receiveFromProvider('redbot', { payload: { type: 'message', content: 'STOP', chatId: '1' }, chat: () => undefined });
    expect(transport.requests[0]?.body).toEqual({ payload: { type: 'message', content: 'STOP', chatId: '1' } });
  });

  const circle: Record<string, unknown> = {};
  circle['self'] = circle;
  it.each<[string, string, unknown]>([
    ['a provider that nobody knows', 'mandrill', body],
    ['a provider that leads elsewhere', '../entries', body],
    ['nothing', 'postmark', undefined],
    ['a text', 'postmark', 'STOP'],
    ['a circle', 'redbot', circle],
  ])('refuses %s before anything is sent', async (_, provider, given) => {
    const transport = fakeTransport(ok(answer));
    await expect(clientWith(transport).receiveFromProvider(provider as never, given)).rejects.toMatchObject({ code: 'invalid-request', status: null });
    expect(transport.requests).toEqual([]);
  });

  it('takes an answer of another shape for none', async () => {
    await expect(clientWith(fakeTransport(ok({ suppressed: 1 }))).receiveFromProvider('postmark', body)).rejects.toMatchObject({ code: 'malformed_answer' });
  });
});
