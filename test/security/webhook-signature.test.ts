import { createHmac, randomBytes } from 'node:crypto';
import { verifyWebhook, type WebhookToVerify } from '@quietlist/client/webhook-signature';
import { webhookSignature } from '@quietlist/contract/webhook-signature';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';

const hmacSha256 = (key: string, text: string): string => createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64');
const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

const secret = newSecret();
const now = Date.UTC(2026, 2, 3, 10, 15);
const seconds = (instant: number): string => String(Math.floor(instant / 1_000));
const rawBody = '{"type":"opt_out.added","timestamp":"2026-03-03T10:15:00.000Z","data":{"name":"Zoë 👩‍🚀","n":1.0}}';

const signed = (fields: { id?: string; timestamp?: string; body?: string; with?: string } = {}): Record<string, string> => {
  const [id, timestamp] = [fields.id ?? 'msg_1', fields.timestamp ?? seconds(now)];
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': webhookSignature(fields.with ?? secret, { id, timestamp, rawBody: fields.body ?? rawBody }, hmacSha256) };
};
const verify = (fields: Partial<WebhookToVerify> = {}) => verifyWebhook({ secret, headers: signed(), rawBody, now, hmacSha256, ...fields });

describe('a signature', () => {
  it('is the one that the library of Standard Webhooks makes', () => {
    for (const body of [rawBody, '', '{}', 'ü'.repeat(10_000)]) {
      const oracle = new Webhook(secret).sign('msg_1', new Date(now), body);
      expect(webhookSignature(secret, { id: 'msg_1', timestamp: seconds(now), rawBody: body }, hmacSha256)).toBe(oracle);
      expect(verify({ headers: { ...signed(), 'webhook-signature': oracle }, rawBody: body }).isValid).toBe(true);
    }
  });

  it('is taken by that library', () => {
    const at = Date.now();
    const headers = signed({ timestamp: seconds(at) });
    expect(() => new Webhook(secret).verify(rawBody, headers)).not.toThrow();
    expect(() => new Webhook(newSecret()).verify(rawBody, headers)).toThrow();
  });

  it('proves a delivery, which says its id and when it was sent', () => {
    expect(verify()).toEqual({ isValid: true, id: 'msg_1', timestamp: now });
  });

  it('is found among several, as while a secret is being replaced', () => {
    const [own, other] = [signed()['webhook-signature'], signed({ with: newSecret() })['webhook-signature']];
    for (const signatures of [`${own} ${other}`, `${other} ${own}`, `v1a,xyz ${other} ${own}`]) {
      expect(verify({ headers: { ...signed(), 'webhook-signature': signatures } }).isValid).toBe(true);
    }
  });

  it('holds for five minutes before and after, and no longer', () => {
    const at = (offsetMs: number) => verify({ now: now + offsetMs });
    const refusals = [5 * 60_000, -5 * 60_000, 6 * 60_000, -6 * 60_000].map((offset) => at(offset)).map((answer) => (answer.isValid ? null : answer.refusal));
    expect(refusals).toEqual([null, null, 'too_old', 'too_new']);
  });
});

describe('a forgery', () => {
  const own = signed();
  const signature = own['webhook-signature'] as string;
  const header = (fields: Record<string, string | string[] | undefined>): Partial<WebhookToVerify> => ({ headers: { ...own, ...fields } });

  it.each<[string, Partial<WebhookToVerify>]>([
    ['without a signature', header({ 'webhook-signature': undefined })],
    ['with an empty signature', header({ 'webhook-signature': '' })],
    ['without an id', header({ 'webhook-id': undefined })],
    ['without a timestamp', header({ 'webhook-timestamp': undefined })],
    ['with another id', header({ 'webhook-id': 'msg_2' })],
    ['with another timestamp', header({ 'webhook-timestamp': seconds(now + 1_000) })],
    ['replayed six minutes later', { now: now + 6 * 60_000 }],
    ['replayed later under a new timestamp', { now: now + 3_600_000, ...header({ 'webhook-timestamp': seconds(now + 3_600_000) }) }],
    ['from the future', { now: now - 6 * 60_000 }],
    ['with a timestamp that is no number', header({ 'webhook-timestamp': 'now' })],
    ['with a timestamp in milliseconds', header({ 'webhook-timestamp': String(now) })],
    ['with a negative timestamp', header({ 'webhook-timestamp': '-1' })],
    ['with a timestamp in another notation', header({ 'webhook-timestamp': '1e9' })],
    ['of which the body was parsed and written again', { rawBody: JSON.stringify(JSON.parse(rawBody)) }],
    ['with a byte more', { rawBody: `${rawBody} ` }],
    ['with another body', { rawBody: rawBody.replace('added', 'removed') }],
    ['signed with another secret', { headers: signed({ with: newSecret() }) }],
    ['signed with an empty key', { headers: signed({ with: 'whsec_' }) }],
    ['that names another algorithm', header({ 'webhook-signature': signature.replace('v1,', 'v2,') })],
    ['that names none', header({ 'webhook-signature': signature.replace('v1,', '') })],
    ['that asks for no algorithm', header({ 'webhook-signature': 'none,' })],
    ['with a signature cut short', header({ 'webhook-signature': signature.slice(0, -4) })],
    ['with a signature in hex', header({ 'webhook-signature': `v1,${Buffer.from(signature.slice(3), 'base64').toString('hex')}` })],
    ['with a signature twice in one header', header({ 'webhook-signature': [signature, signature] })],
    ['whose id and body are divided elsewhere', { headers: { ...signed({ id: 'msg' }), 'webhook-id': 'msg.' } }],
    ['where the receiver knows no secret', { secret: '', headers: signed({ with: '' }) }],
    ['where the secret has no key', { secret: 'whsec_', headers: signed({ with: 'whsec_' }) }],
  ])('%s is refused', (_what, fields) => {
    expect(verify(fields).isValid).toBe(false);
  });
});
