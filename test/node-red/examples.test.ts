import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startEmbeddedNodeRed, type EmbeddedNodeRed } from '../support/embedded-node-red.ts';
import { startService, type TestService } from '../support/service.ts';

const names = ['Chatbot on WhatsApp with STOP and buttons', 'SMS bot on Twilio', 'Email campaign with one click unsubscribe', 'Provider says blocked then opt out', 'Suppression events to a CRM'];

let service: TestService;
let nodeRed: EmbeddedNodeRed;
let crm: Server;
const told: any[] = [];

/** A flow as its file has it, with the service of this test; its debug nodes keep what they get in the global context, under their names. */
const exampleFlow = (name: string): any[] =>
  JSON.parse(readFileSync(new URL(`../../node-red/examples/${name}.json`, import.meta.url), 'utf8')).map((node: any) => {
    if (node.type === 'quietlist-server') return { ...node, url: service.baseUrl, credentials: { apiKey: service.adminKey } };
    if (node.type === 'http request') return { ...node, url: `http://127.0.0.1:${(crm.address() as AddressInfo).port}/crm` };
    if (node.type !== 'debug') return node;
    const { id, z, x, y } = node;
    const keep = `const seen = global.get('seen') || []; seen.push({ by: ${JSON.stringify(node.name)}, to: msg.to, headers: msg.headers, payload: msg.payload, suppression: msg.suppression, code: msg.error && msg.error.code }); global.set('seen', seen);`;
    return { id, type: 'function', z, name: '', func: keep, outputs: 0, libs: [], initialize: '', finalize: '', x, y, wires: [] };
  });


const press = async (id: string): Promise<void> => expect((await fetch(`${nodeRed.url}/inject/${id}`, { method: 'POST' })).status).toBe(200);

const seenBy = async (by: string): Promise<any[]> => {
  const { msg } = (await (await fetch(`${nodeRed.url}/context/global/seen`)).json()) as { msg: string };
  return msg === '(undefined)' ? [] : JSON.parse(msg).filter((one: any) => one.by === by);
};

beforeAll(async () => {
  crm = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      told.push(JSON.parse(body));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  crm.listen(0, '127.0.0.1');
  [service] = await Promise.all([startService(), once(crm, 'listening')]);
  await service.call('PATCH', '/v1/lists/default', { confirmationMessage: 'You will hear no more from us.' });
  nodeRed = await startEmbeddedNodeRed(() => names.flatMap(exampleFlow));
});
afterAll(async () => {
  await nodeRed.stop();
  await service.stop();
  crm.close();
});

describe('the example flows, as they are imported', () => {
  it('an SMS bot answers STOP once, an ordinary message itself, and a blocked sender not at all', async () => {
    const text = async (From: string, Body: string, MessageSid: string) => {
      const answer = await fetch(`${nodeRed.url}/twilio/sms`, { method: 'POST', body: new URLSearchParams({ From, Body, MessageSid, To: '+15550100', SmsStatus: 'received' }) });
      return [answer.headers.get('content-type'), (await answer.text()).split('\n')[1]];
    };
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: '+4915155550102' }] });
    expect(await text('+4915155550101', 'Stop', 'SM1')).toEqual([expect.stringContaining('text/xml'), '<Response><Message>You will hear no more from us.</Message></Response>']);
    expect(await text('+4915155550101', 'Stop', 'SM1')).toEqual([expect.stringContaining('text/xml'), '<Response/>']);
    expect(await text('+4915155550101', 'Are you <open>?', 'SM2')).toEqual([expect.anything(), '<Response><Message>You wrote “Are you &lt;open&gt;?”.</Message></Response>']);
    expect(await text('+4915155550102', 'hello', 'SM3')).toEqual([expect.anything(), '<Response/>']);
  });

  it('a chatbot on WhatsApp answers STOP and a button once, and goes on chatting with everybody else', async () => {
    expect((await service.call('POST', '/v1/rules', { trigger: 'button', text: 'stop-promotions', action: 'opt_out', lists: ['default'] })).status).toBe(201);
    expect(await (await fetch(`${nodeRed.url}/whatsapp?hub.mode=subscribe&hub.challenge=1158201444`)).text()).toBe('1158201444');
    // Webhooks are handled one after another, so the last one comes out last.
    for (const id of ['other', 'button', 'stop', 'stop', 'other']) await press(`ql_whatsapp_${id}`);
    await vi.waitFor(async () => expect(await seenBy('Continue: your bot')).toHaveLength(2));
    expect(await seenBy('send it with your WhatsApp sender')).toMatchObject([
      { payload: { to: '4915112345678', text: { body: 'You will hear no more from us.' } }, suppression: { outcome: 'opted_out', matched: { by: 'button', text: 'stop-promotions' } } },
    ]);
    expect(await seenBy('Continue: your bot')).toMatchObject([{ suppression: { decision: 'continue', outcome: 'none', wasSeen: false } }, { suppression: { wasSeen: true } }]);
    const { body } = await service.call('POST', '/v1/checks', { recipients: ['+4915112345678'], channel: 'whatsapp' });
    expect(body.decisions[0]).toMatchObject({ code: 'optout_number' });
    expect(await seenBy('not handled: tell somebody')).toEqual([]);
  });

  it('an e-mail campaign holds back who opted out, and gives everybody else the link and its headers', async () => {
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: 'bob@example.com', by: 'recipient' }] });
    await press('ql_mail_start');
    const [letter] = await vi.waitFor(async () => {
      const sent = await seenBy('send it with the e-mail node');
      expect(sent).toHaveLength(1);
      return sent;
    });
    expect(letter).toMatchObject({ to: 'ann@example.com', headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } });
    expect(letter.headers['List-Unsubscribe']).toContain(letter.suppression.unsubscribe.url);
    expect(letter.payload).toContain(`Unsubscribe: ${letter.suppression.unsubscribe.url}`);
    expect(await seenBy('Suppressed: who was held back, and why')).toMatchObject([{ to: 'bob@example.com', suppression: { code: 'optout_number' } }]);
  });

  it('a refusal that the recipient wanted opts them out, with the provider as its source; another one does not', async () => {
    for (const id of ['ann', 'bob', 'eve']) await press(`ql_refused_${id}`);
    await vi.waitFor(async () => expect([(await seenBy('opted out')).length, (await seenBy('another error')).length]).toEqual([2, 1]));
    const { body } = await service.call('GET', '/v1/entries?kind=opt_out&source=provider');
    expect(body.data.map(({ address, channel, purpose }: any) => [address, channel, purpose]).sort()).toEqual([['+4915112345678', 'sms', 'all'], ['8612345', 'telegram', 'all']]);
  });

  it('a CRM is told of everything that happened, once and in order', async () => {
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: 'last@example.com' }] });
    await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ type: 'block.added', address: 'last@example.com' }), { timeout: 10_000 });
    expect(told.filter(({ type }) => type === 'opt_out.added').map(({ address }) => address)).toEqual(['+4915155550101', '+4915112345678', 'bob@example.com', '8612345', '+4915112345678']);
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
  });
});
