import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StoreUnavailable, type Store } from '../../server/src/app/ports.ts';
import {
  mailgunSignature, sendgridHeaders, sendgridKey, signedSns, snsCertificate, snsTopic, twilioHeaders, whatsappHeaders,
} from '../support/provider-requests.ts';
import { sample } from '../support/provider-samples.ts';
import { connect, decisionOf, entriesOf, type ProvidersEnd } from '../support/providers.ts';
import { startService, type TestService } from '../support/service.ts';

const secret = '0123456789abcdef0123456789abcdef';
const publicUrl = 'https://quietlist.example.com';
let now = 0;
let isDown = false;
let fetched: string[] = [];
let service: TestService;

const wrapStore = (store: Store): Store => ({
  ...store,
  write: (work) => (isDown ? Promise.reject(new StoreUnavailable('down')) : store.write(work)),
});

beforeAll(async () => {
  now = Date.UTC(2026, 2, 3, 10);
});
beforeEach(async () => {
  now = Date.UTC(2026, 2, 3, 10);
  fetched = [];
  service = await startService({ clock: () => now, wrapStore, http: { publicUrl }, fetchText: async (url) => (fetched.push(url), url.endsWith('.pem') ? snsCertificate : '') });
  return () => service.stop();
});
afterAll(() => {
  isDown = false;
});

/** A body of WhatsApp in which this person says this. */
const whatsapp = (fields: object, from = '16505551234'): string =>
  JSON.stringify({ object: 'whatsapp_business_account', entry: [{ id: '1', changes: [{ field: 'messages', value: { messaging_product: 'whatsapp', messages: [{ from, id: `wamid.${Math.random()}`, timestamp: String(now / 1_000), ...fields }] } }] }] });
const sendWhatsapp = (end: ProvidersEnd, body: unknown) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return end.send(text, { 'content-type': 'application/json', ...whatsappHeaders(text, secret) });
};
const sendTwilio = (end: ProvidersEnd, form: Record<string, string>) =>
  end.send(new URLSearchParams(form).toString(), { 'content-type': 'application/x-www-form-urlencoded', ...twilioHeaders(form, secret, publicUrl + end.path) });
const sendSns = (end: ProvidersEnd, message: object) => end.send(JSON.stringify(signedSns({ Timestamp: new Date(now).toISOString(), ...message }, '2')), { 'content-type': 'text/plain; charset=UTF-8' });
const snsEvent = (name: string) => ({ ...(sample('ses-notifications', name) as { SubscribeURL?: string }), Timestamp: new Date(now).toISOString() });

describe('WhatsApp by itself', () => {
  it('opts out whoever taps a STOP button, by number and by user id, at once', async () => {
    const end = await connect(service, 'whatsapp', secret);
    await service.call('POST', '/v1/rules', { trigger: 'button', text: 'Unsubscribe', action: 'opt_out' });
    expect(await decisionOf(service, '+16505551234')).toBe('allow');
    const answer = await sendWhatsapp(end, sample('whatsapp-messages', 'templateButton'));
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([200, 'EVENT_RECEIVED', 'text/plain; charset=utf-8']);
    expect(await decisionOf(service, '+16505551234')).toBe('suppress');
    expect(await decisionOf(service, 'US.13491208655302741918', { channel: 'whatsapp' })).toBe('suppress');
    const entries = await entriesOf(service);
    expect(entries.length).toBeGreaterThanOrEqual(3);
    expect(entries.every(({ by, source }) => by === 'recipient' && source === 'template_reply')).toBe(true);
    expect((await service.call('GET', '/v1/addresses/%2B16505551234')).body.events[0].actor).toBe(end.id);
  });

  it('opts out of marketing by preference and in again, and lifts nothing that the person did not decide', async () => {
    const end = await connect(service, 'whatsapp', secret);
    expect((await sendWhatsapp(end, sample('whatsapp-preferences', 'stop'))).status).toBe(200);
    expect(await decisionOf(service, '+16505551234')).toBe('suppress');
    expect(await decisionOf(service, '+16505551234', { purpose: 'transactional' })).toBe('allow');
    await sendWhatsapp(end, sample('whatsapp-preferences', 'resume'));
    expect(await decisionOf(service, '+16505551234')).toBe('allow');
    for (const entry of [{ kind: 'block' }, { kind: 'opt_out', by: 'operator' }, { kind: 'opt_out', by: 'recipient', purpose: 'all', channel: 'whatsapp' }]) {
      await service.call('POST', '/v1/entries', { entries: [{ address: '+16505551234', ...entry }] });
    }
    const later = JSON.stringify(sample('whatsapp-preferences', 'resume')).replace('1731705721', String(now / 1_000));
    await sendWhatsapp(end, later);
    expect(await entriesOf(service, '&text=%2B16505551234')).toHaveLength(3);
  });

  it('does not lift by a resume that is older than the opt-out', async () => {
    const end = await connect(service, 'whatsapp', secret);
    const at = (name: string, seconds: number) => JSON.stringify(sample('whatsapp-preferences', name)).replace('1731705721', String(now / 1_000 + seconds));
    await sendWhatsapp(end, at('stop', -10));
    await sendWhatsapp(end, at('resume', -20));
    expect(await decisionOf(service, '+16505551234')).toBe('suppress');
    await sendWhatsapp(end, at('resume', -5));
    expect(await decisionOf(service, '+16505551234')).toBe('allow');
  });

  it('keeps a block on the old number when somebody changes it, and holds the new one by the link', async () => {
    const end = await connect(service, 'whatsapp', secret);
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: '+16505551234' }] });
    expect(await decisionOf(service, '+12195555358')).toBe('allow');
    await sendWhatsapp(end, sample('whatsapp-changes', 'numberChanged'));
    expect(await decisionOf(service, '+16505551234')).toBe('suppress');
    expect(await decisionOf(service, '+12195555358')).toBe('suppress');
    expect(await decisionOf(service, 'US.99', { channel: 'whatsapp' })).toBe('suppress');
    expect(await entriesOf(service)).toHaveLength(1);
    const { events } = (await service.call('GET', '/v1/addresses/%2B12195555358')).body;
    expect(events).toMatchObject([{ action: 'linked', reason: 'number_changed', actor: end.id }]);
  });

  it('changes nothing more when a webhook comes again', async () => {
    const end = await connect(service, 'whatsapp', secret);
    await sendWhatsapp(end, sample('whatsapp-preferences', 'stop'));
    await sendWhatsapp(end, sample('whatsapp-preferences', 'resume'));
    const before = (await service.call('GET', '/v1/addresses/%2B16505551234')).body;
    for (const name of ['stop', 'resume', 'stop']) expect((await sendWhatsapp(end, sample('whatsapp-preferences', name))).status).toBe(200);
    expect((await service.call('GET', '/v1/addresses/%2B16505551234')).body).toEqual(before);
    await sendWhatsapp(end, sample('whatsapp-messages', 'text'));
    const said = await entriesOf(service);
    expect((await sendWhatsapp(end, sample('whatsapp-messages', 'text'))).status).toBe(200);
    expect(await entriesOf(service)).toEqual(said);
  });

  it('answers the question of Meta whether the address is ours, to nobody else', async () => {
    const end = await connect(service, 'whatsapp', secret);
    const ask = (path: string) => fetch(`${service.baseUrl}${path}`);
    const right = await ask(`${end.path}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${end.id}`);
    expect([right.status, await right.text()]).toEqual([200, '1158201444']);
    for (const path of [`${end.path}?hub.mode=subscribe&hub.challenge=1&hub.verify_token=x`, end.path, '/v1/inbound/whatsapp/cnn_1?hub.mode=subscribe&hub.challenge=1&hub.verify_token=cnn_1']) {
      expect((await ask(path)).status).toBe(401);
    }
    expect((await ask(end.path.replace('whatsapp', 'twilio'))).status).toBe(405);
  });

  it('is heard when one of several messages cannot be understood', async () => {
    const end = await connect(service, 'whatsapp', secret);
    const messages = [{ type: 'text' }, null, 'x', { from: '', type: 'text', text: { body: 'STOP' } }, { from: 'nobody', id: 'm1', type: 'text', text: { body: 'STOP' } }, { from: '16505551234', id: 'm2', type: 'text', text: { body: 'STOP' } }];
    const answer = await sendWhatsapp(end, { object: 'whatsapp_business_account', entry: [{ changes: [{ value: { messages } }] }] });
    expect(answer.status).toBe(200);
    expect(await decisionOf(service, '+16505551234')).toBe('suppress');
    expect((await entriesOf(service)).filter(({ unverified }) => unverified)).toMatchObject([{ address: 'nobody' }]);
  });
});

describe('Twilio by itself', () => {
  const form = (fields: Record<string, string>) => ({ ...(sample('twilio-messages', 'sms') as Record<string, string>), MessageSid: `SM${Math.random()}`, ...fields });

  it('opts out by STOP, and tells the person once, in TwiML', async () => {
    const end = await connect(service, 'twilio', secret);
    await service.call('PATCH', '/v1/lists/default', { confirmationMessage: 'You are out & <done>.' });
    const answer = await sendTwilio(end, form({ Body: 'Stop!' }));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
    expect(answer.text).toBe('<?xml version="1.0" encoding="UTF-8"?><Response><Message>You are out &amp; &lt;done&gt;.</Message></Response>');
    expect(await decisionOf(service, '+14155552671')).toBe('suppress');
    expect((await sendTwilio(end, form({ Body: 'STOP' }))).text).toContain('<Response/>');
  });

  it('answers an ordinary message with nothing to send', async () => {
    const end = await connect(service, 'twilio', secret);
    expect((await sendTwilio(end, form({ Body: 'What time do you open?' }))).text).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>');
    expect(await entriesOf(service)).toEqual([]);
  });

  it('opts out and in by words that only Twilio knows, and leaves the answer to Twilio', async () => {
    const end = await connect(service, 'twilio', secret);
    await service.call('PATCH', '/v1/lists/default', { confirmationMessage: 'You are out.' });
    expect((await sendTwilio(end, form({ Body: 'ADIOS', OptOutType: 'STOP' }))).text).toContain('<Response/>');
    expect(await decisionOf(service, '+14155552671')).toBe('suppress');
    now += 60_000;
    expect((await sendTwilio(end, form({ Body: 'HOLA', OptOutType: 'START' }))).text).toContain('<Response/>');
    expect(await decisionOf(service, '+14155552671')).toBe('allow');
    expect((await sendTwilio(end, form({ Body: 'INFO', OptOutType: 'HELP' }))).text).toContain('<Response/>');
    expect((await sendTwilio(end, form({ Body: 'STOP', OptOutType: 'STOP' }))).text).toContain('<Response/>');
  });

  it('keeps the opt-out of somebody who is blocked, and a block whatever they say', async () => {
    const end = await connect(service, 'twilio', secret);
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: '+14155552671' }] });
    await sendTwilio(end, form({ Body: 'ADIOS', OptOutType: 'STOP' }));
    expect((await entriesOf(service)).map(({ kind }) => kind).sort()).toEqual(['block', 'opt_out']);
    await sendTwilio(end, form({ Body: 'START', OptOutType: 'START' }));
    expect((await entriesOf(service)).map(({ kind }) => kind)).toContain('block');
    expect(await decisionOf(service, '+14155552671')).toBe('suppress');
  });

  it('opts out whoever Twilio says has replied STOP', async () => {
    const end = await connect(service, 'twilio', secret);
    await sendTwilio(end, sample('twilio-statuses', 'unreachable') as Record<string, string>);
    expect(await entriesOf(service)).toEqual([]);
    await sendTwilio(end, sample('twilio-statuses', 'optedOut') as Record<string, string>);
    expect(await entriesOf(service)).toMatchObject([{ kind: 'opt_out', by: 'recipient', source: 'provider', purpose: 'all', evidence: { provider: 'twilio', diagnosticCode: '21610' } }]);
  });

  it('is believed at the host it called where nobody said what the public address is', async () => {
    await service.stop();
    service = await startService({ clock: () => now });
    const end = await connect(service, 'twilio', secret);
    const given = form({ Body: 'STOP' });
    const headers = twilioHeaders(given, secret, `${service.baseUrl.replace('http:', 'https:')}${end.path}`);
    expect((await end.send(new URLSearchParams(given).toString(), { 'content-type': 'application/x-www-form-urlencoded', ...headers })).status).toBe(200);
    expect(await decisionOf(service, '+14155552671')).toBe('suppress');
  });
});

describe('mail providers by themselves', () => {
  it('hold a mailbox that is not there, and nobody behind a policy: Amazon SES', async () => {
    const end = await connect(service, 'ses', snsTopic);
    const answer = await sendSns(end, snsEvent('eventBounce'));
    expect([answer.status, JSON.parse(answer.text)]).toEqual([200, { messages: [], suppressed: 1, resumed: 0, linked: 0, ignored: 2 }]);
    expect(await decisionOf(service, 'jane@example.com', { purpose: 'transactional' })).toBe('suppress');
    expect(await decisionOf(service, 'richard@example.com')).toBe('allow');
    expect(await entriesOf(service)).toMatchObject([{
      kind: 'block', reason: 'hard_bounce', by: 'system', direction: 'outbound', source: 'email_server', channel: 'email', evidence: { provider: 'ses', diagnosticCode: '550 5.1.1' },
    }]);
    expect(JSON.stringify((await entriesOf(service))[0]?.['evidence'])).not.toContain('@');
  });

  it('are subscribed to only after their signature was right: Amazon SES', async () => {
    const end = await connect(service, 'ses', snsTopic);
    const asking = snsEvent('confirmation');
    expect((await end.send(JSON.stringify(asking), { 'content-type': 'text/plain' })).status).toBe(401);
    expect(fetched.filter((url) => !url.endsWith('.pem'))).toEqual([]);
    expect((await sendSns(end, asking)).status).toBe(200);
    expect(fetched.filter((url) => !url.endsWith('.pem'))).toEqual([asking.SubscribeURL]);
  });

  it('are asked to send again while a certificate cannot be had: Amazon SES', async () => {
    await service.stop();
    service = await startService({ clock: () => now, fetchText: async () => Promise.reject(new Error('no way out')) });
    const end = await connect(service, 'ses', snsTopic);
    const unseen = { ...snsEvent('complaint'), SigningCertURL: 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0000.pem' };
    const answer = await sendSns(end, unseen);
    expect([answer.status, JSON.parse(answer.text).code]).toEqual([503, 'certificate-unavailable']);
  });

  it('opt out of the list of the connection, and of one for their own group where there is one: SendGrid', async () => {
    await service.call('POST', '/v1/lists', { name: 'Newsletter' });
    const group = (await service.call('POST', '/v1/lists', { name: 'sendgrid:10' })).body.id as string;
    const end = await connect(service, 'sendgrid', sendgridKey, { list: 'Newsletter' });
    const send = (...names: string[]) => {
      const body = JSON.stringify(names.flatMap((name) => sample('sendgrid-events', name)));
      return end.send(body, sendgridHeaders(body, now));
    };
    expect(JSON.parse((await send('mixed', 'unsubscribe', 'groupUnsubscribe', 'bounce')).text)).toMatchObject({ suppressed: 4, ignored: 6 });
    const entries = await entriesOf(service);
    expect(entries.map(({ kind, listName, reason }) => `${String(kind)} ${String(listName)} ${String(reason)}`).sort()).toEqual([
      'block null hard_bounce', 'opt_out Newsletter spam_complaint', 'opt_out sendgrid:10 opt_out',
    ]);
    expect(JSON.parse((await send('groupResubscribe')).text)).toMatchObject({ resumed: 1 });
    expect((await entriesOf(service)).map(({ list }) => list)).not.toContain(group);
  });

  it('never lift an opt-out of everything by the way back into one group: SendGrid', async () => {
    const end = await connect(service, 'sendgrid', sendgridKey);
    const body = JSON.stringify([sample('sendgrid-events', 'unsubscribe'), sample('sendgrid-events', 'groupResubscribe')].flat());
    await end.send(body, sendgridHeaders(body, now));
    expect(await decisionOf(service, 'example@test.com')).toBe('suppress');
  });

  it('use each signature once: Mailgun', async () => {
    const end = await connect(service, 'mailgun', secret);
    const signature = mailgunSignature(secret, now);
    const body = JSON.stringify({ ...(sample('mailgun-events', 'complained') as object), signature });
    expect((await end.send(body)).status).toBe(200);
    expect((await end.send(body)).status).toBe(200);
    expect((await end.send(body.replace('alice', 'bob'))).status).toBe(401);
    expect(await decisionOf(service, 'alice@example.com')).toBe('suppress');
    expect(await decisionOf(service, 'bob@example.com')).toBe('allow');
  });

  it('say who unsubscribed, and who was suppressed by somebody else: Postmark', async () => {
    const end = await connect(service, 'postmark', secret);
    const send = (name: string) => end.send(JSON.stringify(sample('postmark-events', name)), { authorization: `Basic ${Buffer.from(`postmark:${secret}`).toString('base64')}` });
    await send('suppressedByCustomer');
    expect(await entriesOf(service)).toMatchObject([{ by: 'operator', reason: 'not_defined' }]);
    await send('unsubscribed');
    expect(await entriesOf(service)).toMatchObject([{ by: 'recipient', reason: 'opt_out', source: 'email_server' }]);
    await send('spamComplaint');
    await send('hardBounce');
    expect((await entriesOf(service)).map(({ reason }) => reason).sort()).toEqual(['hard_bounce', 'opt_out', 'spam_complaint']);
  });
});

describe('Telegram by itself', () => {
  const send = (end: ProvidersEnd, name: string) => end.send(JSON.stringify(sample('telegram-updates', name)), { 'x-telegram-bot-api-secret-token': secret });
  const ann = { value: '1111111111', kind: 'handle', channel: 'telegram' };

  it('opts out whoever blocks the bot, and lets them in again by their own word', async () => {
    const end = await connect(service, 'telegram', secret);
    await send(end, 'kicked');
    expect(await decisionOf(service, ann)).toBe('suppress');
    await send(end, 'back');
    expect(await decisionOf(service, ann)).toBe('suppress');
    const start = JSON.stringify(sample('telegram-updates', 'message')).replace('/stop', '/start').replace('10000', '10010');
    await end.send(start, { 'x-telegram-bot-api-secret-token': secret });
    expect(await decisionOf(service, ann)).toBe('allow');
  });
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

describe('a webhook that cannot be believed', () => {
  it('changes nothing, is refused in the same words whatever is wrong, and leaves no word of it in the log', async () => {
    const end = await connect(service, 'whatsapp', secret);
    const body = whatsapp({ type: 'text', text: { body: 'STOP canary-words' } }, '14155557733');
    const headers = whatsappHeaders(body, secret);
    const other = await connect(service, 'whatsapp', secret.replace('0', 'f'));
    const unknown = { ...end, send: (text: string, given?: Record<string, string>) => fetch(`${service.baseUrl}/v1/inbound/whatsapp/cnn_zzz`, { method: 'POST', body: text, ...(given ? { headers: given } : {}) }).then(async (response) => ({ status: response.status, text: await response.text(), headers: response.headers })) };
    const gone = await connect(service, 'whatsapp', secret);
    await service.call('DELETE', `/v1/connections/${gone.id}`);
    const answers = [
      await end.send(body), await end.send(body.replace('STOP', 'stop'), headers), await end.send(JSON.stringify(JSON.parse(body), null, 1), headers),
      await other.send(body, headers), await unknown.send(body, headers), await gone.send(body, headers), await end.send('', headers), await end.send('not json', headers),
    ];
    for (const { status, text, headers: given } of answers) {
      const { requestId, ...problem } = JSON.parse(text) as Record<string, unknown>;
      expect(requestId).toEqual(expect.any(String));
      expect([status, problem]).toEqual([401, expect.objectContaining({ code: 'invalid-signature' })]);
      expect(given.get('content-type')).toContain('application/problem+json');
    }
    expect(await entriesOf(service)).toEqual([]);
    const logs = service.logs.join('');
    expect(logs).toContain('webhook refused');
    for (const word of ['14155557733', 'canary-words', secret, 'STOP']) expect(logs).not.toContain(word);
  });

  it('is not believed under another provider’s name', async () => {
    const end = await connect(service, 'telegram', secret);
    const answer = await fetch(`${service.baseUrl}${end.path.replace('telegram', 'postmark')}`, { method: 'POST', body: '{}', headers: { 'x-webhook-token': secret } });
    expect(answer.status).toBe(401);
  });

  it('is told so where it was signed and is no webhook all the same', async () => {
    const end = await connect(service, 'whatsapp', secret);
    expect((await sendWhatsapp(end, '{"object":"page"}')).status).toBe(400);
    expect((await sendWhatsapp(end, 'STOP')).status).toBe(400);
    expect((await end.send('x'.repeat(1_100_000))).status).toBe(413);
  });
});

it('asks the provider to send again while nothing can be written, and loses nothing', async () => {
  const end = await connect(service, 'whatsapp', secret);
  const body = whatsapp({ type: 'text', text: { body: 'STOP' } });
  isDown = true;
  const answer = await sendWhatsapp(end, body);
  isDown = false;
  expect([answer.status, JSON.parse(answer.text).code, answer.headers.get('retry-after')]).toEqual([503, 'store-unavailable', '1']);
  expect((await sendWhatsapp(end, body)).status).toBe(200);
  expect(await decisionOf(service, '+16505551234')).toBe('suppress');
});

it('follows the decisions of the workspace about how far an opt-out reaches', async () => {
  await service.call('PATCH', '/v1/settings', { optOutChannels: 'same', revocationScope: 'all' });
  const sender = (await service.call('POST', '/v1/senders', { name: 'Shop', channel: 'whatsapp' })).body.id as string;
  const end = await connect(service, 'whatsapp', secret, { sender });
  await sendWhatsapp(end, sample('whatsapp-preferences', 'stop'));
  expect((await entriesOf(service))[0]).toMatchObject({ channel: 'whatsapp', sender, purpose: 'all' });
  expect(await decisionOf(service, '+16505551234', { channel: 'sms' })).toBe('allow');
});

it('goes on when the list of a connection is deleted, and the sender: in the list that took its place', async () => {
  const list = (await service.call('POST', '/v1/lists', { name: 'Old' })).body.id as string;
  const sender = (await service.call('POST', '/v1/senders', { name: 'Shop', channel: 'whatsapp' })).body.id as string;
  const end = await connect(service, 'whatsapp', secret, { sender, list });
  await service.call('DELETE', `/v1/lists/${list}`);
  await service.call('DELETE', `/v1/senders/${sender}`);
  expect((await sendWhatsapp(end, sample('whatsapp-preferences', 'stop'))).status).toBe(200);
  expect((await entriesOf(service))[0]).toMatchObject({ list: 'default' });
});
