import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wordsOf } from '@quietlist/contract/vocabulary';
import { providers } from '@quietlist/contract/providers';
import { sendgridKey, snsTopic } from '../support/provider-requests.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ http: { publicUrl: 'https://quietlist.example.com' } });
});
afterAll(() => service.stop());

const secret = '0123456789abcdef0123456789abcdef';
const create = (fields: object) => service.call('POST', '/v1/connections', fields);

describe('a connection', () => {
  it('says where the provider is to send, and never its secret again', async () => {
    await service.call('POST', '/v1/senders', { name: 'Shop', channel: 'whatsapp' });
    const made = await create({ provider: 'whatsapp', name: 'Shop number', secret, sender: 'Shop', list: 'default' });
    expect(made.status).toBe(201);
    const { id } = made.body;
    expect(made.body).toEqual({
      id: expect.stringMatching(/^cnn_[0-9a-z]+$/), provider: 'whatsapp', name: 'Shop number', sender: expect.stringMatching(/^snd_/), list: 'default',
      url: `https://quietlist.example.com/v1/inbound/whatsapp/${id}`, hasSecret: true, createdAt: expect.any(String),
    });
    expect((await service.call('GET', '/v1/connections')).body).toEqual({ data: [made.body], nextCursor: null });
    const gone = await service.call('DELETE', `/v1/connections/${id}`);
    expect(gone.body).toEqual(made.body);
    expectProblem(await service.call('DELETE', `/v1/connections/${id}`), 'not-found');
    expect(service.logs.join('')).not.toContain(secret);
  });

  it('is refused with a secret that its provider cannot have, or without any, and the answer does not repeat it', async () => {
    for (const fields of [{ provider: 'sendgrid', secret }, { provider: 'ses', secret }, { provider: 'whatsapp', secret: 'short-secret' }, { provider: 'twilio' }]) {
      const answer = await create({ name: 'x', ...fields });
      expectProblem(answer, 'invalid-request');
      expect(answer.body.errors[0].pointer).toBe('/secret');
      if (fields.secret) expect(JSON.stringify(answer.body)).not.toContain(fields.secret);
    }
  });

  it('is for providers that sign, and for every one of those', async () => {
    const secrets: Record<string, string> = { sendgrid: sendgridKey, ses: snsTopic };
    for (const provider of wordsOf(providers)) {
      const answer = await create({ provider, name: `All ${provider}`, secret: secrets[provider] ?? secret });
      if (provider === 'redbot' || provider === 'telegrambot') expectProblem(answer, 'invalid-request');
      else expect([provider, answer.status]).toEqual([provider, 201]);
    }
  });

  it('has a name of its own, a list and a sender that are there', async () => {
    expect((await create({ provider: 'twilio', name: 'Twice', secret })).status).toBe(201);
    expectProblem(await create({ provider: 'twilio', name: 'Twice', secret }), 'conflict');
    expectProblem(await create({ provider: 'twilio', name: 'a', secret, list: 'nowhere' }), 'unknown-list');
    expectProblem(await create({ provider: 'twilio', name: 'b', secret, sender: 'nobody' }), 'unknown-sender');
  });

  it('is seen by nobody of another workspace', async () => {
    const made = (await create({ provider: 'twilio', name: 'Mine', secret })).body;
    const key = await service.createKey('admin', { workspace: 'other' });
    expect((await service.call('GET', '/v1/connections', undefined, { key })).body.data).toEqual([]);
    expectProblem(await service.call('DELETE', `/v1/connections/${made.id}`, undefined, { key }), 'not-found');
  });
});
