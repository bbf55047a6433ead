import { describe, expect, it } from 'vitest';
import { freshEmail, freshPhone } from '../support/numbers.ts';
import { n8nSuite } from '../support/n8n-suite.ts';

describe('the body of a provider in Handle Inbound', () => {
  const suite = n8nSuite();
  const receive = (provider: string, items: Array<Record<string, unknown>>, parameters: Record<string, unknown> = {}, node = {}) =>
    suite.run('message', 'handleInbound', { messageMode: 'provider', provider, ...parameters }, items, node);
  const decision = async (address: string) => (await suite.service.call('POST', '/v1/checks', { recipients: [address] })).body.decisions[0];
  const twilio = (From: string, Body: string) => ({ headers: {}, body: { MessageSid: `SM${From.slice(1)}${Body}`, AccountSid: 'AC1', From, To: '+15550100', Body, NumMedia: '0' } });

  it('of Twilio, behind a Webhook node: STOP is handled, and an ordinary message goes on', async () => {
    const [stops, asks] = [freshPhone(), freshPhone()];
    const run = await receive('twilio', [twilio(stops, 'STOP'), twilio(asks, 'Where is my order?')]);
    expect(run.error).toBeUndefined();
    expect(suite.proxy.requests.map(({ path }) => path)).toEqual(['/v1/inbound/twilio', '/v1/inbound/twilio']);
    expect(run.output(0).map(({ json }) => (json.body as { From: string }).From)).toEqual([stops]);
    expect(run.output(0)[0]!.json.quietlist).toMatchObject({ action: 'opted_out', suppressed: 0, ignored: 0 });
    expect(run.output(2).map(({ json }) => (json.body as { From: string }).From)).toEqual([asks]);
    expect(await decision(stops)).toMatchObject({ decision: 'suppress' });
  });

  it('of WhatsApp, whole or as WhatsApp Trigger gives its changes', async () => {
    const [whole, alone] = [freshPhone(), freshPhone()];
    const value = (phone: string) => ({
      messaging_product: 'whatsapp', metadata: { display_phone_number: '15550100', phone_number_id: '1' }, contacts: [{ wa_id: phone.slice(1), profile: { name: 'Ann' } }],
      messages: [{ from: phone.slice(1), id: `wamid.${phone}`, timestamp: String(Math.floor(Date.now() / 1_000)), type: 'text', text: { body: 'STOP' } }],
    });
    const run = await receive('whatsapp', [{ body: { object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages', value: value(whole) }] }] } }, { ...value(alone), field: 'messages' }]);
    expect(run.error).toBeUndefined();
    expect(run.output(0)).toHaveLength(2);
    for (const phone of [whole, alone]) expect(await decision(phone)).toMatchObject({ decision: 'suppress' });
  });

  it('of Amazon SES, which comes as text: whose mail bounced or complained is held', async () => {
    const email = freshEmail();
    const event = { notificationType: 'Complaint', mail: { messageId: 'm1', destination: [email] }, complaint: { complainedRecipients: [{ emailAddress: email }], feedbackId: 'f1', timestamp: '2026-03-03T00:00:00.000Z', complaintFeedbackType: 'abuse' } };
    const run = await receive('ses', [{ n: 1, body: JSON.stringify({ Type: 'Notification', MessageId: '1', TopicArn: 'arn:aws:sns:us-east-1:123456789012:ses', Message: JSON.stringify(event), Timestamp: new Date().toISOString() }) }]);
    expect(run.error).toBeUndefined();
    expect(run.output(0)[0]!.json).toMatchObject({ n: 1, quietlist: { handled: true, suppressed: 1, reply: null } });
    expect([run.output(1), run.output(2)]).toEqual([[], []]);
    expect(await decision(email)).toMatchObject({ decision: 'suppress' });
  });

  it('is handed on one after the other, since nobody else knows whom it is from', async () => {
    const phone = freshPhone();
    await receive('twilio', [twilio(phone, 'STOP'), twilio(phone, 'START'), twilio(phone, 'QUIT')]);
    expect(suite.proxy.requests.map(({ body }) => body.Body)).toEqual(['STOP', 'START', 'QUIT']);
    expect(await decision(phone)).toMatchObject({ decision: 'suppress' });
  });

  it('is handed on from a trigger, too, when it tells more than messages', async () => {
    const [stopped, refused, baja, reacts, writes] = [freshPhone(), freshPhone(), freshPhone(), freshPhone(), freshPhone()];
    const whatsApp = (fields: object) => ({ messaging_product: 'whatsapp', metadata: { display_phone_number: '15550100', phone_number_id: '1' }, ...fields });
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const run = await suite.run('message', 'handleInbound', {}, [
      { n: 1, ...whatsApp({ field: 'user_preferences', contacts: [{ wa_id: stopped.slice(1) }], user_preferences: [{ wa_id: stopped.slice(1), detail: 'x', category: 'marketing_messages', value: 'stop', timestamp }] }) },
      { n: 2, ...whatsApp({ field: 'messages', statuses: [{ id: 'wamid.2', status: 'failed', recipient_id: refused.slice(1), timestamp, errors: [{ code: 131050 }] }] }) },
      { n: 3, body: { ...twilio(baja, 'Baja').body, OptOutType: 'STOP' } },
      { n: 4, body: { object: 'whatsapp_business_account', entry: [{ changes: [{ field: 'messages', value: whatsApp({ messages: [{ from: reacts.slice(1), id: 'wamid.4', timestamp, type: 'reaction', reaction: { emoji: 'x' } }] }) }] }] } },
      { n: 5, ...whatsApp({ field: 'messages', statuses: [{ id: 'wamid.5', status: 'delivered', recipient_id: writes.slice(1), timestamp }] }) },
      { n: 6, update_id: 3, my_chat_member: { chat: { id: 86, type: 'private' }, from: { id: 86 }, date: Number(timestamp), new_chat_member: { status: 'kicked', user: { id: 1 } }, old_chat_member: { status: 'member' } } },
    ]);
    expect(run.error).toBeUndefined();
    expect(suite.proxy.requests.map(({ path }) => path)).toEqual(['/v1/inbound/whatsapp', '/v1/inbound/whatsapp', '/v1/inbound/twilio', '/v1/inbound/whatsapp', '/v1/inbound/telegram']);
    expect(run.output(0).map(({ json }) => json.n)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await Promise.all([stopped, refused, baja, reacts].map(async (phone) => (await decision(phone)).decision))).toEqual(['suppress', 'suppress', 'suppress', 'allow']);
    expect((await suite.service.call('POST', '/v1/checks', { recipients: [{ address: '86' }], channel: 'telegram' })).body.decisions[0]).toMatchObject({ decision: 'suppress' });
  });

  it('that is none never goes on', async () => {
    for (const item of [{ body: 'no json' }, { body: '"text"' }, { body: 7 }]) {
      const run = await receive('twilio', [item], {}, { onError: 'continueRegularOutput' });
      expect(run.output(0).map(({ json }) => json)).toEqual([{ error: expect.stringContaining('not the body of a webhook') }]);
      expect(suite.proxy.requests).toEqual([]);
    }
    const strange = await receive('twilio', [{ body: { hello: 'world' } }], {}, { onError: 'continueRegularOutput' });
    expect([strange.output(1), strange.output(2)]).toEqual([[], []]);
    const unknown = await receive('pigeon', [twilio(freshPhone(), 'Hi')], {}, { onError: 'continueRegularOutput' });
    expect([unknown.output(1), unknown.output(2)]).toEqual([[], []]);
  });
});
