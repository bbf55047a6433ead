import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { freshPhone } from '../support/numbers.ts';
import { n8nSuite } from '../support/n8n-suite.ts';
import { quietlistType } from '../support/n8n-engine.ts';

const optedOut = { action: 'opted_out', handled: true, entries: ['ent_1'], reply: null, review: null, matched: null, explanation: 'The person opted out.', unverified: false, wasSeen: false, dryRun: false };
const defined = { messageMode: 'fields', contact: '={{ $json.phone }}', messageChannel: 'sms', text: '={{ $json.text }}' };

describe('Handle Inbound in n8n', () => {
  const suite = n8nSuite();
  const handle = (parameters: Record<string, unknown>, input: Array<Record<string, unknown>>, node = {}) => suite.run('message', 'handleInbound', parameters, input, node);
  const outputs = (run: Awaited<ReturnType<typeof handle>>) => [0, 1, 2].map((output) => run.output(output).map(({ json }) => json.n));
  const decision = async (phone: string) => (await suite.service.call('POST', '/v1/checks', { recipients: [phone] })).body.decisions[0];

  it('opts out who says so, keeps a blocked person from the bot, and lets everybody else’s message go on', async () => {
    const [stops, blocked, asks] = [freshPhone(), freshPhone(), freshPhone()];
    await suite.service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: blocked }] });
    const run = await handle(defined, [{ n: 1, phone: stops, text: 'STOP' }, { n: 2, phone: blocked, text: 'Hello' }, { n: 3, phone: asks, text: 'Where is my order?' }]);
    expect(run.error).toBeUndefined();
    expect(outputs(run)).toEqual([[1], [2], [3]]);
    expect(run.output(0)[0]!.json).toMatchObject({ phone: stops, quietlist: { action: 'opted_out', handled: true, entries: [expect.stringMatching(/^ent_/)], explanation: expect.any(String) } });
    expect(run.output(1)[0]!.json.quietlist).toMatchObject({ action: 'blocked' });
    expect(run.output(2)[0]!.json).toMatchObject({ text: 'Where is my order?', quietlist: { action: 'none', handled: false } });
    expect(run.items('Quietlist', 2)[0]!.pairedItem).toEqual({ item: 2 });
    expect(await decision(stops)).toMatchObject({ decision: 'suppress', code: 'optout_number' });
    const [entry] = await suite.entriesOf(stops);
    expect(entry).toMatchObject({ evidence: { node: 'Quietlist', workflow: 'wf-test', text: 'STOP' } });
  });

  it('hands over the reply to send, once', async () => {
    const list = await suite.service.call('POST', '/v1/lists', { name: 'Offers', keyword: 'NO OFFERS', confirmationMessage: 'No more offers.' });
    expect(list.status).toBe(201);
    const phone = freshPhone();
    const run = await handle(defined, [{ phone, text: 'no offers' }]);
    expect(run.output(0)[0]!.json.quietlist).toMatchObject({ action: 'opted_out', reply: { text: 'No more offers.', list: list.body.id } });
    const again = await handle(defined, [{ phone, text: 'no offers' }]);
    expect(again.output(0)[0]!.json.quietlist).toMatchObject({ reply: null });
  });

  it('reads a button before the text, and everything that its options say', async () => {
    await suite.service.call('POST', '/v1/senders', { name: 'Shop', channel: 'whatsapp' });
    const rule = await suite.service.call('POST', '/v1/rules', { trigger: 'button', text: 'No thanks', action: 'opt_out' });
    expect(rule.status, JSON.stringify(rule.body)).toBe(201);
    const run = await handle(
      { ...defined, messageChannel: 'WhatsApp', text: '', buttonText: 'No thanks', buttonPayload: 'p1', messageId: 'wamid.1', options: { sender: 'Shop', purpose: 'marketing', inFlow: true, digits: 'international' } },
      [{ phone: freshPhone() }],
    );
    expect(run.output(0)[0]!.json.quietlist).toMatchObject({ action: 'opted_out', matched: { by: 'button' } });
    expect(suite.proxy.requests[0]!.body).toMatchObject({
      channel: 'whatsapp', button: { text: 'No thanks', payload: 'p1' }, messageId: 'wamid.1', sender: 'Shop', inReplyTo: { purpose: 'marketing' }, inFlow: true, addressOptions: { digits: 'international' },
    });
  });

  it('changes nothing in a dry run', async () => {
    const phone = freshPhone();
    const run = await handle({ ...defined, options: { dryRun: true } }, [{ phone, text: 'STOP' }]);
    expect(run.output(0)[0]!.json.quietlist).toMatchObject({ action: 'opted_out', dryRun: true });
    expect(await decision(phone)).toMatchObject({ decision: 'allow' });
  });

  it('reads the output of a trigger by itself', async () => {
    const [first, second] = [freshPhone(), freshPhone()];
    const whatsApp = (from: string, message: object) => ({
      messaging_product: 'whatsapp', metadata: { phone_number_id: '1' }, field: 'messages', contacts: [{ wa_id: from.slice(1), profile: { name: 'Ann' } }],
      messages: [{ from: from.slice(1), id: `wamid.${from}`, timestamp: '1', ...message }],
    });
    const run = await handle({}, [
      { n: 1, ...whatsApp(first, { type: 'text', text: { body: 'stop' } }) },
      { n: 2, ...whatsApp(second, { type: 'text', text: { body: 'How much is it?' } }) },
      { n: 3, messaging_product: 'whatsapp', metadata: {}, field: 'messages', statuses: [{ id: 'wamid.9', status: 'delivered', recipient_id: '1' }] },
    ]);
    expect(run.error).toBeUndefined();
    expect(outputs(run)).toEqual([[1, 3], [], [2]]);
    expect(run.output(0)[1]!.json.quietlist).toMatchObject({ action: 'ignored', handled: true, reply: null });
    expect(suite.proxy.requests).toHaveLength(2);
    expect(await decision(first)).toMatchObject({ decision: 'suppress' });
  });

  it('acts on a STOP that came together with other messages', async () => {
    const phone = freshPhone();
    const from = phone.slice(1);
    const texts = ['Hello', 'STOP', 'thanks'].map((body, index) => ({ from, id: `wamid.${from}.${index}`, type: 'text', text: { body } }));
    const run = await handle({}, [{ n: 1, messaging_product: 'whatsapp', contacts: [{ wa_id: from }], messages: texts }]);
    expect(outputs(run)).toEqual([[1], [], []]);
    expect(run.output(0)[0]!.json.quietlist).toMatchObject({ action: 'opted_out', messages: [{ action: 'none' }, { action: 'opted_out' }, { action: 'none' }] });
    expect(await decision(phone)).toMatchObject({ decision: 'suppress' });
  });

  it('handles eight people at once, and what one of them wrote in the order in which it came', async () => {
    const people = Array.from({ length: 8 }, () => freshPhone());
    const items = people.flatMap((phone) => ['STOP', 'START'].map((text) => ({ phone, text })));
    const order: Array<{ phone: string; text: string }> = [];
    let waiting: Array<{ phone: string; answer(): void }> = [];
    const rounds: string[][] = [];
    // Nobody is answered before eight people ask: two messages of one person would then be among them.
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        const { address, text: said } = JSON.parse(body) as { address: string; text: string };
        order.push({ phone: address, text: said });
        waiting.push({ phone: address, answer: () => void response.setHeader('content-type', 'application/json').end(JSON.stringify(optedOut)) });
        if (waiting.length < people.length) return;
        rounds.push(waiting.map(({ phone }) => phone).sort());
        for (const { answer } of waiting.splice(0)) answer();
        waiting = [];
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const options = { credentials: { quietlistApi: { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, apiKey: 'ql_live_x' } } };
    const run = await suite.run('message', 'handleInbound', defined, items.map((item, n) => ({ ...item, n })), {}, options);
    server.close();
    expect(run.output(0).map(({ json }) => json.n)).toEqual(items.map((_, n) => n));
    expect(rounds).toEqual([[...people].sort(), [...people].sort()]);
    for (const phone of people) expect(order.filter((message) => message.phone === phone).map((message) => message.text)).toEqual(['STOP', 'START']);
  });

  it('writes once when n8n runs the node again, and answers the same', async () => {
    const phone = freshPhone();
    const options = { ...suite.options(), executionId: 'exec-7' };
    const parameters = { ...defined };
    const first = await suite.run('message', 'handleInbound', parameters, [{ phone, text: 'STOP' }], {}, options);
    const key = suite.proxy.requests[0]!.headers['idempotency-key'];
    const second = await suite.run('message', 'handleInbound', parameters, [{ phone, text: 'STOP' }], {}, options);
    expect(suite.proxy.requests[0]!.headers['idempotency-key']).toBe(key);
    expect(second.output(0)[0]!.json).toEqual(first.output(0)[0]!.json);
    expect(await suite.entriesOf(phone)).toHaveLength(1);
  });

  it('gives an AI agent the bare answer on its first output, whatever it is', async () => {
    const run = await handle({ ...defined, contact: freshPhone(), text: 'Where is my order?' }, [{}], { type: `${quietlistType}Tool` });
    expect(run.items('Quietlist', 0)[0]!.json).toMatchObject({ action: 'none', handled: false });
    expect([1, 2].flatMap((output) => run.items('Quietlist', output))).toEqual([]);
  });
});
