import { beforeEach, describe, expect, it } from 'vitest';
import type { GetOutcome } from '../../server/src/app/outbound.ts';
import { mailgunSignature, sendgridHeaders, sendgridKey, snsCertificate, snsTopic } from '../support/provider-requests.ts';
import { sample } from '../support/provider-samples.ts';
import { connect, connectionSecret, decisionOf, entriesOf, publicUrl, reaching, sendSns } from '../support/providers.ts';
import { startService, type TestService } from '../support/service.ts';

let now = 0;
let fetched: string[] = [];
let service: TestService;

beforeEach(async () => {
  now = Date.UTC(2026, 2, 3, 10);
  fetched = [];
  service = await startService({ clock: () => now, http: { publicUrl }, outbound: reaching(async (url) => (fetched.push(url), { status: 200, body: url.endsWith('.pem') ? snsCertificate : '' })) });
  return () => service.stop();
});

const snsEvent = (name: string) => ({ ...(sample('ses-notifications', name) as { SubscribeURL?: string }), Timestamp: new Date(now).toISOString() });

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
    const outcomes: GetOutcome[] = [{ error: 'dns' }, { status: 503, body: '' }, { status: 200, body: snsCertificate }];
    service = await startService({ clock: () => now, outbound: reaching(async () => outcomes.shift() ?? { error: 'failed' }) });
    const end = await connect(service, 'ses', snsTopic);
    const unseen = { ...snsEvent('complaint'), SigningCertURL: 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0000.pem' };
    for (let time = 0; time < 2; time += 1) {
      const answer = await sendSns(end, unseen);
      expect([answer.status, JSON.parse(answer.text).code]).toEqual([503, 'certificate-unavailable']);
    }
    expect((await sendSns(end, unseen)).status).toBe(200);
    expect(service.logs.join('')).toContain('certificate unavailable');
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
    const end = await connect(service, 'mailgun', connectionSecret);
    const signature = mailgunSignature(connectionSecret, now);
    const body = JSON.stringify({ ...(sample('mailgun-events', 'complained') as object), signature });
    expect((await end.send(body)).status).toBe(200);
    expect((await end.send(body)).status).toBe(200);
    expect((await end.send(body.replace('alice', 'bob'))).status).toBe(401);
    expect(await decisionOf(service, 'alice@example.com')).toBe('suppress');
    expect(await decisionOf(service, 'bob@example.com')).toBe('allow');
  });

  it('say who unsubscribed, and who was suppressed by somebody else: Postmark', async () => {
    const end = await connect(service, 'postmark', connectionSecret);
    const send = (name: string) => end.send(JSON.stringify(sample('postmark-events', name)), { authorization: `Basic ${Buffer.from(`postmark:${connectionSecret}`).toString('base64')}` });
    await send('suppressedByCustomer');
    expect(await entriesOf(service)).toMatchObject([{ by: 'operator', reason: 'not_defined' }]);
    await send('unsubscribed');
    expect(await entriesOf(service)).toMatchObject([{ by: 'recipient', reason: 'opt_out', source: 'email_server' }]);
    await send('spamComplaint');
    await send('hardBounce');
    expect((await entriesOf(service)).map(({ reason }) => reason).sort()).toEqual(['hard_bounce', 'opt_out', 'spam_complaint']);
  });
});
