import { describe, expect, it } from 'vitest';
import { quietlistType } from '../support/n8n-engine.ts';
import { n8nSuite } from '../support/n8n-suite.ts';

interface Unsubscribe {
  url: string;
  headers: Record<string, string>;
}

describe('unsubscribe links in n8n', () => {
  const suite = n8nSuite();
  const create = (parameters: Record<string, unknown>, input: Array<Record<string, unknown>>, node = {}) =>
    suite.run('unsubscribeLink', 'create', { contact: '={{ $json.email }}', ...parameters }, input, node);
  const linkOf = (json: unknown) => (json as { unsubscribe: Unsubscribe }).unsubscribe;

  it('come with the headers of the message beside the data of the item, and opt out who follows them', async () => {
    const { body: list } = await suite.service.call('POST', '/v1/lists', { name: 'News' });
    const run = await create({ list: list.id, channel: 'email', options: { mailto: 'stop@example.com' } }, [{ email: 'ann@example.com', name: 'Ann' }]);
    expect(run.error).toBeUndefined();
    const { json, pairedItem } = run.items('Quietlist')[0]!;
    expect(json).toMatchObject({ email: 'ann@example.com', name: 'Ann' });
    expect(pairedItem).toEqual({ item: 0 });
    const { url, headers } = linkOf(json);
    expect(headers).toMatchObject({ 'List-Unsubscribe': expect.stringContaining(`<${url}>, <mailto:stop@example.com`), 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click', 'List-Id': expect.any(String) });
    expect(url).not.toContain('ann');

    await fetch(new URL(new URL(url).pathname, suite.service.baseUrl), { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
    const decision = async (scope: object) => (await suite.service.call('POST', '/v1/checks', { recipients: ['ann@example.com'], ...scope })).body.decisions[0].decision;
    expect([await decision({ lists: [list.id], channel: 'email' }), await decision({ channel: 'sms' })]).toEqual(['suppress', 'allow']);
  });

  it('are one request for 10,000 items, in their order', async () => {
    const run = await create({}, Array.from({ length: 10_000 }, (_, n) => ({ n, email: `person${n}@example.com` })));
    expect(suite.proxy.requests).toHaveLength(1);
    expect(run.output(0)).toHaveLength(10_000);
    expect(run.output(0).every(({ json }, n) => json.n === n && linkOf(json).url.startsWith('http'))).toBe(true);
    expect(new Set(run.output(0).map(({ json }) => linkOf(json).url)).size).toBe(10_000);
  });

  for (const onError of ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const) {
    it(`leave nobody to write to when there is none, and do not keep the others from theirs: ${onError}`, async () => {
      const run = await create({}, [{ email: 'ann@example.com' }, { email: 'x@' }, {}, { email: 'bob@example.com' }], { onError });
      expect(run.error).toBeUndefined();
      const good = run.output(0).filter(({ json }) => 'unsubscribe' in json);
      expect(good.map(({ json }) => json.email)).toEqual(['ann@example.com', 'bob@example.com']);
      const failed = onError === 'continueErrorOutput' ? run.output(1) : run.output(0).filter(({ json }) => 'error' in json);
      expect(failed).toHaveLength(2);
      if (onError !== 'continueErrorOutput') expect(failed.every(({ json }) => Object.keys(json).join() === 'error')).toBe(true);
      expect(JSON.stringify(failed.map(({ json }) => json.error))).not.toContain('x@');
      expect(run.hints('Quietlist').map(({ message }) => message)).toEqual([expect.stringContaining('2 of 4 items got no link')]);
    });
  }

  it('are for one person each', async () => {
    expect((await create({}, [{ email: 'ann@example.com, bob@example.com' }])).error?.message).toContain('names several people');
    expect(suite.proxy.requests).toEqual([]);
  });

  it('are told as a failure when the service cannot make them', async () => {
    const options = { credentials: { quietlistApi: { baseUrl: 'http://127.0.0.1:1', apiKey: 'ql_live_x' } } };
    const run = await suite.run('unsubscribeLink', 'create', { contact: 'ann@example.com' }, [{ n: 1 }], { onError: 'continueRegularOutput' }, options);
    expect(run.output(0).map(({ json }) => json)).toEqual([{ error: 'The service cannot be reached.' }]);
    expect((await suite.run('unsubscribeLink', 'create', { contact: 'ann@example.com' }, [{ n: 1 }], {}, options)).error).toMatchObject({ message: 'The service cannot be reached.' });
  });

  it('are handed to an AI agent alone', async () => {
    const run = await create({ contact: 'ann@example.com' }, [{ secret: 1 }], { type: `${quietlistType}Tool` });
    expect(run.items('Quietlist')[0]!.json).toEqual({ url: expect.stringContaining('/u/'), headers: expect.any(Object) });
  });
});
