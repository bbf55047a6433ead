import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { NodeAPI } from 'node-red';
import type { Connection } from '../../node-red/src/server/server.ts';
import { registerNodes } from '../../node-red/src/register.ts';
import { createAxiosTransport } from '@quietlist/client/axios-transport';
import { startService, type TestService } from '../support/service.ts';
import { helper } from '../support/node-red.ts';

let service: TestService;
const connections: Connection[] = [];
const asked: string[] = [];

const register = (RED: NodeAPI): void => {
  const needsPermission = RED.auth.needsPermission;
  RED.auth.needsPermission = (permission) => {
    asked.push(permission);
    return needsPermission(permission);
  };
  registerNodes(RED, {
    createTransport: (connection) => {
      connections.push(connection);
      return createAxiosTransport(connection);
    },
    sleep: async () => {},
    setTimer: () => () => {},
    now: Date.now,
    random: Math.random,
  });
};

const deploy = (server: Record<string, unknown> = {}, key = service.adminKey) =>
  helper.load(register, [{ id: 'the-server', type: 'quietlist-server', name: '', url: service.baseUrl, allowInsecureHttp: false, ...server }], { 'the-server': { apiKey: key } });

beforeAll(async () => {
  [service] = await Promise.all([startService(), helper.startServer()]);
  await service.call('POST', '/v1/lists', { name: 'Promotions' });
  await service.call('POST', '/v1/senders', { name: 'Shop', channel: 'whatsapp' });
});
afterEach(() => helper.unload());
afterAll(async () => {
  await helper.stopServer();
  await service.stop();
});

describe('what the dialogs offer', () => {
  it('comes from the service: lists, channels and senders', async () => {
    await deploy();
    const get = async (lookup: string) => (await helper.request().get(`/quietlist/servers/the-server/${lookup}`).expect(200)).body as Array<{ value: string; label: string }>;
    expect(await get('lists')).toEqual([{ value: 'default', label: 'Default' }, { value: expect.stringMatching(/^lst_/), label: 'Promotions' }]);
    expect(await get('channels')).toContainEqual({ value: 'whatsapp', label: 'WhatsApp' });
    expect(await get('senders')).toEqual([{ value: expect.stringMatching(/^snd_/), label: 'Shop (whatsapp)' }]);
  });

  it('says to deploy first, for a server that is not deployed and for everything that is no server', async () => {
    await deploy();
    for (const path of ['other/lists', 'the-server/keys', 'the-server/constructor', '__proto__/lists']) {
      const { body } = await helper.request().get(`/quietlist/servers/${path}`).expect(404);
      expect(body.code).toBe('not_deployed');
    }
  });

  it('says what is wrong when the server is not set up, or refuses the key', async () => {
    await deploy({ url: '' });
    expect((await helper.request().get('/quietlist/servers/the-server/lists').expect(409)).body.code).toBe('invalid_configuration');
    await helper.unload();
    await deploy({}, 'ql_live_wrong_key');
    const { body, text } = await helper.request().get('/quietlist/servers/the-server/lists').expect(502);
    expect(body).toMatchObject({ code: 'unauthenticated', hint: expect.any(String) });
    expect(text).not.toContain('ql_live_wrong_key');
  });

  it('asks Node-RED for permission on every route', async () => {
    asked.length = 0;
    await deploy();
    expect(asked).toEqual(['quietlist.read', 'quietlist.write']);
  });
});

describe('testing the connection', () => {
  const test = (body: Record<string, unknown>) => helper.request().post('/quietlist/test-connection').send({ id: 'the-server', url: service.baseUrl, allowInsecureHttp: false, ...body });

  it('tells workspace and role of the key, and never the key', async () => {
    await deploy();
    const agent = await service.createKey('agent');
    const { body, text } = await test({ apiKey: agent }).expect(200);
    expect(body).toEqual({ workspaceName: expect.any(String), role: 'agent', rights: expect.stringContaining('opts out') });
    expect(text).not.toContain(agent);
  });

  it('uses the stored key for a field that nobody touched, but only for the address that it was stored for', async () => {
    await deploy();
    await test({ apiKey: '__PWRD__' }).expect(200);
    connections.length = 0;
    const { body } = await test({ apiKey: '__PWRD__', url: 'http://127.0.0.1:9' }).expect(502);
    expect(body.code).toBe('invalid_configuration');
    expect(connections).toEqual([]);
  });

  it('tests what is deployed when the address is an environment variable', async () => {
    await deploy();
    await test({ apiKey: '__PWRD__', url: '${QUIETLIST_URL}' }).expect(200);
    expect((await test({ id: 'new', apiKey: 'x', url: '${QUIETLIST_URL}' }).expect(502)).body.code).toBe('not_deployed');
  });

  it.each([
    ['no address', { url: '' }, 'invalid_configuration'],
    ['an address that is none', { url: 'quietlist' }, 'invalid_configuration'],
    ['plain http to another machine', { url: 'http://quietlist.example.com' }, 'invalid_configuration'],
    ['nobody there', { url: 'http://127.0.0.1:9' }, 'unreachable'],
    ['no key', { apiKey: '' }, 'invalid_configuration'],
    ['a wrong key', { apiKey: 'ql_live_wrong' }, 'unauthenticated'],
    ['no body at all', { id: undefined, url: undefined, apiKey: undefined }, 'invalid_configuration'],
  ])('says what is wrong: %s', async (_name, given, code) => {
    await deploy();
    const { body } = await test({ apiKey: service.adminKey, ...given }).expect(502);
    expect(body).toEqual({ code, message: expect.stringMatching(/\S/), hint: expect.stringMatching(/\S/) });
  });
});
