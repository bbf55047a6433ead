import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freshPhone } from '../support/numbers.ts';
import { startTriggerHost, type TriggerHost } from '../support/n8n-trigger.ts';
import { startService, type TestService } from '../support/service.ts';

const entry = {
  id: 'ent_1', kind: 'opt_out', address: '+14155550101', addressKind: 'phone', key: 'phone:14155550101', unverified: false, channel: null, sender: null, senderName: null, list: 'default', listName: 'Default',
  purpose: 'all', direction: 'outbound', reason: 'opt_out', note: null, source: 'opt_out', evidence: {}, by: 'recipient', batch: null, createdAt: '2026-03-03T00:00:00.000Z', expiresAt: null, status: 'active',
};
const event = { type: 'opt_out.added', timestamp: '2026-03-03T00:00:00.000Z', data: { entry, actor: 'key_1', reason: null, batch: null } };
const seconds = (ago = 0): string => String(Math.floor(Date.now() / 1_000) - ago);

describe('Quietlist Trigger', () => {
  let service: TestService;
  let host: TriggerHost;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());
  const credentials = (apiKey = service.adminKey, baseUrl = service.baseUrl) => ({ credentials: { quietlistApi: { baseUrl, apiKey } } });
  const webhooks = async () => (await service.call('GET', '/v1/webhooks')).body.data as Array<{ id: string; url: string; types: string[]; lists: string[]; status: string; description: string }>;
  const registration = () => Object.values(host.saved)[0] as { webhookId?: string; secret?: string; seen?: unknown[] } | undefined;

  beforeEach(async () => {
    host = await startTriggerHost(credentials(), { events: ['opt_out.added', 'block.added'] });
    return async () => {
      await host.close();
      for (const { id } of await webhooks()) await service.call('DELETE', `/v1/webhooks/${id}`);
    };
  });

  describe('being switched on and off', () => {
    it('registers a webhook of its own with a secret of its own, and takes it away again', async () => {
      expect(await host.activate()).toBe(true);
      expect(await webhooks()).toMatchObject([{ url: host.url, types: ['opt_out.added', 'block.added'], lists: [], status: 'enabled', description: expect.stringContaining('Tell the CRM') }]);
      expect(registration()).toMatchObject({ webhookId: (await webhooks())[0]!.id, secret: expect.stringMatching(/^whsec_/) });
      await host.deactivate();
      expect(await webhooks()).toEqual([]);
      expect(registration()).toEqual({});
    });

    it('keeps what it has when n8n starts again', async () => {
      await host.activate();
      const before = registration();
      expect(await host.activate()).toBe(false);
      expect(await webhooks()).toHaveLength(1);
      expect(registration()).toEqual(before);
    });

    it('registers anew when its events or lists were changed, and leaves nothing behind', async () => {
      await host.activate();
      const { body: list } = await service.call('POST', '/v1/lists', { name: 'Offers' });
      for (const parameters of [{ events: ['review.needed'] }, { events: ['review.needed'], options: { lists: [list.id] } }]) {
        host.parameters = parameters;
        expect(await host.activate()).toBe(true);
        expect(await webhooks()).toMatchObject([{ types: parameters.events, lists: parameters.options?.lists ?? [] }]);
      }
    });

    it('registers anew when somebody deleted its webhook, disabled it, or n8n lost its secret', async () => {
      await host.activate();
      await service.call('DELETE', `/v1/webhooks/${(await webhooks())[0]!.id}`);
      expect(await host.activate()).toBe(true);
      await service.call('PATCH', `/v1/webhooks/${(await webhooks())[0]!.id}`, { status: 'disabled' });
      expect(await host.activate()).toBe(true);
      host.saved = {};
      expect(await host.activate()).toBe(true);
      expect(await webhooks()).toMatchObject([{ status: 'enabled', url: host.url }]);
    });

    it('is switched off in peace when its webhook is gone already', async () => {
      await host.activate();
      await service.call('DELETE', `/v1/webhooks/${(await webhooks())[0]!.id}`);
      await host.deactivate();
      expect(registration()).toEqual({});
    });

    it('leaves the webhook of the active workflow alone while somebody tries it out in the editor', async () => {
      await host.activate();
      const before = registration();
      const stop = await host.listenForTest();
      expect((await webhooks()).map(({ url }) => url).sort()).toEqual([host.url, host.url.replace('/webhook/', '/webhook-test/')].sort());
      await stop();
      expect((await webhooks()).map(({ url }) => url)).toEqual([host.url]);
      expect(registration()).toEqual(before);
    });

    it('does not swallow a failure: it says what happened and what to do', async () => {
      const agent = await startTriggerHost(credentials(await service.createKey('manager')), { events: ['opt_out.added'] });
      await expect(agent.activate()).rejects.toMatchObject({ name: 'NodeApiError', message: 'The trigger needs an API key of role admin.', description: expect.stringContaining('quietlist key create'), httpCode: '403' });
      await agent.close();
      const away = await startTriggerHost(credentials(service.adminKey, 'http://127.0.0.1:1'), { events: ['opt_out.added'] });
      away.saved = { 'node:Quietlist Trigger': { webhookId: 'whk_1', secret: 'whsec_x' } };
      await expect(away.activate()).rejects.toMatchObject({ message: 'The service cannot be reached.' });
      await expect(away.deactivate()).rejects.toMatchObject({ message: expect.stringContaining('The service cannot be reached.') });
      expect(away.saved).toEqual({ 'node:Quietlist Trigger': { webhookId: 'whk_1', secret: 'whsec_x' } });
      await away.close();
    });

    it('is not switched on without an event to wait for', async () => {
      host.parameters = { events: '={{ [] }}' };
      await expect(host.activate()).rejects.toThrow('names no event');
      expect(await webhooks()).toEqual([]);
    });
  });

  describe('receiving', () => {
    let secret: string;
    beforeEach(async () => {
      await host.activate();
      secret = registration()!.secret!;
    });

    const sign = (id: string, timestamp: string, body: string, key = secret): string =>
      `v1,${createHmac('sha256', Buffer.from(key.replace('whsec_', ''), 'base64')).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
    const send = async (body: string, headers: Record<string, string>) => (await fetch(host.url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })).status;
    const signed = (body: string, id = 'msg_1', timestamp = seconds()) => ({ 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': sign(id, timestamp, body) });

    it('starts the workflow with the entry and what happened to it', async () => {
      const body = JSON.stringify(event);
      expect(await send(body, signed(body))).toBe(200);
      expect(host.executions).toEqual([[{ json: { ...entry, type: 'opt_out.added', event: 'Opted out', timestamp: event.timestamp, actor: 'key_1' } }]]);
    });

    it('hands over everything as it came where that is wanted', async () => {
      host.parameters = { ...host.parameters, simplify: false };
      const body = JSON.stringify(event);
      await send(body, signed(body));
      expect(host.executions).toEqual([[{ json: { webhookId: 'msg_1', ...event } }]]);
    });

    it('starts once for a delivery that is tried again, also after a restart of n8n, and for another of the same content', async () => {
      const body = JSON.stringify(event);
      for (const id of ['msg_1', 'msg_1', 'msg_2', 'msg_1']) expect(await send(body, signed(body, id))).toBe(200);
      expect(host.executions).toHaveLength(2);
    });

    it('remembers a day and no more than a thousand deliveries', async () => {
      const day = 24 * 60 * 60 * 1000;
      const kept = { ...registration(), seen: [['old', Date.now() - day - 1], ...Array.from({ length: 1_000 }, (_, index) => [`msg_old_${index}`, Date.now()])] };
      host.saved = { 'node:Quietlist Trigger': kept };
      const body = JSON.stringify(event);
      await send(body, signed(body, 'old'));
      expect(host.executions).toHaveLength(1);
      expect(registration()!.seen).toHaveLength(1_000);
      await send(body, signed(body, 'msg_old_999'));
      expect(host.executions).toHaveLength(1);
    });

    it.each<[string, (body: string) => [string, Record<string, string>]]>([
      ['without a signature', (body) => [body, {}]],
      ['with the signature of another secret', (body) => [body, { ...signed(body), 'webhook-signature': sign('msg_1', seconds(), body, `whsec_${Buffer.alloc(32).toString('base64')}`) }]],
      ['with the signature of no secret', (body) => [body, { ...signed(body), 'webhook-signature': sign('msg_1', seconds(), body, '') }]],
      ['with another body', (body) => [body.replace('0101', '0102'), signed(body)]],
      ['re-serialised', (body) => [JSON.stringify(JSON.parse(body), null, 1), signed(body)]],
      ['with a space behind it', (body) => [`${body} `, signed(body)]],
      ['with another id', (body) => [body, { ...signed(body), 'webhook-id': 'msg_2' }]],
      ['with another time', (body) => [body, { ...signed(body, 'msg_1', seconds(10)), 'webhook-timestamp': seconds() }]],
      ['recorded six minutes ago', (body) => [body, signed(body, 'msg_1', seconds(6 * 60))]],
      ['from six minutes ahead', (body) => [body, signed(body, 'msg_1', seconds(-6 * 60))]],
      ['with an algorithm of the sender’s choice', (body) => [body, { ...signed(body), 'webhook-signature': sign('msg_1', seconds(), body).replace('v1,', 'v1a,') }]],
      ['with an empty signature', (body) => [body, { ...signed(body), 'webhook-signature': 'v1,' }]],
      ['with nothing in it', () => ['', signed('x')]],
    ])('refuses a delivery %s, and starts nothing', async (_, forge) => {
      expect(await send(...forge(JSON.stringify(event)))).toBe(401);
      expect(host.executions).toEqual([]);
      expect(registration()!.seen).toBeUndefined();
    });

    it('takes one of two signatures, which are sent while a secret is replaced', async () => {
      const body = JSON.stringify(event);
      const headers = signed(body);
      expect(await send(body, { ...headers, 'webhook-signature': `v1,AAAA ${headers['webhook-signature']}` })).toBe(200);
      expect(host.executions).toHaveLength(1);
    });

    it('refuses everything once it is switched off', async () => {
      const body = JSON.stringify(event);
      const headers = signed(body);
      await host.deactivate();
      expect(await send(body, headers)).toBe(401);
      const unsigned = { 'webhook-id': 'msg_1', 'webhook-timestamp': seconds(), 'webhook-signature': sign('msg_1', seconds(), body, '') };
      expect(await send(body, unsigned)).toBe(401);
      expect(host.executions).toEqual([]);
    });

    it('refuses what is signed but no event', async () => {
      for (const body of ['[]', 'null', '"x"', '{"type":1}', 'no json']) expect(await send(body, signed(body))).toBe(400);
      expect(host.executions).toEqual([]);
    });
  });

  describe('what the service itself sends', () => {
    const optOut = (address: string, fields: object = {}) => service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address, ...fields }] });
    const started = async (times: number) => {
      await host.answered(times);
      return host.executions.map(([item]) => item!.json);
    };

    it('starts the workflow with who opted out, was blocked or waits for a decision', async () => {
      host.parameters = { events: ['opt_out.added', 'block.added', 'review.needed', 'review.decided', 'opt_out.removed'] };
      await host.activate();
      const [first, second, third] = [freshPhone(), freshPhone(), freshPhone()];
      await optOut(first, { by: 'recipient' });
      await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: second, reason: 'abuse' }] });
      const { body: answer } = await service.call('POST', '/v1/inbound', { address: third, channel: 'sms', text: 'Please take me off this list, I did not sign up' });
      expect(await started(4)).toEqual(expect.arrayContaining([
        expect.objectContaining({ type: 'opt_out.added', event: 'Opted out', kind: 'opt_out', address: first, by: 'recipient', list: 'default', id: expect.stringMatching(/^ent_/), timestamp: expect.any(String) }),
        expect.objectContaining({ type: 'block.added', event: 'Blocked', kind: 'block', address: second, reason: 'abuse' }),
        expect.objectContaining({ type: 'review.needed', event: 'Review needed', id: answer.review, text: expect.any(String), dueAt: expect.any(String) }),
      ]));
      expect(new Set(host.answers)).toEqual(new Set([200]));
      await host.deactivate();
      await optOut(freshPhone());
      expect(host.answers).toHaveLength(4);
    });

    it('starts it only for the chosen lists', async () => {
      const { body: list } = await service.call('POST', '/v1/lists', { name: `Only ${freshPhone()}` });
      host.parameters = { events: ['opt_out.added'], options: { lists: [list.id] } };
      await host.activate();
      await optOut(freshPhone());
      const wanted = freshPhone();
      await optOut(wanted, { list: list.id });
      expect(await started(1)).toEqual([expect.objectContaining({ address: wanted, list: list.id })]);
    });

    it('goes on with the secret that it knows while somebody replaces it', async () => {
      await host.activate();
      await service.call('POST', `/v1/webhooks/${registration()!.webhookId}/rotate-secret`);
      const phone = freshPhone();
      await optOut(phone);
      expect(await started(1)).toEqual([expect.objectContaining({ address: phone })]);
    });

    it('takes a test of the webhook, and starts nothing for it', async () => {
      await host.activate();
      await service.call('POST', `/v1/webhooks/${registration()!.webhookId}/test`);
      await host.answered(1);
      expect(host.answers).toEqual([200]);
      expect(host.executions).toEqual([]);
    });
  });
});
