import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { adapters } from '../../server/src/providers/adapters.ts';
import type { RawRequest } from '../../server/src/providers/provider.ts';
import {
  judgingAt, mailgunSignature, rawRequest, sendgridHeaders, sendgridKey, signedSns, snsCertificateUrl, snsTopic, twilioHeaders, whatsappHeaders,
} from '../support/provider-requests.ts';
import { sample } from '../support/provider-samples.ts';

const now = Date.UTC(2026, 2, 3, 10);
const minutes = 60_000;
const secret = '0123456789abcdef0123456789abcdef';
const otherSecret = 'f123456789abcdef0123456789abcdef';
const isSigned = async (provider: keyof typeof adapters, request: RawRequest, key = secret, at = now, judging = judgingAt(at)): Promise<boolean> => (await adapters[provider].signed?.isSigned(request, key, judging)) ?? false;

/** One bit of one character changed. */
const flipped = (text: string, position = Math.floor(text.length / 2)): string =>
  text.slice(0, position) + String.fromCharCode(text.charCodeAt(position) ^ 1) + text.slice(position + 1);

describe('WhatsApp', () => {
  const body = JSON.stringify(sample('whatsapp-messages', 'text'), null, 1);
  const headers = whatsappHeaders(body, secret);
  const hex = headers['x-hub-signature-256'] as string;

  it('believes what the app secret signed', async () => expect(await isSigned('whatsapp', rawRequest(body, headers))).toBe(true));

  it.each<[string, RawRequest, string?]>([
    ['a body with one bit changed', rawRequest(flipped(body), headers)],
    ['a body written anew', rawRequest(JSON.stringify(JSON.parse(body)), headers)],
    ['another secret', rawRequest(body, headers), otherSecret],
    ['no signature', rawRequest(body)],
    ['an empty signature', rawRequest(body, { 'x-hub-signature-256': '' })],
    ['a signature with one bit changed', rawRequest(body, { 'x-hub-signature-256': flipped(hex) })],
    ['half a signature', rawRequest(body, { 'x-hub-signature-256': hex.slice(0, 40) })],
    ['the old algorithm under the new name', rawRequest(body, { 'x-hub-signature-256': `sha256=${createHmac('sha1', secret).update(body).digest('hex')}` })],
    ['the old header', rawRequest(body, { 'x-hub-signature': `sha1=${createHmac('sha1', secret).update(body).digest('hex')}` })],
    ['the signature twice', rawRequest(body, { 'x-hub-signature-256': [hex, hex] })],
    ['a wrong and a right signature', rawRequest(body, { 'x-hub-signature-256': [flipped(hex), hex] })],
    ['a plain hash without any secret', rawRequest(body, whatsappHeaders(body, ''))],
  ])('does not believe %s', async (_, request, key) => expect(await isSigned('whatsapp', request, key)).toBe(false));
});

describe('Twilio', () => {
  const url = 'https://quietlist.example.com/v1/inbound/twilio/cnn_1';
  const form = sample('twilio-messages', 'stop') as Record<string, string>;
  const body = new URLSearchParams(form).toString();
  const headers = twilioHeaders(form, secret, url);
  const at = (...urls: string[]) => rawRequest(body, headers, urls);

  it('makes the signature of Twilio’s own documentation', async () => {
    const documented = rawRequest('CallSid=CA1234567890ABCDE&From=%2B12349013030&To=%2B18005551212&Caller=%2B12349013030&Digits=1234', { 'X-Twilio-Signature': '0/KCTR6DLpKmkAf8muzZqo1nDgQ=' }, ['https://mycompany.com/myapp.php?foo=1&bar=2']);
    expect(await isSigned('twilio', documented, '12345')).toBe(true);
  });

  it('believes what was signed for our address, with the usual port or without, whichever of two it is', async () => {
    expect(await isSigned('twilio', at(url))).toBe(true);
    expect(await isSigned('twilio', at('http://quietlist.example.com/v1/inbound/twilio/cnn_1', url))).toBe(true);
    expect(await isSigned('twilio', rawRequest(body, twilioHeaders(form, secret, url.replace('.com/', '.com:443/')), [url]))).toBe(true);
  });

  it('believes a shared key with the algorithm that the settings name', async () => {
    const settings = { 'x-twilio-webhooks-signature-settings': 'key=abc,algorithm=HMAC_SHA256' };
    expect(await isSigned('twilio', rawRequest(body, { ...twilioHeaders(form, secret, url, 'sha256'), ...settings }, [url]))).toBe(true);
    expect(await isSigned('twilio', rawRequest(body, { ...headers, ...settings }, [url]))).toBe(false);
  });

  it.each<[string, RawRequest, string?]>([
    ['another address', at('https://quietlist.example.com/v1/inbound/twilio/cnn_2')],
    ['another scheme', at(url.replace('https', 'http'))],
    ['a query that was added', at(`${url}?list=none`)],
    ['another secret', at(url), otherSecret],
    ['a parameter that was changed', rawRequest(body.replace('Body=STOP', 'Body=START'), headers, [url])],
    ['a parameter that was added', rawRequest(`${body}&X=1`, headers, [url])],
    ['a parameter that was left out', rawRequest(body.replace('&NumMedia=0', ''), headers, [url])],
    ['the new algorithm without settings', rawRequest(body, twilioHeaders(form, secret, url, 'sha256'), [url])],
    ['an algorithm that nobody knows', rawRequest(body, { ...headers, 'x-twilio-webhooks-signature-settings': 'algorithm=none' }, [url])],
    ['no signature', rawRequest(body, {}, [url])],
    ['two signatures', rawRequest(body, { 'x-twilio-signature': [headers['x-twilio-signature'] as string, 'x'] }, [url])],
    ['the form as JSON', rawRequest(JSON.stringify(form), headers, [url])],
  ])('does not believe %s', async (_, request, key) => expect(await isSigned('twilio', request, key)).toBe(false));
});

describe('SendGrid', () => {
  const body = JSON.stringify(sample('sendgrid-events', 'mixed'));
  const headers = sendgridHeaders(body, now);
  const signature = 'x-twilio-email-event-webhook-signature';
  const time = 'x-twilio-email-event-webhook-timestamp';

  it('believes the vector of SendGrid’s own library', async () => {
    const documented = rawRequest('{"category":"example_payload","event":"test_event","message_id":"message_id"}', {
      [signature]: 'MEUCIQCtIHJeH93Y+qpYeWrySphQgpNGNr/U+UyUlBkU6n7RAwIgJTz2C+8a8xonZGi6BpSzoQsbVRamr2nlxFDWYNH2j/0=', [time]: '1588788367',
    });
    const key = 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEEDr2LjtURuePQzplybdC+u4CwrqDqBaWjcMMsTbhdbcwHBcepxo7yAQGhHPTnlvFYPAZFceEu/1FwCM/QmGUhA==';
    expect(await isSigned('sendgrid', documented, key, 1_588_788_367_000)).toBe(true);
    expect(await isSigned('sendgrid', documented, sendgridKey, 1_588_788_367_000)).toBe(false);
  });

  it('believes the key with and without its frame', async () => {
    expect(await isSigned('sendgrid', rawRequest(body, headers), sendgridKey)).toBe(true);
    expect(await isSigned('sendgrid', rawRequest(body, headers), `-----BEGIN PUBLIC KEY-----\n${sendgridKey}\n-----END PUBLIC KEY-----\n`)).toBe(true);
  });

  it.each<[string, RawRequest, number?, string?]>([
    ['a body with one bit changed', rawRequest(flipped(body), headers)],
    ['a body written anew', rawRequest(JSON.stringify(JSON.parse(body), null, 1), headers)],
    ['a time that was changed', rawRequest(body, { ...headers, [time]: String(now / 1_000 + 1) })],
    ['a replay after six minutes', rawRequest(body, headers), now + 6 * minutes],
    ['a time six minutes ahead', rawRequest(body, headers), now - 6 * minutes],
    ['no signature', rawRequest(body, { [time]: headers[time] as string })],
    ['no time', rawRequest(body, { [signature]: headers[signature] as string })],
    ['a signature that is no signature', rawRequest(body, { ...headers, [signature]: 'AAAA' })],
    ['the key itself as a shared secret', rawRequest(body, { ...headers, [signature]: createHmac('sha256', sendgridKey).update(`${headers[time]}${body}`).digest('base64') })],
    ['a key that is none', rawRequest(body, headers), now, secret],
  ])('does not believe %s', async (_, request, at, key) => expect(await isSigned('sendgrid', request, key ?? sendgridKey, at)).toBe(false));
});

describe('Mailgun', () => {
  const event = sample('mailgun-events', 'complained') as Record<string, unknown>;
  const bodyWith = (signature: unknown) => rawRequest(JSON.stringify({ ...event, signature }));
  const right = mailgunSignature(secret, now);

  it('believes what the signing key signed, and says for which one use', async () => {
    expect(await isSigned('mailgun', bodyWith(right))).toBe(true);
    expect(adapters.mailgun.signed?.onceFor?.(bodyWith(right))).toBe(right.token);
  });

  it.each<[string, RawRequest, number?, string?]>([
    ['another token', bodyWith({ ...right, token: flipped(right.token) })],
    ['another time', bodyWith({ ...right, timestamp: String(Number(right.timestamp) + 1) })],
    ['another secret', bodyWith(right), now, otherSecret],
    ['a replay after six minutes', bodyWith(right), now + 6 * minutes],
    ['no signature', bodyWith(undefined)],
    ['a time that runs into the token', bodyWith({ ...right, timestamp: right.timestamp + right.token.slice(0, 1), token: right.token.slice(1) })],
    ['signatures in an array', bodyWith({ ...right, signature: [right.signature] })],
    ['a body that is no JSON', rawRequest('signature')],
  ])('does not believe %s', async (_, request, at, key) => expect(await isSigned('mailgun', request, key, at)).toBe(false));
});

describe('Amazon SES through SNS', () => {
  const message = { ...(sample('ses-notifications', 'permanentBounce') as Record<string, unknown>), Timestamp: new Date(now).toISOString() };
  const right = signedSns(message);
  const requestOf = (value: Record<string, unknown>) => rawRequest(JSON.stringify(value), { 'content-type': 'text/plain; charset=UTF-8' });
  const elsewhere = (url: string) => requestOf(signedSns({ ...message, SigningCertURL: url }));

  it.each(['1', '2'] as const)('believes version %s of the signature, with a subject or without', async (version) => {
    expect(await isSigned('ses', requestOf(signedSns(message, version)), snsTopic)).toBe(true);
    expect(await isSigned('ses', requestOf(signedSns({ ...message, Subject: 'Amazon SES Email Event Notification' }, version)), snsTopic)).toBe(true);
  });

  it('takes a message that SNS sends for the last time after an hour, and none older', async () => {
    expect(await isSigned('ses', requestOf(right), snsTopic, now + 60 * minutes)).toBe(true);
    expect(await isSigned('ses', requestOf(right), snsTopic, now + 66 * minutes)).toBe(false);
    expect(await isSigned('ses', requestOf(right), snsTopic, now - 6 * minutes)).toBe(false);
  });

  it.each<[string, RawRequest]>([
    ['an event that was changed', requestOf({ ...right, Message: String(right['Message']).replace('jane', 'ann') })],
    ['a topic of somebody else', requestOf(signedSns({ ...message, TopicArn: 'arn:aws:sns:us-east-1:999999999999:ses-events' }))],
    ['a subject that was added', requestOf({ ...right, Subject: 'x' })],
    ['another type', requestOf({ ...right, Type: 'SubscriptionConfirmation' })],
    ['version 2 of the signature under version 1', requestOf({ ...signedSns(message, '2'), SignatureVersion: '1' })],
    ['a version that nobody knows', requestOf({ ...right, SignatureVersion: '3' })],
    ['a version of a prototype', requestOf({ ...right, SignatureVersion: 'constructor' })],
    ['no signature', requestOf({ ...right, Signature: undefined })],
    ['a certificate without encryption', elsewhere(snsCertificateUrl.replace('https', 'http'))],
    ['a certificate of another host', elsewhere('https://sns.us-east-1.amazonaws.com.example.com/SimpleNotificationService-1.pem')],
    ['a certificate of a bucket', elsewhere('https://sns.s3.amazonaws.com/SimpleNotificationService-1.pem')],
    ['a certificate behind a user', elsewhere('https://sns.us-east-1.amazonaws.com@example.com/SimpleNotificationService-1.pem')],
    ['a certificate at another port', elsewhere('https://sns.us-east-1.amazonaws.com:8443/SimpleNotificationService-1.pem')],
    ['a certificate of another region', elsewhere('https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem')],
    ['another file of Amazon', elsewhere('https://sns.us-east-1.amazonaws.com/?Action=Publish&x=/SimpleNotificationService-1.pem')],
    ['a way around', elsewhere('https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1/../x.pem')],
  ])('does not believe %s', async (_, request) => {
    const judging = judgingAt(now);
    expect(await isSigned('ses', request, snsTopic, now, judging)).toBe(false);
    expect(judging.asked.filter((url) => !/^https:\/\/sns\.us-east-1\.amazonaws\.com\/SimpleNotificationService-[A-Za-z0-9]+\.pem$/.test(url))).toEqual([]);
  });

  it('says yes to a subscription at Amazon only', async () => {
    const asking = { ...(sample('ses-notifications', 'confirmation') as Record<string, unknown>), Timestamp: new Date(now).toISOString() };
    const confirm = async (value: Record<string, unknown>) => {
      const judging = judgingAt(now);
      await adapters.ses.signed?.confirm?.(requestOf(value), judging);
      return judging.asked;
    };
    expect(await isSigned('ses', requestOf(signedSns(asking, '2')), snsTopic)).toBe(true);
    expect(await confirm(asking)).toEqual([asking['SubscribeURL' as never]]);
    expect(await confirm({ ...asking, SubscribeURL: 'https://example.com/?Action=ConfirmSubscription' })).toEqual([]);
    expect(await confirm({ ...asking, SubscribeURL: 'https://sns.us-east-1.amazonaws.com/?Action=DeleteTopic' })).toEqual([]);
    expect(await confirm({ ...asking, Type: 'UnsubscribeConfirmation' })).toEqual([]);
  });
});

describe('Telegram and Postmark', () => {
  const telegram = (headers: Record<string, string | string[]>) => isSigned('telegram', rawRequest('{}', headers));
  const postmark = (headers: Record<string, string | string[]>) => isSigned('postmark', rawRequest('{}', headers));
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

  it('believe whoever shows the secret', async () => {
    expect(await telegram({ 'X-Telegram-Bot-Api-Secret-Token': secret })).toBe(true);
    expect(await postmark(basic(`anybody:${secret}`))).toBe(true);
    expect(await postmark({ 'X-Webhook-Token': secret })).toBe(true);
  });

  it('believe nobody else', async () => {
    for (const given of [{}, { 'X-Telegram-Bot-Api-Secret-Token': flipped(secret) }, { 'X-Telegram-Bot-Api-Secret-Token': [secret, secret] }, { 'X-Telegram-Bot-Api-Secret-Token': '' }]) expect(await telegram(given)).toBe(false);
    for (const given of [{}, basic(`${secret}:`), basic(`anybody:${flipped(secret)}`), basic(''), { authorization: `Bearer ${secret}` }, { authorization: [basic(`anybody:${secret}`).authorization, 'Basic x'] }, { 'X-Webhook-Token': [secret, secret] }]) expect(await postmark(given)).toBe(false);
  });
});

describe('secrets', () => {
  it.each([
    ['whatsapp', secret, 'short'], ['twilio', secret, ''], ['telegram', secret, 'with spaces in it ........'], ['ses', snsTopic, 'arn:aws:sqs:us-east-1:123456789012:x'],
    ['sendgrid', sendgridKey, secret], ['mailgun', secret, 'ключ-ключ-ключ-ключ'], ['postmark', secret, 'letmein'],
  ] as const)('of %s are judged before they are kept', (provider, right, wrong) => {
    expect(adapters[provider].signed?.flawOf(right)).toBeNull();
    const flaw = adapters[provider].signed?.flawOf(wrong);
    expect(flaw).toMatch(/^Give /);
    if (wrong !== '') expect(flaw).not.toContain(wrong);
  });

  it('do not exist where a provider signs nothing', () => {
    expect(adapters.redbot.signed).toBeNull();
    expect(adapters.telegrambot.signed).toBeNull();
  });
});
