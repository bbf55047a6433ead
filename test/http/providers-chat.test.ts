import { beforeEach, describe, expect, it } from 'vitest';
import { twilioHeaders } from '../support/provider-requests.ts';
import { sample } from '../support/provider-samples.ts';
import { connect, connectionSecret, decisionOf, entriesOf, publicUrl, sendTwilio, sendWhatsapp, type ProvidersEnd } from '../support/providers.ts';
import { startService, type TestService } from '../support/service.ts';

let now = 0;
let service: TestService;

beforeEach(async () => {
  now = Date.UTC(2026, 2, 3, 10);
  service = await startService({ clock: () => now, http: { publicUrl } });
  return () => service.stop();
});

describe('WhatsApp by itself', () => {
  it('opts out whoever taps a STOP button, by number and by user id, at once', async () => {
    const end = await connect(service, 'whatsapp', connectionSecret);
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
    const end = await connect(service, 'whatsapp', connectionSecret);
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
    const end = await connect(service, 'whatsapp', connectionSecret);
    const at = (name: string, seconds: number) => JSON.stringify(sample('whatsapp-preferences', name)).replace('1731705721', String(now / 1_000 + seconds));
    await sendWhatsapp(end, at('stop', -10));
    await sendWhatsapp(end, at('resume', -20));
    expect(await decisionOf(service, '+16505551234')).toBe('suppress');
    await sendWhatsapp(end, at('resume', -5));
    expect(await decisionOf(service, '+16505551234')).toBe('allow');
  });

  it('keeps a block on the old number when somebody changes it, and holds the new one by the link', async () => {
    const end = await connect(service, 'whatsapp', connectionSecret);
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
    const end = await connect(service, 'whatsapp', connectionSecret);
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
    const end = await connect(service, 'whatsapp', connectionSecret);
    const ask = (path: string) => fetch(`${service.baseUrl}${path}`);
    const right = await ask(`${end.path}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${end.id}`);
    expect([right.status, await right.text()]).toEqual([200, '1158201444']);
    for (const path of [`${end.path}?hub.mode=subscribe&hub.challenge=1&hub.verify_token=x`, end.path, '/v1/inbound/whatsapp/cnn_1?hub.mode=subscribe&hub.challenge=1&hub.verify_token=cnn_1']) {
      expect((await ask(path)).status).toBe(401);
    }
    expect((await ask(end.path.replace('whatsapp', 'twilio'))).status).toBe(405);
  });

  it('is heard when one of several messages cannot be understood', async () => {
    const end = await connect(service, 'whatsapp', connectionSecret);
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
    const end = await connect(service, 'twilio', connectionSecret);
    await service.call('PATCH', '/v1/lists/default', { confirmationMessage: 'You are out & <done>.' });
    const answer = await sendTwilio(end, form({ Body: 'Stop!' }));
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/xml; charset=utf-8']);
    expect(answer.text).toBe('<?xml version="1.0" encoding="UTF-8"?><Response><Message>You are out &amp; &lt;done&gt;.</Message></Response>');
    expect(await decisionOf(service, '+14155552671')).toBe('suppress');
    expect((await sendTwilio(end, form({ Body: 'STOP' }))).text).toContain('<Response/>');
  });

  it('answers an ordinary message with nothing to send', async () => {
    const end = await connect(service, 'twilio', connectionSecret);
    expect((await sendTwilio(end, form({ Body: 'What time do you open?' }))).text).toBe('<?xml version="1.0" encoding="UTF-8"?><Response/>');
    expect(await entriesOf(service)).toEqual([]);
  });

  it('opts out and in by words that only Twilio knows, and leaves the answer to Twilio', async () => {
    const end = await connect(service, 'twilio', connectionSecret);
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
    const end = await connect(service, 'twilio', connectionSecret);
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: '+14155552671' }] });
    await sendTwilio(end, form({ Body: 'ADIOS', OptOutType: 'STOP' }));
    expect((await entriesOf(service)).map(({ kind }) => kind).sort()).toEqual(['block', 'opt_out']);
    await sendTwilio(end, form({ Body: 'START', OptOutType: 'START' }));
    expect((await entriesOf(service)).map(({ kind }) => kind)).toContain('block');
    expect(await decisionOf(service, '+14155552671')).toBe('suppress');
  });

  it('opts out whoever Twilio says has replied STOP', async () => {
    const end = await connect(service, 'twilio', connectionSecret);
    await sendTwilio(end, sample('twilio-statuses', 'unreachable') as Record<string, string>);
    expect(await entriesOf(service)).toEqual([]);
    await sendTwilio(end, sample('twilio-statuses', 'optedOut') as Record<string, string>);
    expect(await entriesOf(service)).toMatchObject([{ kind: 'opt_out', by: 'recipient', source: 'provider', purpose: 'all', evidence: { provider: 'twilio', diagnosticCode: '21610' } }]);
  });

  it('is believed at the host it called where nobody said what the public address is', async () => {
    await service.stop();
    service = await startService({ clock: () => now });
    const end = await connect(service, 'twilio', connectionSecret);
    const given = form({ Body: 'STOP' });
    const headers = twilioHeaders(given, connectionSecret, `${service.baseUrl.replace('http:', 'https:')}${end.path}`);
    expect((await end.send(new URLSearchParams(given).toString(), { 'content-type': 'application/x-www-form-urlencoded', ...headers })).status).toBe(200);
    expect(await decisionOf(service, '+14155552671')).toBe('suppress');
  });
});

describe('Telegram by itself', () => {
  const send = (end: ProvidersEnd, name: string) => end.send(JSON.stringify(sample('telegram-updates', name)), { 'x-telegram-bot-api-secret-token': connectionSecret });
  const ann = { value: '1111111111', kind: 'handle', channel: 'telegram' };

  it('opts out whoever blocks the bot, and lets them in again by their own word', async () => {
    const end = await connect(service, 'telegram', connectionSecret);
    await send(end, 'kicked');
    expect(await decisionOf(service, ann)).toBe('suppress');
    await send(end, 'back');
    expect(await decisionOf(service, ann)).toBe('suppress');
    const start = JSON.stringify(sample('telegram-updates', 'message')).replace('/stop', '/start').replace('10000', '10010');
    await end.send(start, { 'x-telegram-bot-api-secret-token': connectionSecret });
    expect(await decisionOf(service, ann)).toBe('allow');
  });
});

it('follows the decisions of the workspace about how far an opt-out reaches', async () => {
  await service.call('PATCH', '/v1/settings', { optOutChannels: 'same', revocationScope: 'all' });
  const sender = (await service.call('POST', '/v1/senders', { name: 'Shop', channel: 'whatsapp' })).body.id as string;
  const end = await connect(service, 'whatsapp', connectionSecret, { sender });
  await sendWhatsapp(end, sample('whatsapp-preferences', 'stop'));
  expect((await entriesOf(service))[0]).toMatchObject({ channel: 'whatsapp', sender, purpose: 'all' });
  expect(await decisionOf(service, '+16505551234', { channel: 'sms' })).toBe('allow');
});

it('goes on when the list of a connection is deleted, and the sender: in the list that took its place', async () => {
  const list = (await service.call('POST', '/v1/lists', { name: 'Old' })).body.id as string;
  const sender = (await service.call('POST', '/v1/senders', { name: 'Shop', channel: 'whatsapp' })).body.id as string;
  const end = await connect(service, 'whatsapp', connectionSecret, { sender, list });
  await service.call('DELETE', `/v1/lists/${list}`);
  await service.call('DELETE', `/v1/senders/${sender}`);
  expect((await sendWhatsapp(end, sample('whatsapp-preferences', 'stop'))).status).toBe(200);
  expect((await entriesOf(service))[0]).toMatchObject({ list: 'default' });
});
