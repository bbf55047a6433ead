import { createServer, type Server } from 'node:http';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startFaultServer, type FaultName, type FaultServer } from '../support/fault-server.ts';
import { startService, type TestService } from '../support/service.ts';

const pack = resolve(import.meta.dirname, '../../node-red');
const RED = createRequire(import.meta.url)('node-red');

/** Faults of every kind: nobody there, a broken answer, a page of somebody else, a refusal. */
const failing: FaultName[] = ['refused', 'half_body', 'html_200', 'html_401', 'status_401', 'status_403', 'status_500', 'wrong_json', 'counts_off', 'redirect_307'];
/** Answers that are well formed and call the suppressed clear. */
const lying: FaultName[] = ['may_contact_all', 'allow_all', 'nobody_held_without_counts'];
const faults = [...failing, ...lying];

let service: TestService;
let agentKey: string;
let counted: FaultServer;
let faulty: FaultServer[];
let server: Server;
let base: string;
const userDir = mkdtempSync(join(tmpdir(), 'quietlist-node-red-'));
const folder = mkdtempSync(join(tmpdir(), 'quietlist-service-'));

/** `POST /path` → the node → 200 (Clear to send, or written), 409 (Suppressed), 502 (Catch), with msg.suppression or the error as body. */
const route = (path: string, node: Record<string, unknown>) => {
  const id = (name: string) => `${path}-${name}`;
  const at = { z: 'the-flow', x: 1, y: 1 };
  const set = (name: string, from: string, status: string) => ({
    id: id(name), type: 'change', ...at, wires: [[id('response')]],
    rules: [{ t: 'set', p: 'payload', pt: 'msg', to: from, tot: 'msg' }, { t: 'set', p: 'statusCode', pt: 'msg', to: status, tot: 'num' }],
  });
  const isCheck = node['type'] === 'quietlist-check';
  return [
    { id: id('in'), type: 'http in', ...at, url: `/${path}`, method: 'post', upload: false, wires: [[id('node')]] },
    { id: id('node'), name: '', server: 'the-server', contact: 'payload.contact', contactType: 'msg', ...at, ...node, wires: isCheck ? [[id('held')], [id('clear')]] : [[id('clear')]] },
    set('held', 'suppression', '409'),
    set('clear', 'suppression', '200'),
    { id: id('catch'), type: 'catch', ...at, scope: [id('node')], uncaught: false, wires: [[id('failed')]] },
    set('failed', 'error', '502'),
    { id: id('response'), type: 'http response', ...at, statusCode: '', headers: {}, wires: [] },
  ];
};

/** `POST /path` → inbound message → its output in `statusCode`: 210 Handled, 211 Blocked, 212 Continue, 502 Catch, with msg.suppression or the error as body. */
const inboundRoute = (path: string, fields: Record<string, unknown> = {}) => {
  const id = (name: string) => `${path}-${name}`;
  const at = { z: 'the-flow', x: 1, y: 1 };
  const set = (name: string, from: string, status: string) => ({
    id: id(name), type: 'change', ...at, wires: [[id('response')]],
    rules: [{ t: 'set', p: 'payload', pt: 'msg', to: from, tot: 'msg' }, { t: 'set', p: 'statusCode', pt: 'msg', to: status, tot: 'num' }],
  });
  return [
    { id: id('in'), type: 'http in', ...at, url: `/${path}`, method: 'post', upload: false, wires: [[id('node')]] },
    { id: id('node'), type: 'quietlist-inbound-message', name: '', server: 'agent-server', reads: 'message', ...at, ...fields, wires: [[id('handled')], [id('blocked')], [id('continue')]] },
    set('handled', 'suppression', '210'),
    set('blocked', 'suppression', '211'),
    set('continue', 'suppression', '212'),
    { id: id('catch'), type: 'catch', ...at, scope: [id('node')], uncaught: false, wires: [[id('failed')]] },
    set('failed', 'error', '502'),
    { id: id('response'), type: 'http response', ...at, statusCode: '', headers: {}, wires: [] },
  ];
};

/** Suppression events, posted one by one to `POST /events`, which keeps them in a global array. */
const eventsRoute = [
  { id: 'the-events', type: 'quietlist-suppression-events', name: '', server: 'the-server', types: 'opt_out.added', typesType: 'pick', list: '', listType: 'none', begin: 'new', z: 'the-flow', x: 1, y: 1, wires: [['keep-event']] },
  {
    id: 'keep-event', type: 'function', z: 'the-flow', x: 1, y: 1, outputs: 0, wires: [], libs: [], initialize: '', finalize: '',
    func: "const seen = global.get('seen') || []; seen.push({ topic: msg.topic, address: msg.payload.entry.address, ...msg.suppression }); global.set('seen', seen);",
  },
];

/** `POST /path` with an array: split, checked one by one, joined again into their decisions. */
const splitRoute = (path: string) => {
  const id = (name: string) => `${path}-${name}`;
  const at = { z: 'the-flow', x: 1, y: 1 };
  const decide = (name: string) => ({ id: id(name), type: 'change', ...at, wires: [[id('join')]], rules: [{ t: 'set', p: 'payload', pt: 'msg', to: 'suppression.decision', tot: 'msg' }] });
  return [
    { id: id('in'), type: 'http in', ...at, url: `/${path}`, method: 'post', upload: false, wires: [[id('split')]] },
    { id: id('split'), type: 'split', ...at, splt: '\\n', spltType: 'str', arraySplt: 1, arraySpltType: 'len', wires: [[id('node')]] },
    { id: id('node'), type: 'quietlist-check', name: '', server: 'counted-server', contact: 'payload', contactType: 'msg', ...at, wires: [[id('held')], [id('clear')]] },
    decide('held'),
    decide('clear'),
    { id: id('join'), type: 'join', ...at, mode: 'auto', wires: [[id('response')]] },
    { id: id('response'), type: 'http response', ...at, statusCode: '200', headers: {}, wires: [] },
  ];
};

const serverNode = (id: string, url: string, apiKey: string) => ({ id, type: 'quietlist-server', name: 'Service', url, allowInsecureHttp: false, credentials: { apiKey } });

const deploy = async (flows: unknown[]): Promise<void> => {
  const started = once(RED.events, 'flows:started');
  const answer = await fetch(`${base}/flows`, { method: 'POST', headers: { 'content-type': 'application/json', 'Node-RED-API-Version': 'v2' }, body: JSON.stringify({ flows }) });
  expect(answer.status).toBe(200);
  await started;
};

const post = async (path: string, body: unknown): Promise<{ status: number; body: any; text: string }> => {
  const answer = await fetch(`${base}/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const text = await answer.text();
  return { status: answer.status, body: JSON.parse(text), text };
};

beforeAll(async () => {
  if (!existsSync(join(pack, 'dist/quietlist.js'))) throw new Error('The pack is not built: run "npm run build" first.');
  service = await startService({ folder });
  agentKey = await service.createKey('agent');
  counted = await startFaultServer({ fault: 'html_500', target: service.baseUrl, times: 0 });
  faulty = await Promise.all(faults.map((fault) => startFaultServer({ fault, target: service.baseUrl })));

  await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: 'blocked@example.com' }] });
  server = createServer((request, response) => RED.httpAdmin(request, response, () => RED.httpNode(request, response)));
  RED.init(server, {
    userDir, nodesDir: pack, httpAdminRoot: '/', httpNodeRoot: '/', disableEditor: true, credentialSecret: 'a secret of a test', apiMaxLength: '20mb',
    logging: { console: { level: 'off' } }, telemetry: { enabled: false }, runtimeState: { enabled: false, ui: false },
  });
  const ready = once(RED.events, 'flows:started');
  await RED.start();
  await ready;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const block = { type: 'quietlist-add-to-blacklist', enabled: 'true', enabledType: 'bool' };
  await deploy([
    { id: 'the-flow', type: 'tab', label: 'Campaign' },
    serverNode('the-server', service.baseUrl, service.adminKey),
    serverNode('agent-server', service.baseUrl, agentKey),
    serverNode('counted-server', counted.baseUrl, service.adminKey),
    ...faulty.map(({ baseUrl }, index) => serverNode(`faulty-${index}`, baseUrl, service.adminKey)),
    ...route('check', { type: 'quietlist-check', channels: 'payload.channel', channelsType: 'msg' }),
    ...route('check-from-message', { type: 'quietlist-check', contactType: 'message' }),
    ...route('block', { ...block, channels: 'payload.channels', channelsType: 'msg', reason: 'payload.reason', reasonType: 'msg' }),
    ...route('block-as-agent', { ...block, server: 'agent-server' }),
    ...route('unblock', { type: 'quietlist-remove-from-blacklist', enabled: 'true', enabledType: 'bool' }),
    ...route('opt-out', { type: 'quietlist-opt-out', by: 'recipient', purpose: 'marketing', server: 'agent-server' }),
    ...route('opt-in', { type: 'quietlist-remove-opt-out', by: 'recipient' }),
    ...route('opt-in-by-operator', {
      type: 'quietlist-remove-opt-out', by: 'operator', consentMethod: 'verbal', consentStatement: 'payload.said', consentStatementType: 'msg', consentBy: 'Kim', consentByType: 'str',
    }),
    ...route('no-server', { type: 'quietlist-check', server: '', whenUnknown: 'allow' }),
    ...faults.flatMap((_, index) => [
      ...route(`hold-${index}`, { type: 'quietlist-check', server: `faulty-${index}`, whenUnknown: 'suppress' }),
      ...route(`stop-${index}`, { type: 'quietlist-check', server: `faulty-${index}`, whenUnknown: 'error' }),
    ]),
    ...splitRoute('split'),
    ...inboundRoute('inbound'),
    ...inboundRoute('inbound-no-server', { server: '' }),
    ...faults.flatMap((_, index) => inboundRoute(`inbound-${index}`, { server: `faulty-${index}` })),
    ...route('link', { type: 'quietlist-unsubscribe-link', list: 'default', listType: 'str', channel: 'email', channelType: 'str' }),
    ...eventsRoute,
  ]);
});

afterAll(async () => {
  await RED.stop();
  server.closeAllConnections();
  server.close();
  await Promise.all([service.stop(), counted.close(), ...faulty.map((one) => one.close())]);
  for (const one of [userDir, folder]) rmSync(one, { recursive: true, force: true });
});

describe('the built pack in a real Node-RED, against the real service', () => {
  it('loads all its nodes without a warning', async () => {
    const sets = (await (await fetch(`${base}/nodes`, { headers: { accept: 'application/json' } })).json()) as any[];
    const ours = sets.filter(({ module }) => module === '@quietlist/node-red');
    expect(ours).toHaveLength(1);
    expect(ours[0]).toMatchObject({ id: '@quietlist/node-red/quietlist', enabled: true });
    expect(ours[0].err).toBeUndefined();
    expect(ours[0].types.sort()).toEqual([
      'quietlist-add-to-blacklist', 'quietlist-check', 'quietlist-inbound-message', 'quietlist-opt-out', 'quietlist-remove-from-blacklist', 'quietlist-remove-opt-out',
      'quietlist-server', 'quietlist-suppression-events', 'quietlist-unsubscribe-link',
    ]);
  });

  it('blocks on the chosen channels only, holds there, and lets go after unblocking (A4, A5, A9)', async () => {
    const contact = '+4915112345678, user@gmail.com';
    const blocked = await post('block', { contact, channels: ['whatsapp', 'sms'], reason: 'suspected_fraud' });
    expect(blocked).toMatchObject({ status: 200, body: { action: 'add_to_blacklist' } });
    expect(blocked.body.results.map(({ outcome }: any) => outcome)).toEqual(['added', 'added', 'added', 'added']);
    expect((await post('block', { contact, channels: ['whatsapp', 'sms'] })).body.results[0].outcome).toBe('unchanged');

    expect(await post('check', { contact: '+49 151 12345678', channel: 'sms' })).toMatchObject({ status: 409, body: { decision: 'suppress', code: 'blacklisted', label: 'Blacklisted' } });
    expect(await post('check', { contact: '+49 151 12345678', channel: 'email' })).toMatchObject({ status: 200, body: { decision: 'allow', mayContact: true } });
    expect(await post('check', { contact: '+49 151 12345678' })).toMatchObject({ status: 409 });

    const lifted = await post('unblock', { contact });
    expect(lifted.body.results.map(({ outcome, entries }: any) => [outcome, entries.length])).toEqual([['removed', 2], ['removed', 2]]);
    expect(await post('check', { contact, channel: 'sms' })).toMatchObject({ status: 200 });
  });

  it('keeps where an entry came from: workflow, node and message', async () => {
    await post('block', { contact: 'where@example.com', channels: [] });
    const { body } = await service.call('GET', '/v1/entries?kind=block');
    expect(body.data.find(({ key }: any) => key.includes('where@example.com'))).toMatchObject({ source: 'workflow', evidence: { workflow: 'Campaign', node: 'block-node', execution: expect.any(String) } });
  });

  it('opts out, holds with the words of the report (B15), and opts in again only as the rules say (D7)', async () => {
    const contact = 'ann@example.com';
    expect((await post('opt-out', { contact })).body.results[0].outcome).toBe('added');
    expect(await post('check', { contact, channel: 'email' })).toMatchObject({ status: 409, body: { code: 'optout_number', label: 'Optout Number', explanation: expect.stringContaining('Opted out') } });
    expect(await post('opt-in-by-operator', { contact })).toMatchObject({ status: 502, body: { code: 'empty_field' } });
    expect(await post('check', { contact })).toMatchObject({ status: 409 });
    expect((await post('opt-in-by-operator', { contact, said: 'Yes, write to me again' })).body.results[0].outcome).toBe('removed');
    expect(await post('check', { contact, channel: 'email' })).toMatchObject({ status: 200 });
    expect((await post('opt-in', { contact })).body.results[0].outcome).toBe('absent');
  });

  it('keeps an opt-out whose address cannot be read, and holds it from then on', async () => {
    const kept = await post('opt-out', { contact: 'not an address at all' });
    expect(kept).toMatchObject({ status: 200, body: { results: [{ outcome: 'added', unverified: true }] } });
    expect(await post('check', { contact: 'not an address at all' })).toMatchObject({ status: 409 });
  });

  it('finds the contact in what chatbots send', async () => {
    await post('opt-out', { contact: '+5511998765432' });
    const answer = await post('check-from-message', { entry: [{ changes: [{ value: { messages: [{ from: '5511998765432', text: { body: 'hi' } }] } }] }] });
    expect(answer).toMatchObject({ status: 409, body: { decision: 'suppress' } });
    expect(await post('check-from-message', { chatId: 123456789, transport: 'telegram' })).toMatchObject({ status: 200 });
    expect(await post('check-from-message', { hello: 'nobody' })).toMatchObject({ status: 409, body: { decision: 'unknown', code: 'missing_contact' } });
  });

  it('does not let an agent touch the blacklist (A11), and says what to do', async () => {
    const answer = await post('block-as-agent', { contact: 'ann@example.com' });
    expect(answer).toMatchObject({ status: 502, body: { code: 'forbidden', message: expect.stringMatching(/^QuietlistError: .*role/) } });
  });

  it('says why an address cannot be read, in words of the service and without the address', async () => {
    const answer = await post('block', { contact: '+4915112345678901234567' });
    expect(answer.status).toBe(502);
    expect(answer.body.message).toMatch(/^QuietlistError: \S.*\.$/);
    expect(answer.text).not.toContain('15112345678');
    expect(await post('check', { contact: '+4915112345678901234567' })).toMatchObject({ status: 409, body: { decision: 'unknown' } });
  });

  it('asks about 10,000 split messages in a few requests, and keeps their order', async () => {
    const people = Array.from({ length: 10_000 }, (_, index) => `person${index}@example.com`);
    await post('block', { contact: [people[0], people[5_000], people[9_999]] });
    const before = counted.requestCount();
    const { body } = await post('split', people);
    expect(counted.requestCount() - before).toBeLessThanOrEqual(3);
    expect(body).toHaveLength(10_000);
    expect(body.flatMap((decision: string, index: number) => (decision === 'suppress' ? [index] : []))).toEqual([0, 5_000, 9_999]);
    expect(new Set(body)).toEqual(new Set(['suppress', 'allow']));
  });

  it('never lets a message through a node without a server', async () => {
    expect(await post('no-server', { contact: 'clear@example.com' })).toMatchObject({ status: 409, body: { decision: 'unknown', code: 'invalid_configuration' } });
  });

  it.each(faults.map((fault, index) => [fault, index] as const))('never lets a message through when the service fails: %s', async (_fault, index) => {
    const contact = index < failing.length ? 'clear@example.com' : 'blocked@example.com';
    const [held, stopped] = await Promise.all([post(`hold-${index}`, { contact }), post(`stop-${index}`, { contact })]);
    expect(held).toMatchObject({ status: 409, body: { decision: 'unknown', mayContact: false } });
    expect(stopped).toMatchObject({ status: 502, body: { message: expect.stringMatching(/^QuietlistError: \S/), code: expect.stringMatching(/^[a-z_-]+$/) } });
    expect(stopped.text).not.toMatch(/@example|ql_live/);
    expect(faulty[index]!.redirected).toEqual([]);
  });

  it('handles what chatbots pass on: STOP once, blocked senders, everything else goes on', async () => {
    await service.call('PATCH', '/v1/lists/default', { confirmationMessage: 'You will hear no more from us.' });
    const text = (From: string, Body: string, MessageSid: string) => post('inbound', { From, Body, MessageSid });
    const stopped = await text('+4915155550101', 'STOP', 'SM1');
    expect(stopped).toMatchObject({ status: 210, body: { decision: 'handled', outcome: 'opted_out', wasSeen: false, reply: { text: 'You will hear no more from us.', list: 'default' } } });
    expect(await text('+4915155550101', 'STOP', 'SM1')).toMatchObject({ status: 210, body: { outcome: 'opted_out', wasSeen: true, reply: null } });
    expect(await post('check', { contact: '+4915155550101', channel: 'sms' })).toMatchObject({ status: 409, body: { code: 'optout_number' } });
    expect(await text('+4915155550101', 'START', 'SM2')).toMatchObject({ status: 210, body: { outcome: 'opted_in' } });
    expect(await post('check', { contact: '+4915155550101', channel: 'sms' })).toMatchObject({ status: 200 });
    expect(await text('+4915155550101', 'Are you open tomorrow?', 'SM3')).toMatchObject({ status: 212, body: { decision: 'continue', outcome: 'none' } });
    await post('block', { contact: '+4915155550102' });
    expect(await text('+4915155550102', 'hello', 'SM4')).toMatchObject({ status: 211, body: { decision: 'blocked', outcome: 'blocked' } });
  });

  it.each(faults.map((fault, index) => [fault, index] as const))('never goes on with an inbound message when the service fails: %s', async (_fault, index) => {
    const { status, text } = await post(`inbound-${index}`, { From: '+4915155550103', Body: 'hello', MessageSid: `SM-${index}` });
    expect(status).toBe(502);
    expect(text).not.toMatch(/15155550103|ql_live/);
  });

  it('never goes on with an inbound message without a server', async () => {
    expect(await post('inbound-no-server', { From: '+4915155550103', Body: 'hello' })).toMatchObject({ status: 502, body: { code: 'invalid_configuration' } });
  });

  it('makes a link that opts its person out with one click, and the headers for it', async () => {
    const { status, body } = await post('link', { contact: 'click@example.com' });
    expect(status).toBe(200);
    const { url, headers } = body.unsubscribe;
    expect(headers).toMatchObject({ 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' });
    const local = new URL(new URL(url).pathname, service.baseUrl);
    await fetch(local, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' });
    expect(await post('check', { contact: 'click@example.com', channel: 'email' })).toMatchObject({ status: 409, body: { code: 'optout_number' } });
    expect((await post('link', { contact: 'click@example.com' })).body.unsubscribe.url).toBe(url);
    expect(await post('link', { contact: 'not an address' })).toMatchObject({ status: 502 });
  });

  it('tells of every opt-out once and in order, also of those while the service is restarted', async () => {
    const seen = async (): Promise<any[]> => {
      const { msg } = (await (await fetch(`${base}/context/global/seen`)).json()) as { msg: string };
      return msg === '(undefined)' ? [] : JSON.parse(msg);
    };
    const until = (address: string) => vi.waitFor(async () => expect((await seen()).map((event) => event.address)).toContain(address), { timeout: 20_000, interval: 50 });
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: 'first@example.com' }, { kind: 'block', address: 'other@example.com' }] });
    await until('first@example.com');

    const { port } = new URL(service.baseUrl);
    await service.stop();
    service = await startService({ folder, port: Number(port) });
    await service.call('POST', '/v1/entries', { entries: ['second', 'third'].map((name) => ({ kind: 'opt_out', address: `${name}@example.com` })) });
    await until('third@example.com');
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: 'fourth@example.com' }] });
    await until('fourth@example.com');

    const events = await seen();
    expect(events.map(({ address }) => address).slice(-4)).toEqual(['first@example.com', 'second@example.com', 'third@example.com', 'fourth@example.com']);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(new Set(events.map(({ topic }) => topic))).toEqual(new Set(['opt_out.added']));
  });

  it('forwards nothing while the check is disabled', async () => {
    const at = { z: 'the-flow', x: 1, y: 1 };
    await deploy([
      { id: 'the-flow', type: 'tab', label: 'Disabled' },
      serverNode('the-server', service.baseUrl, service.adminKey),
      { id: 'disabled-in', type: 'http in', ...at, url: '/disabled', method: 'post', upload: false, wires: [['disabled-node', 'around-1']] },
      { id: 'disabled-node', type: 'quietlist-check', d: true, name: '', server: 'the-server', contact: 'payload.contact', contactType: 'msg', ...at, wires: [['disabled-leak'], ['disabled-leak']] },
      { id: 'disabled-leak', type: 'change', ...at, rules: [{ t: 'set', p: 'leaked', pt: 'flow', to: 'true', tot: 'bool' }], wires: [[]] },
      ...[1, 2, 3, 4].map((step) => ({ id: `around-${step}`, type: 'change', ...at, rules: [{ t: 'set', p: 'payload', pt: 'msg', to: 'leaked', tot: 'flow' }], wires: [[step === 4 ? 'disabled-response' : `around-${step + 1}`]] })),
      { id: 'disabled-response', type: 'http response', ...at, statusCode: '204', headers: {}, wires: [] },
    ]);
    const answer = await fetch(`${base}/disabled`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"contact":"clear@example.com"}' });
    expect(answer.status).toBe(204);
    const leaked = (await (await fetch(`${base}/context/flow/the-flow/leaked`)).json()) as { msg: string };
    expect(leaked.msg).toBe('(undefined)');
  });
});
