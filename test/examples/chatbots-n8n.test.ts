import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runWorkflow, type WorkflowJson } from '../support/n8n-engine.ts';
import { exampleNodes, sendingNodes, type Sent } from '../support/n8n-example-nodes.ts';
import { freshPhone } from '../support/numbers.ts';
import { startService, type TestService } from '../support/service.ts';

const workflow = (name: string): WorkflowJson => JSON.parse(readFileSync(new URL(`../../examples/n8n/${name}.json`, import.meta.url), 'utf8')) as WorkflowJson;

describe('the example workflows of n8n', () => {
  let service: TestService;
  let apiKey: string;
  let sent: Sent[];
  beforeAll(async () => {
    service = await startService();
    apiKey = await service.createKey('agent');
    await service.call('PATCH', '/v1/lists/default', { confirmationMessage: 'You will hear no more from us.', languages: ['en', 'pt'] });
    await service.call('POST', '/v1/rules', { trigger: 'button', text: 'Stop promotions', action: 'opt_out' });
  });
  afterAll(() => service.stop());
  beforeEach(() => {
    sent = [];
  });

  const run = async (name: string, start: string, items: object[], baseUrl = service.baseUrl) => {
    const options = { credentials: { quietlistApi: { baseUrl, apiKey } }, nodeTypes: { ...exampleNodes, ...sendingNodes(sent) }, start };
    return runWorkflow(workflow(name), { ...options, input: items.map((json) => ({ json: json as never })) });
  };
  const decision = async (address: string, scope: object = {}) => (await service.call('POST', '/v1/checks', { recipients: [address], ...scope })).body.decisions[0].decision;
  const block = (address: string) => service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address }] });

  describe('the WhatsApp chatbot', () => {
    const message = (phone: string, said: object) => ({
      messaging_product: 'whatsapp', metadata: { phone_number_id: '1055' }, field: 'messages', contacts: [{ wa_id: phone.slice(1) }], messages: [{ from: phone.slice(1), id: `wamid.${phone}.${JSON.stringify(said)}`, ...said }],
    });
    const receive = (items: object[], baseUrl?: string) => run('whatsapp-chatbot', 'WhatsApp Trigger', items, baseUrl);

    it('confirms a STOP and a button once, answers ordinary messages, and nobody who is blocked', async () => {
      const [stops, taps, asks, blocked] = [freshPhone(), freshPhone(), freshPhone(), freshPhone()];
      await block(blocked);
      const { error } = await receive([
        message(stops, { type: 'text', text: { body: 'Parar' } }),
        message(taps, { type: 'button', button: { text: 'Stop promotions', payload: 'p' } }),
        message(asks, { type: 'text', text: { body: 'Hi' } }),
        message(blocked, { type: 'text', text: { body: 'Hi' } }),
        { messaging_product: 'whatsapp', metadata: { phone_number_id: '1055' }, field: 'messages', statuses: [{ id: 'wamid.1', status: 'failed' }] },
      ]);
      expect(error).toBeUndefined();
      expect(sent).toEqual([
        { node: 'Send Reply', phoneNumberId: '1055', recipientPhoneNumber: stops.slice(1), textBody: 'You will hear no more from us.' },
        { node: 'Send Reply', phoneNumberId: '1055', recipientPhoneNumber: taps.slice(1), textBody: 'You will hear no more from us.' },
        { node: 'Send Answer', phoneNumberId: '1055', recipientPhoneNumber: asks.slice(1), textBody: 'You wrote: Hi' },
      ]);
      expect([await decision(stops), await decision(taps), await decision(asks)]).toEqual(['suppress', 'suppress', 'allow']);
      sent.length = 0;
      await receive([message(stops, { type: 'text', text: { body: 'stop!' } })]);
      expect(sent).toEqual([]);
    });

    it('says nothing to anybody while the service cannot be reached', async () => {
      const { error } = await receive([message(freshPhone(), { type: 'text', text: { body: 'Hi' } })], 'http://127.0.0.1:9');
      expect(error?.message).toBe('The service cannot be reached.');
      expect(sent).toEqual([]);
    });
  });

  describe('the Twilio SMS bot', () => {
    const message = (phone: string, body: string) => ({ type: 'com.twilio.messaging.inbound-message.received', data: { messageSid: `SM${phone}${body}`, from: phone, to: '+15550100', body } });

    it('confirms a STOP, lets a START undo it, and answers the others', async () => {
      const [stops, asks] = [freshPhone(), freshPhone()];
      const { error } = await run('twilio-sms-bot', 'Twilio Trigger', [message(stops, 'STOP'), message(asks, 'Where is my order?')]);
      expect(error).toBeUndefined();
      expect(sent).toEqual([
        { node: 'Send Reply', from: '+15550100', to: stops, message: 'You will hear no more from us.' },
        { node: 'Send Answer', from: '+15550100', to: asks, message: 'You wrote: Where is my order?' },
      ]);
      expect(await decision(stops)).toBe('suppress');
      await run('twilio-sms-bot', 'Twilio Trigger', [message(stops, 'START')]);
      expect(await decision(stops)).toBe('allow');
    });
  });

  describe('the e-mail campaign', () => {
    it('sends to those who are clear, each with a link and headers of their own that opt them out', async () => {
      await block('grace@example.com');
      const { error, items } = await run('email-campaign', 'When clicking ‘Execute workflow’', [{}]);
      expect(error).toBeUndefined();
      expect(items('Held Back').map(({ json }) => json)).toEqual([{ email: 'grace@example.com', result: 'Blacklisted', why: expect.any(String) }]);
      expect(sent).toEqual([expect.objectContaining({ toEmail: 'ada@example.com', headers: { 'List-Unsubscribe': expect.stringMatching(/^<http.*\/u\/.*>$/), 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', 'List-Id': expect.any(String) } })]);
      const url = /^<([^>]+)>/.exec(String((sent[0]!.headers as Record<string, string>)['List-Unsubscribe']))![1]!;
      expect(sent[0]!.contentValue).toContain(`<a href="${url}">`);
      await fetch(new URL(new URL(url).pathname, service.baseUrl), { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
      sent.length = 0;
      await run('email-campaign', 'When clicking ‘Execute workflow’', [{}]);
      expect(sent).toEqual([]);
    });
  });

  describe('the provider that says blocked', () => {
    it('opts out whom Twilio or WhatsApp refuses for that reason, and nobody else', async () => {
      const [refused, unreachable, stopped, failed] = [freshPhone(), freshPhone(), freshPhone(), freshPhone()];
      const twilio = (To: string, ErrorCode: string) => ({ headers: {}, body: { MessageSid: 'SM1', MessageStatus: 'undelivered', From: '+15550100', To, ErrorCode } });
      await run('provider-says-blocked', 'Twilio Status', [twilio(refused, '21610'), twilio(unreachable, '30003'), { headers: {}, body: { MessageStatus: 'delivered', To: unreachable } }]);
      const whatsApp = (phone: string, code: number) => ({ messaging_product: 'whatsapp', metadata: {}, field: 'messages', statuses: [{ id: 'wamid.1', status: 'failed', recipient_id: phone.slice(1), errors: [{ code }] }] });
      const { error } = await run('provider-says-blocked', 'WhatsApp Trigger', [whatsApp(stopped, 131050), whatsApp(failed, 131026)]);
      expect(error).toBeUndefined();
      expect(await Promise.all([refused, unreachable, stopped, failed].map((phone) => decision(phone, { channel: phone === stopped ? 'whatsapp' : 'sms' })))).toEqual(['suppress', 'allow', 'suppress', 'allow']);
      const { body } = await service.call('GET', `/v1/entries?text=${encodeURIComponent(refused)}`);
      expect(body.data[0]).toMatchObject({ kind: 'opt_out', channel: 'sms', source: 'provider', by: 'recipient', note: 'Twilio refused the message (21610).' });
    });
  });
});
