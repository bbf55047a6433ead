import { beforeEach, describe, expect, it } from 'vitest';
import { sample } from '../support/provider-samples.ts';
import { decisionOf, entriesOf } from '../support/providers.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeEach(async () => {
  service = await startService({ clock: () => Date.UTC(2026, 2, 3, 10) });
  return () => service.stop();
});

describe('through a flow, with an API key', () => {
  const post = async (provider: string, body: unknown, role: 'viewer' | 'agent' = 'agent') => service.call('POST', `/v1/inbound/${provider}`, body, { key: await service.createKey(role) });

  it('answers what became of each thing, for messages of every chatbot', async () => {
    const redbot = await post('redbot', sample('redbot-messages', 'telegram'));
    expect(redbot.body).toMatchObject({ messages: [{ action: 'opted_out', handled: true }], suppressed: 0 });
    expect((await post('telegrambot', sample('telegrambot-messages', 'message'))).body.messages).toHaveLength(1);
    expect((await post('whatsapp', sample('whatsapp-messages', 'twoPeople'))).body.messages.map(({ action }: { action: string }) => action)).toEqual(['none', 'opted_out']);
    expect((await post('postmark', sample('postmark-events', 'hardBounce'))).body).toEqual({ messages: [], suppressed: 1, resumed: 0, linked: 0, ignored: 0 });
  });

  it('blocks a bounced address only on the word of a key that may block; any other holds it all the same (A11)', async () => {
    await post('postmark', sample('postmark-events', 'hardBounce'));
    expect((await entriesOf(service)).map(({ kind, reason, by }) => [kind, reason, by])).toEqual([['opt_out', 'hard_bounce', 'system']]);
    const address = (await entriesOf(service))[0]?.address ?? '';
    expect(await decisionOf(service, address)).toBe('suppress');
    const key = await service.createKey('manager');
    await service.call('POST', '/v1/inbound/sendgrid', sample('sendgrid-events', 'bounce'), { key });
    expect((await entriesOf(service)).filter(({ kind }) => kind === 'block')).toHaveLength(1);
  });

  it('takes what the triggers of n8n hand on', async () => {
    const body = sample('whatsapp-messages', 'text') as { entry: Array<{ changes: Array<{ value: object }> }> };
    expect((await post('whatsapp', { ...body.entry[0]?.changes[0]?.value, field: 'messages' })).body.messages).toMatchObject([{ action: 'opted_out' }]);
    expect((await post('twilio', { type: 'com.twilio.messaging.inbound-message.received', data: { messageSid: 'SM1', from: '+14155552671', body: 'STOP' } })).body.messages).toMatchObject([{ action: 'opted_out' }]);
  });

  it('takes the form of Twilio as it is, or as JSON', async () => {
    const form = sample('twilio-messages', 'stop') as Record<string, string>;
    expect((await post('twilio', form)).body.messages).toMatchObject([{ action: 'opted_out', reply: null }]);
    const key = await service.createKey('agent');
    const answer = await service.call('POST', '/v1/inbound/twilio', new URLSearchParams({ ...form, MessageSid: 'SM2', From: '+14155550100' }).toString(), { key, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expect([answer.status, await decisionOf(service, '+14155550100')]).toEqual([200, 'suppress']);
  });

  it('refuses what is no webhook of this provider, a provider that nobody knows, and keys that may not', async () => {
    expect((await post('whatsapp', sample('postmark-events', 'hardBounce'))).body).toMatchObject({ code: 'invalid-request', status: 400 });
    expect((await post('mandrill', {})).body).toMatchObject({ code: 'invalid-request' });
    expect((await post('postmark', sample('postmark-events', 'hardBounce'), 'viewer')).status).toBe(403);
    expect(await entriesOf(service)).toEqual([]);
  });

  it('takes a batch of a mebibyte, and refuses more', async () => {
    const many = (bytes: number) => [...(sample('sendgrid-events', 'bounce') as object[]), { event: 'open', email: 'x', pad: 'x'.repeat(bytes) }];
    expect((await post('sendgrid', many(1_000_000))).status).toBe(200);
    expect((await post('sendgrid', many(1_100_000))).status).toBe(413);
  });
});
