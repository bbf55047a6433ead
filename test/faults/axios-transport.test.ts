import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAxiosTransport, type AxiosTransport } from '@quietlist/client/axios-transport';
import { QuietlistClient } from '@quietlist/client/client';
import { QuietlistError } from '@quietlist/client/errors';
import type { AddOutcome, RemoveOutcome } from '@quietlist/client/types';
import { faultNames, silentFaults, startFaultServer, type FaultName, type FaultServer } from '../support/fault-server.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let directTransport: AxiosTransport;
/** Without any fault, and with the usual deadlines. */
let direct: QuietlistClient;
beforeAll(async () => {
  service = await startService();
  directTransport = createAxiosTransport({ baseUrl: service.baseUrl, apiKey: service.adminKey });
  direct = new QuietlistClient({ transport: directTransport, now: Date.now, sleep: async () => undefined });
  await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: 'held@example.com' }] });
});
afterAll(async () => {
  directTransport.close();
  await service.stop();
});

/** Runs `use` against the real service behind a fault; every client has its own connections, and waits for nothing between its tries. */
const behind = async <T>(fault: FaultName, times: number, use: (client: QuietlistClient, server: FaultServer) => Promise<T>): Promise<T> => {
  const server = await startFaultServer({ fault, times, target: service.baseUrl });
  const transport = createAxiosTransport({ baseUrl: server.baseUrl, apiKey: service.adminKey });
  const deadlineMs = silentFaults.has(fault) ? 250 : 10_000;
  const client = new QuietlistClient({ transport, now: Date.now, sleep: async () => undefined, checkDeadlineMs: deadlineMs, writeDeadlineMs: deadlineMs });
  try {
    return await use(client, server);
  } finally {
    transport.close();
    await server.close();
    expect(server.redirected, 'nothing, and above all not the key, follows a redirect').toEqual([]);
  }
};

const always = Number.POSITIVE_INFINITY;
let cases = 0;
const newAddress = (): string => `person${(cases += 1)}@example.com`;

const consent = { method: 'written' as const, statement: 'Please write again.', at: '2026-03-01T10:00:00Z', by: 'Ann' };

interface Write {
  before?: { kind: string; by?: string };
  event: 'added' | 'removed';
  run(client: QuietlistClient, address: string, operationId: string): Promise<Array<AddOutcome | RemoveOutcome>>;
}

const writes: Record<string, Write> = {
  addToBlacklist: { event: 'added', run: (client, person, operationId) => client.addToBlacklist([{ person, reason: 'abuse' }], { operationId }) },
  optOut: { event: 'added', run: (client, person, operationId) => client.optOut([{ person, by: 'recipient' }], { operationId }) },
  removeFromBlacklist: { event: 'removed', before: { kind: 'block' }, run: (client, person, operationId) => client.removeFromBlacklist([person], { operationId }) },
  removeOptOut: { event: 'removed', before: { kind: 'opt_out' }, run: (client, person, operationId) => client.removeOptOut([person], { operationId, consent }) },
};

/** How often the write happened, from the history of the address. */
const timesDone = async (address: string, event: string): Promise<number> => {
  const { body } = await service.call('GET', `/v1/addresses/${address}`);
  return body.events.filter(({ action }: { action: string }) => action === event).length;
};

const showsNothingSecret = (error: unknown, address: string): void => {
  const { message, hint, stack } = error as QuietlistError;
  for (const text of [message, hint, stack, JSON.stringify(error)]) {
    expect(text).not.toContain(service.adminKey);
    expect(text).not.toContain(address);
  }
};

it('knows at least 25 faults', () => expect(faultNames.length).toBeGreaterThanOrEqual(25));

describe.each(faultNames)('%s', (fault) => {
  it('never lets a check allow', async () => {
    const decisions = await behind(fault, always, (client) => client.checkMany(['clear@example.com', 'held@example.com']));
    expect(decisions.map(({ decision, mayContact }) => [decision === 'allow', mayContact])).toEqual([[false, false], [false, false]]);
    expect(decisions.every(({ error }) => error instanceof QuietlistError)).toBe(true);
    for (const { error } of decisions) showsNothingSecret(error, 'example.com');
  });

  it.each(Object.entries(writes))('leaves %s done once or not at all, and says so', async (_, { before, event, run }) => {
    const address = newAddress();
    if (before) await service.call('POST', '/v1/entries', { entries: [{ ...before, address }] });
    const result = await behind(fault, always, (client) => run(client, address, address).catch((error: unknown) => error));
    const done = await timesDone(address, event);
    if (Array.isArray(result)) expect([result.map(({ outcome }) => outcome), done]).toEqual([[event], 1]);
    else {
      expect(result).toBeInstanceOf(QuietlistError);
      expect(done).toBeLessThanOrEqual(1);
      showsNothingSecret(result, address);
    }
  });

  it.each(Object.entries(writes))('once, then gone: %s is done exactly once, if need be when the node runs again', async (_, { before, event, run }) => {
    const address = newAddress();
    if (before) await service.call('POST', '/v1/entries', { entries: [{ ...before, address }] });
    const first = await behind(fault, 1, (client) => run(client, address, address).catch((error: unknown) => error));
    const outcomes = Array.isArray(first) ? first : await run(direct, address, address);
    expect([outcomes.map(({ outcome }) => outcome), await timesDone(address, event)]).toEqual([[event], 1]);
  });
});

describe('a fault that passes', () => {
  it.each<FaultName>(['reset_on_connect', 'reset_before_answer', 'closed_before_answer', 'reset_after_work', 'reset_within_head', 'reset_within_body', 'half_body', 'chunk_cut', 'status_408', 'status_425', 'status_429', 'status_500', 'status_500_after_work', 'status_502', 'status_503', 'status_504_after_work', 'retry_after_seconds', 'retry_after_garbage'])(
    '%s is healed by trying again, and the write is there once',
    async (fault) => {
      const address = newAddress();
      await behind(fault, 2, async (client) => expect(await client.optOut([{ person: address }])).toMatchObject([{ outcome: 'added' }]));
      expect(await timesDone(address, 'added')).toBe(1);
      const decisions = await behind(fault, 2, (client) => client.checkMany([address, 'clear@example.com']));
      expect(decisions.map(({ decision }) => decision)).toEqual(['suppress', 'allow']);
    },
  );
});

describe('the axios transport', () => {
  const transportTo = (baseUrl: string) => createAxiosTransport({ baseUrl, apiKey: service.adminKey });

  it('works against the real service: every method of the client', async () => {
    const client = direct;
    const address = newAddress();
    expect(await client.check(address)).toMatchObject({ decision: 'allow' });
    expect(await client.addToBlacklist([{ person: address, channel: 'email' }, { person: 'not an address' }])).toMatchObject([{ outcome: 'added' }, { outcome: 'invalid' }]);
    expect(await client.check(address, { channel: 'email', lists: ['default'] })).toMatchObject({ decision: 'suppress', code: 'blacklisted', evaluated: { lists: ['default'] } });
    expect(await client.check(address, { channel: 'sms' })).toMatchObject({ decision: 'allow' });
    expect(await client.check('not an address')).toMatchObject({ decision: 'unknown', mayContact: false });
    expect(await client.optOut([{ person: address }, { person: 'not an address either', by: 'recipient' }])).toMatchObject([{ outcome: 'added' }, { outcome: 'added', unverified: true }]);
    expect(await client.check('not an address either')).toMatchObject({ decision: 'suppress' });
    await expect(client.removeOptOut([address])).rejects.toMatchObject({ code: 'consent-required', status: 422 });
    expect(await client.removeOptOut([address], { consent, dryRun: true })).toMatchObject([{ outcome: 'removed' }]);
    expect(await client.removeOptOut([address], { consent })).toMatchObject([{ outcome: 'removed' }]);
    expect(await client.removeFromBlacklist([address, 'other@example.com'])).toMatchObject([{ outcome: 'removed' }, { outcome: 'absent' }]);
    expect((await client.listEntries({ text: 'held@example.com', limit: 5 })).data).toMatchObject([{ kind: 'block', address: 'held@example.com' }]);
    for await (const entry of client.everyEntry({ status: 'any', limit: 2 }, 3)) expect(entry.id).toMatch(/^ent_/);
    expect(await client.listLists()).toMatchObject([{ id: 'default', isDefault: true }]);
    expect(await client.listSenders('sms')).toEqual([]);
    expect((await client.listChannels()).map(({ id }) => id)).toContain('whatsapp');
    expect((await client.getAddress(address)).events.length).toBeGreaterThanOrEqual(4);
    expect(await client.me()).toMatchObject({ role: 'admin', workspaceName: expect.any(String) });
    expect(await client.check(address, { lists: ['no such list'] })).toMatchObject({ decision: 'unknown', code: 'refused', error: { code: 'unknown-list' } });
  });

  it('checks 10,000 people in one request', async () => {
    const people = Array.from({ length: 10_000 }, (_, index) => (index % 100 === 7 ? 'HELD@example.com' : `nobody${index}@example.com`));
    const decisions = await direct.checkMany(people);
    expect(decisions.map(({ mayContact }) => mayContact)).toEqual(people.map((person) => !person.startsWith('HELD')));
  });

  it('takes no absolute URL, so that the key stays with the base URL', async () => {
    const elsewhere = await startFaultServer({ fault: 'wrong_json', target: service.baseUrl });
    const transport = transportTo(service.baseUrl);
    for (const path of [`${elsewhere.baseUrl}/v1/me`, `//${new URL(elsewhere.baseUrl).host}/v1/me`]) await transport.send({ method: 'GET', path, headers: {}, timeoutMs: 5_000 }).catch(() => undefined);
    expect(elsewhere.requestCount()).toBe(0);
    transport.close();
    await elsewhere.close();
  });

  it('uses no proxy of the environment', async () => {
    const proxy = await startFaultServer({ fault: 'wrong_json', target: service.baseUrl });
    const names = ['http_proxy', 'HTTP_PROXY', 'all_proxy', 'ALL_PROXY'];
    for (const name of names) process.env[name] = proxy.baseUrl;
    const transport = transportTo(service.baseUrl);
    try {
      expect(await transport.send({ method: 'GET', path: '/v1/me', headers: {}, timeoutMs: 5_000 })).toMatchObject({ status: 200 });
    } finally {
      for (const name of names) delete process.env[name];
      transport.close();
      await proxy.close();
    }
    expect(proxy.requestCount()).toBe(0);
  });

  it('throws errors that hold neither the key nor the body, not even in a hidden place', async () => {
    const server = await startFaultServer({ fault: 'reset_before_answer', target: service.baseUrl });
    const transport = transportTo(server.baseUrl);
    const error: unknown = await transport.send({ method: 'POST', path: '/v1/checks', body: { recipients: ['ann@example.com'] }, headers: {}, timeoutMs: 5_000 }).catch((thrown: unknown) => thrown);
    expect(Reflect.ownKeys(error as object).sort()).toEqual(['kind', 'message', 'name', 'stack']);
    expect(String((error as Error).stack)).not.toMatch(/ann@|ql_/);
    transport.close();
    await server.close();
  });
});
