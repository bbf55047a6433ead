import { createSign, generateKeyPairSync, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Judging, RawRequest } from '../../server/src/providers/provider.ts';

/** A request as the HTTP layer hands it to an adapter. A header given as an array came several times. */
export function rawRequest(body: string | Buffer, headers: Record<string, string | string[]> = {}, urls = ['https://quietlist.example.com/v1/inbound/x/cnn_1']): RawRequest {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    urls,
    // Of this one Node keeps the first and says nothing of the others.
    headers: Object.fromEntries(lower.map(([name, value]) => [name, !Array.isArray(value) ? value : name === 'authorization' ? (value[0] as string) : value.join(', ')])),
    headerCount: (name) => lower.filter(([other]) => other === name).reduce((count, [, value]) => count + (Array.isArray(value) ? value.length : 1), 0),
    body: Buffer.from(body),
  };
}

const sns = (name: string): string => readFileSync(new URL(`./fixtures/providers/sns/${name}.pem`, import.meta.url), 'utf8');
export const snsCertificate = sns('test-certificate');
const snsKey = sns('test-key');
export const snsTopic = 'arn:aws:sns:us-east-1:123456789012:ses-events';
export const snsCertificateUrl = 'https://sns.us-east-1.amazonaws.com/SimpleNotificationService-f3ecfb7224c7233fe7bb5f59f96de52f.pem';

/** Signs an SNS message as Amazon does, with a key of this test's own. */
export function signedSns(message: Record<string, unknown>, version: '1' | '2' = '1'): Record<string, unknown> {
  const names = message['Type'] === 'Notification' ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  const text = names.filter((name) => message[name] !== undefined).map((name) => `${name}\n${String(message[name])}\n`).join('');
  return { ...message, SignatureVersion: version, Signature: createSign(version === '1' ? 'RSA-SHA1' : 'RSA-SHA256').update(text).sign(snsKey, 'base64') };
}

/** Serves the certificate where Amazon would, and remembers what was asked for. */
export function judgingAt(now: number): Judging & { asked: string[] } {
  const asked: string[] = [];
  return { now, asked, fetchText: async (url) => (asked.push(url), url.endsWith('.pem') ? snsCertificate : '<ConfirmSubscriptionResponse/>') };
}

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
export const sendgridKey = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');

export function sendgridHeaders(body: string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1_000));
  return {
    'x-twilio-email-event-webhook-timestamp': timestamp,
    'x-twilio-email-event-webhook-signature': createSign('sha256').update(timestamp + body).sign(privateKey, 'base64'),
  };
}

export const whatsappHeaders = (body: string | Buffer, secret: string): Record<string, string> => ({ 'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` });

/** Signs a form as Twilio does: the URL, then each parameter in the order of its name. */
export function twilioHeaders(form: Record<string, string>, secret: string, url: string, algorithm: 'sha1' | 'sha256' = 'sha1'): Record<string, string> {
  const text = url + Object.keys(form).sort().map((name) => name + form[name]).join('');
  return { 'x-twilio-signature': createHmac(algorithm, secret).update(text).digest('base64') };
}

export function mailgunSignature(secret: string, now: number, token = 'a8ce0edb2dd8301dee6c2405235584e45aa91d1e9f979f3de0'): { timestamp: string; token: string; signature: string } {
  const timestamp = String(Math.floor(now / 1_000));
  return { timestamp, token, signature: createHmac('sha256', secret).update(timestamp + token).digest('hex') };
}
