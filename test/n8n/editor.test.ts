import { NodeConnectionTypes, type INodeType } from 'n8n-workflow';
import { describe, expect, it } from 'vitest';
import { QuietlistApi } from '../../credentials/QuietlistApi.credentials.ts';
import { loadDropdown, runWorkflow } from '../support/n8n-engine.ts';
import { n8nSuite } from '../support/n8n-suite.ts';

/** What n8n builds to test a credential: a declarative node without an `execute` that sends the credential's test request. */
const credentialTester: INodeType = {
  description: {
    displayName: 'Temp', name: 'temp', group: ['input'], version: 1, description: 'Temp', defaults: { name: 'Temp' },
    inputs: [NodeConnectionTypes.Main], outputs: [NodeConnectionTypes.Main], credentials: [{ name: 'quietlistApi', required: true }],
    properties: [{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request: new QuietlistApi().test.request } }],
  },
};

describe('the credential in n8n', () => {
  const suite = n8nSuite();
  const test = (baseUrl: string, apiKey: string) =>
    runWorkflow({ nodes: [{ name: 'Temp', type: 'test.temp' }], connections: {} }, { nodeTypes: { 'test.temp': credentialTester }, credentials: { quietlistApi: { baseUrl, apiKey } } });

  it('is accepted with a good key, also with a slash behind the base URL', async () => {
    for (const baseUrl of [suite.proxy.baseUrl, `${suite.proxy.baseUrl}/`]) {
      const run = await test(baseUrl, suite.service.adminKey);
      expect(run.error).toBeUndefined();
      expect(run.items('Temp')[0]!.json).toMatchObject({ role: 'admin' });
    }
    expect(suite.proxy.requests.at(-1)).toMatchObject({ path: '/v1/me', headers: { authorization: `Bearer ${suite.service.adminKey}` } });
  });

  it('is refused with a wrong key', async () => {
    expect((await test(suite.proxy.baseUrl, 'ql_live_wrong')).error).toMatchObject({ httpCode: '401' });
  });

  it('never sends its key over plain http to another machine unless told to', async () => {
    const credentials = (allowInsecureHttp: boolean) => ({ credentials: { quietlistApi: { baseUrl: 'http://quietlist.invalid:8181', apiKey: 'ql_live_x', allowInsecureHttp } } });
    await expect(loadDropdown('getChannels', credentials(false))).rejects.toThrow('plain http to another machine');
    await expect(loadDropdown('getChannels', credentials(true))).rejects.toThrow('The service cannot be reached');
  });
});

describe('the dropdowns in n8n', () => {
  const suite = n8nSuite();

  it('are filled by the service, with “any” in front where it may be chosen', async () => {
    await suite.service.call('POST', '/v1/lists', { name: 'Promotions', description: 'Offers' });
    const sender = await suite.service.call('POST', '/v1/senders', { name: 'Shop', channel: 'whatsapp' });
    const channels = await loadDropdown('getChannels', suite.options());
    expect(channels.slice(0, 2)).toEqual([{ name: 'Any Channel', value: '*' }, { name: expect.any(String), value: expect.any(String) }]);
    expect(channels).toContainEqual({ name: 'WhatsApp', value: 'whatsapp' });
    const lists = await loadDropdown('getLists', suite.options());
    expect(lists).toContainEqual({ name: 'Promotions', value: expect.stringMatching(/^lst_/), description: 'Offers' });
    expect(lists.map(({ value }) => value)).toContain('default');
    expect(await loadDropdown('getListsOrAny', suite.options())).toEqual([{ name: 'Any List', value: '*' }, ...lists]);
    expect(await loadDropdown('getSenders', suite.options())).toEqual([{ name: 'Shop (WhatsApp)', value: sender.body.id }]);
  });

  it('say in a plain sentence why they cannot be filled', async () => {
    await expect(loadDropdown('getLists', suite.options('ql_live_wrong'))).rejects.toMatchObject({ name: 'NodeApiError', message: expect.stringMatching(/key/i), description: expect.any(String) });
    await expect(loadDropdown('getLists', { credentials: { quietlistApi: { baseUrl: 'http://127.0.0.1:1', apiKey: 'ql_live_x' } } })).rejects.toThrow('The service cannot be reached');
  });
});
