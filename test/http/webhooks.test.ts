import { Webhook as Oracle } from 'standardwebhooks';
import { limits } from '@quietlist/contract/limits';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';
import { startReceiver, type WebhookReceiver } from '../support/webhook-receiver.ts';

let service: TestService;
let receiver: WebhookReceiver;
let now = Date.now();
beforeEach(async () => {
  now = Date.now();
  receiver = await startReceiver();
  service = await startService({ clock: () => now });
});
afterEach(async () => {
  await service.stop();
  await receiver.close();
});

const call = (method: string, path: string, body?: unknown) => service.call(method, path, body);
const create = async (fields: object = {}) => (await call('POST', '/v1/webhooks', { url: receiver.url, ...fields })).body;
const optOut = (address: string, fields: object = {}) => call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address, ...fields }] });
const deliveriesOf = async (id: string, query = '') => (await call('GET', `/v1/webhooks/${id}/deliveries${query}`)).body.data;
const bodies = () => receiver.received.map(({ rawBody }) => JSON.parse(rawBody));

describe('a webhook', () => {
  it('shows its secret when it is created and when that is replaced, and never again', async () => {
    const created = await call('POST', '/v1/webhooks', { url: receiver.url, description: 'CRM', types: ['opt_out.added'] });
    expect([created.status, created.body]).toEqual([201, {
      id: expect.stringMatching(/^whk_/), url: receiver.url, description: 'CRM', types: ['opt_out.added'], lists: [], status: 'enabled', disabledReason: null, failingSince: null,
      createdAt: new Date(now).toISOString(), secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
    }]);
    const { secret, ...shown } = created.body;
    expect((await call('GET', `/v1/webhooks/${shown.id}`)).body).toEqual(shown);
    expect((await call('GET', '/v1/webhooks')).body).toEqual({ data: [shown], nextCursor: null });
    const rotated = (await call('POST', `/v1/webhooks/${shown.id}/rotate-secret`)).body;
    expect(rotated.secret).not.toBe(secret);
    expect(rotated.previousSecretUntil).toBe(new Date(now + limits.webhookSecretOverlapMs).toISOString());
  });

  it('is changed and deleted, and is not there for other workspaces', async () => {
    const { id } = await create();
    await call('POST', '/v1/lists', { name: 'News' });
    const { body } = await call('PATCH', `/v1/webhooks/${id}`, { lists: ['News'], types: ['block.added'], status: 'disabled' });
    expect([body.lists, body.types, body.status]).toEqual([[expect.stringMatching(/^lst_/)], ['block.added'], 'disabled']);
    expectProblem(await call('PATCH', `/v1/webhooks/${id}`, { lists: ['Nwes'] }), 'unknown-list');
    const theirs = await service.createKey('admin', { workspace: 'theirs' });
    for (const [method, path, request] of [['GET', ''], ['PATCH', '', { description: 'x' }], ['DELETE', ''], ['POST', '/rotate-secret'], ['POST', '/test'], ['GET', '/deliveries'], ['POST', '/replay', { since: '2026-01-01T00:00:00Z' }]] as const) {
      expectProblem(await service.call(method, `/v1/webhooks/${id}${path}`, request, { key: theirs }), 'not-found');
    }
    expect((await call('DELETE', `/v1/webhooks/${id}`)).status).toBe(200);
    expectProblem(await call('GET', `/v1/webhooks/${id}`), 'not-found');
  });

  it('is one of so many', async () => {
    for (let index = 0; index < limits.webhooksPerWorkspace; index += 1) await create();
    expectProblem(await call('POST', '/v1/webhooks', { url: receiver.url }), 'conflict');
  });

  it.each(['ftp://example.com', 'javascript:alert(1)', 'https://user:password@example.com/', 'https://', 'example.com', 'https://example.com/\u0000', 'https://exa\\mple.com', 'https://[::1', 'https://a b.example', 'https://example.com:99999'])('refuses %j for a URL', async (url) => {
    expectProblem(await call('POST', '/v1/webhooks', { url }), 'invalid-request');
  });
});

describe('a delivery', () => {
  it('brings an event that happened after the webhook was made, signed as Standard Webhooks has it', async () => {
    await optOut('+14155550101');
    const { id, secret } = await create();
    await optOut('+14155550102');
    const [request] = await receiver.count(1);
    const [event] = (await call('GET', '/v1/events?after=1')).body.data;
    expect(new Oracle(secret).verify(request?.rawBody ?? '', request?.headers as Record<string, string>)).toEqual({ type: 'opt_out.added', timestamp: event.timestamp, data: event.data });
    expect([request?.headers['content-type'], request?.headers['user-agent']]).toEqual(['application/json', 'Quietlist/0.0.0-test']);
    const [delivery] = await vi.waitFor(async () => {
      const rows = await deliveriesOf(id, '?status=delivered');
      expect(rows.length).toBe(1);
      return rows;
    });
    expect(delivery).toEqual({
      id: request?.headers['webhook-id'], webhook: id, list: null, event: event.id, type: 'opt_out.added', status: 'delivered', attempts: 1, nextAttemptAt: null,
      lastStatus: 204, lastError: null, createdAt: event.timestamp, deliveredAt: new Date(now).toISOString(),
    });
    expect(receiver.received.length).toBe(1);
  });

  it('goes to those who want it, once each', async () => {
    await call('POST', '/v1/lists', { name: 'News' });
    for (const [path, fields] of [['all', {}], ['blocks', { types: ['block.added'] }], ['news', { lists: ['News'] }]] as const) await create({ url: `${receiver.url}/${path}`, ...fields });
    await optOut('+14155550101');
    await optOut('+14155550102', { list: 'News' });
    await call('POST', '/v1/entries', { entries: [{ kind: 'block', address: '+14155550103' }] });
    await receiver.count(6);
    const got = receiver.received.map(({ path, rawBody }) => [path.replace('/hook/', ''), JSON.parse(rawBody).data.entry.address].join(' '));
    expect(got.sort()).toEqual(['all +14155550101', 'all +14155550102', 'all +14155550103', 'blocks +14155550103', 'news +14155550102', 'news +14155550103']);
  });

  it('carries signatures of the old and of the new secret for a day after the secret was replaced', async () => {
    const { id, secret } = await create();
    const rotated = (await call('POST', `/v1/webhooks/${id}/rotate-secret`)).body.secret;
    const verifies = (index: number, by: string): boolean => {
      const { rawBody, headers } = receiver.received[index] as WebhookReceiver['received'][number];
      const signatures = String(headers['webhook-signature']).split(' ');
      const oracle = new Oracle(by).sign(String(headers['webhook-id']), new Date(Number(headers['webhook-timestamp']) * 1_000), rawBody);
      return signatures.includes(oracle);
    };
    await optOut('+14155550101');
    await receiver.count(1);
    expect([verifies(0, secret), verifies(0, rotated)]).toEqual([true, true]);
    now += limits.webhookSecretOverlapMs;
    await optOut('+14155550102');
    await receiver.count(2);
    expect([verifies(1, secret), verifies(1, rotated)]).toEqual([false, true]);
  });

  it('is tried again with the same id and body and a new time, as long as the answer is not one of success', async () => {
    const { id } = await create();
    const statuses = [500, 302, 429, 201];
    receiver.answer = (response) => void response.writeHead(statuses.shift() ?? 204, { location: `${receiver.url}/elsewhere` }).end('{"secret":"of the receiver"}');
    await optOut('+14155550101');
    for (let tries = 1; tries <= 4; tries += 1) {
      await receiver.count(tries);
      await vi.waitFor(async () => expect((await deliveriesOf(id))[0]).toMatchObject({ attempts: tries, lastStatus: [500, 302, 429, 201][tries - 1] }));
      now += 3_600_000;
    }
    await vi.waitFor(async () => expect((await deliveriesOf(id))[0].status).toBe('delivered'));
    const [ids, texts, times] = [receiver.received.map(({ headers }) => headers['webhook-id']), receiver.received.map(({ rawBody }) => rawBody), receiver.received.map(({ headers }) => headers['webhook-timestamp'])];
    expect([new Set(ids).size, new Set(texts).size, new Set(times).size, receiver.received.every(({ path }) => path === '/hook')]).toEqual([1, 1, 4, true]);
    expect(JSON.stringify(await deliveriesOf(id))).not.toContain('of the receiver');
  });

  it('shows that a webhook fails, and forgives on the first success', async () => {
    const { id } = await create();
    receiver.answer = (response) => void response.writeHead(500).end();
    await optOut('+14155550101');
    await vi.waitFor(async () => expect((await call('GET', `/v1/webhooks/${id}`)).body.failingSince).toBe(new Date(now).toISOString()));
    receiver.answer = (response) => void response.writeHead(200).end();
    await optOut('+14155550102');
    await vi.waitFor(async () => expect((await call('GET', `/v1/webhooks/${id}`)).body.failingSince).toBeNull());
  });

  it('is not sent to a webhook that is disabled: it is parked with the reason, and sent when it is replayed', async () => {
    const { id } = await create();
    await call('PATCH', `/v1/webhooks/${id}`, { status: 'disabled' });
    await optOut('+14155550101');
    await vi.waitFor(async () => expect((await deliveriesOf(id, '?status=failed'))[0]).toMatchObject({ lastError: 'webhook_disabled', lastStatus: null, nextAttemptAt: null }));
    expect(receiver.received).toEqual([]);
    await call('PATCH', `/v1/webhooks/${id}`, { status: 'enabled' });
    expect((await call('POST', `/v1/webhooks/${id}/replay`, { since: new Date(now - 1_000).toISOString(), onlyFailed: true })).body).toEqual({ replayed: 1 });
    await receiver.count(1);
    expect((await call('POST', `/v1/webhooks/${id}/replay`, { since: new Date(now - 1_000).toISOString(), until: new Date(now - 500).toISOString() })).body).toEqual({ replayed: 0 });
    expectProblem(await call('POST', `/v1/webhooks/${id}/replay`, { since: '2026-02-30T00:00:00Z' }), 'invalid-request');
    expectProblem(await call('POST', `/v1/webhooks/${id}/replay`, { since: '2026-02-02T00:00:00Z', until: '2026-02-01T00:00:00Z' }), 'invalid-request');
  });

  it('of a test has a type that no event has, and reaches a disabled webhook, too', async () => {
    const { id } = await create({ types: ['block.added'] });
    await call('PATCH', `/v1/webhooks/${id}`, { status: 'disabled' });
    const { body } = await call('POST', `/v1/webhooks/${id}/test`);
    expect(body).toMatchObject({ webhook: id, type: 'webhook.test', status: 'pending' });
    const [request] = await receiver.count(1);
    expect([request?.headers['webhook-id'], bodies()[0]]).toEqual([body.id, { type: 'webhook.test', timestamp: new Date(now).toISOString(), data: { webhook: id, actor: expect.stringMatching(/^key_/) } }]);
  });

  it('leaves no trace of address, URL or secret in the log, whatever becomes of it', async () => {
    const { secret } = await create({ url: `${receiver.url}/token-of-the-receiver` });
    await create({ url: 'https://nobody-here.example/other-token' });
    await create({ url: 'http://10.0.0.1/other-token' });
    await call('PATCH', '/v1/lists/default', { webhookUrl: `${receiver.url}/token-of-the-list` });
    receiver.answer = (response) => void response.writeHead(500).end('told by the receiver');
    await optOut('+14155550101');
    await receiver.count(2);
    await vi.waitFor(async () => expect((await call('GET', '/metrics')).body).toContain('quietlist_webhook_deliveries_total{outcome="failed"} 4'));
    const log = service.logs.join('');
    for (const trace of ['4155550101', 'token', 'nobody-here', '10.0.0.1', secret.slice(8, 20), 'told by']) expect(log).not.toContain(trace);
  });

  it('stops when its webhook is deleted', async () => {
    const { id } = await create();
    receiver.answer = (response) => void response.writeHead(500).end();
    await optOut('+14155550101');
    await receiver.count(1);
    await call('DELETE', `/v1/webhooks/${id}`);
    const other = await create({ url: `${receiver.url}/other` });
    now += 24 * 3_600_000;
    await optOut('+14155550102');
    await receiver.count(2);
    expect([receiver.received.map(({ path }) => path), other.id === id]).toEqual([['/hook', '/hook/other'], false]);
  });
});

describe('the webhook URL of a list', () => {
  const listDeliveries = async (id: string, query = '') => (await call('GET', `/v1/lists/${id}/deliveries${query}`)).body.data;

  it('gets exactly what B6 has, of every opt-out from that list and of nothing else', async () => {
    const sender = (await call('POST', '/v1/senders', { name: 'Store', channel: 'whatsapp', channelId: 101 })).body;
    const list = (await call('POST', '/v1/lists', { name: 'Stop Automation Test', webhookUrl: receiver.url })).body;
    await optOut('+1962580010', { list: list.id, sender: sender.id });
    await call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', addresses: ['+14155550101', 'mainterrupt@gmail.com'], list: list.id }] });
    await call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: { kind: 'handle', channel: 'telegram', value: '123456789' }, channel: 'telegram', list: list.id }] });
    await optOut('+14155550102');
    await call('POST', '/v1/entries', { entries: [{ kind: 'block', address: '+14155550103' }] });
    await call('POST', '/v1/entries/remove', { kind: 'opt_out', addresses: ['+1962580010'], lists: [list.id], by: 'recipient' });
    await optOut('ann@example.com', { list: list.id });
    await receiver.count(5);
    const name = 'Stop Automation Test';
    expect(receiver.received.map(({ rawBody }) => rawBody).sort()).toEqual([
      `{"opt_list_name":"${name}","mobile":14155550101,"email":"mainterrupt@gmail.com","channel_id":null}`,
      `{"opt_list_name":"${name}","mobile":14155550101,"email":"mainterrupt@gmail.com","channel_id":null}`,
      `{"opt_list_name":"${name}","mobile":1962580010,"email":null,"channel_id":101}`,
      `{"opt_list_name":"${name}","mobile":null,"email":"ann@example.com","channel_id":null}`,
      `{"opt_list_name":"${name}","mobile":null,"email":null,"channel_id":null}`,
    ]);
    expect(Object.keys(receiver.received[0]?.headers ?? {}).filter((header) => header.startsWith('webhook-'))).toEqual([]);
    await vi.waitFor(async () => expect((await listDeliveries(list.id, '?status=delivered')).length).toBe(5));
    expect((await listDeliveries(list.id))[0]).toMatchObject({ webhook: null, list: list.id, type: 'opt_out.added', lastStatus: 204 });
  });

  it('is tried again and logged like every webhook, and stops when it is changed', async () => {
    receiver.answer = (response) => void response.writeHead(503).end();
    await call('PATCH', '/v1/lists/default', { webhookUrl: receiver.url });
    await optOut('+14155550101');
    await receiver.count(1);
    await vi.waitFor(async () => expect((await listDeliveries('default'))[0]).toMatchObject({ status: 'pending', attempts: 1, lastStatus: 503 }));
    now += 60_000;
    await receiver.count(2);
    await call('PATCH', '/v1/lists/default', { webhookUrl: `${receiver.url}/other` });
    now += 3_600_000;
    await vi.waitFor(async () => expect((await listDeliveries('default'))[0]).toMatchObject({ status: 'failed', lastError: 'url_changed' }));
    receiver.answer = (response) => void response.writeHead(200).end();
    await optOut('+14155550102');
    await receiver.count(3);
    expect(receiver.received.map(({ path }) => path)).toEqual(['/hook', '/hook', '/hook/other']);
  });

  it('is told nothing from before it was there', async () => {
    await optOut('+14155550101');
    await call('PATCH', '/v1/lists/default', { webhookUrl: receiver.url });
    await optOut('+14155550102');
    await receiver.count(1);
    await call('PATCH', '/v1/lists/default', { webhookUrl: null });
    await optOut('+14155550103');
    await call('PATCH', '/v1/lists/default', { webhookUrl: receiver.url });
    await optOut('+14155550104');
    await receiver.count(2);
    expect(bodies().map(({ mobile }) => mobile)).toEqual([14155550102, 14155550104]);
  });
});
