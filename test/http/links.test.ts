import { request } from 'node:http';
import { limits } from '@quietlist/contract/limits';
import { addressProblems } from '@quietlist/contract/address-problems';
import type { LinkResult } from '@quietlist/contract/link';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeLink } from '../support/links.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService({ http: { publicUrl: 'https://mail.example.com/quiet' } });
  await service.call('POST', '/v1/lists', { name: 'Größe 🚀 – “News”' });
  await service.call('POST', '/v1/senders', { name: 'Newsletter', channel: 'email' });
});
afterAll(() => service.stop());

const make = (links: object[], more: object = {}, options = {}) => service.call('POST', '/v1/links', { links, ...more }, options);
const urlsOf = async (links: object[]): Promise<Array<string | null>> => ((await make(links)).body.results as LinkResult[]).map(({ url }) => url);

describe('making links', () => {
  it('answers one link an item, in their order, with the headers of the message', async () => {
    const { status, body } = await make([{ address: 'ann@example.com', ref: 'row 1' }, { address: '+4917012345678', list: 'Größe 🚀 – “News”', channel: 'sms' }], { mailto: 'stop+us@example.com' });
    expect(status).toBe(200);
    const [first, second] = body.results as LinkResult[];
    expect(first).toMatchObject({ index: 0, ref: 'row 1' });
    expect(first?.url).toMatch(/^https:\/\/mail\.example\.com\/quiet\/u\/[0-9a-v]{32}$/);
    expect(first?.headers).toEqual({
      'List-Unsubscribe': `<${first?.url}>, <mailto:stop%2Bus@example.com?subject=unsubscribe>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-Id': expect.stringMatching(/^"Default" <default\.wsp_[0-9a-z]+\.mail\.example\.com>$/),
    });
    expect(second?.index).toBe(1);
    expect(second?.headers?.['List-Id']).toMatch(/^(=\?UTF-8\?Q\?[A-Za-z0-9=]{1,63}\?= )+<lst_[0-9a-z]+\.wsp_[0-9a-z]+\.mail\.example\.com>$/);
    expect(Object.values(second?.headers ?? {}).every((value) => /^[ -~]+$/.test(value))).toBe(true);
    expect(JSON.stringify(body)).not.toMatch(/ann@|ann%40|49170/);
  });

  it('gives the same recipient, list, channel and sender the same link, and any other another', async () => {
    const targets = [
      { address: 'bob@example.com' }, { address: 'bob@example.com', channel: 'email' }, { address: 'bob@example.com', channel: 'sms' }, { address: 'bob@example.com', channel: 'email', sender: 'Newsletter' },
      { address: 'bob@example.com', sender: 'Newsletter' }, { address: 'bob@example.com', list: 'Größe 🚀 – “News”' }, { address: 'bob2@example.com' }, { address: '+4917012345679' }, { address: { value: '77', kind: 'handle', channel: 'telegram' } },
    ];
    const urls = await urlsOf(targets);
    expect(new Set(urls).size).toBe(targets.length);
    expect(await urlsOf(targets)).toEqual(urls);
    expect(await urlsOf([{ address: ' Bob@EXAMPLE.com ', list: 'default', channel: null, sender: null }, { address: 'tel:+49 170 12345679' }])).toEqual([urls[0], urls[7]]);
    const otherWorkspace = await service.createKey('agent', { workspace: 'other' });
    expect((await make([{ address: 'bob@example.com' }], {}, { key: otherWorkspace })).body.results[0].url).not.toBe(urls[0]);
  });

  it('refuses an unreadable address alone, with its code, and makes the others', async () => {
    const { body } = await make([{ address: 'x@' }, { address: 'carl@example.com' }, { address: '' }, { address: 1e21 }, { address: 'carl@example.com', channel: 'sms', sender: 'Newsletter' }]);
    expect(body.results.map(({ url, headers, code }: LinkResult) => [url === null, headers === null, code])).toEqual([
      [true, true, 'syntax'], [false, false, undefined], [true, true, 'empty'], [true, true, 'lossy_number'], [true, true, 'sender_of_other_channel'],
    ]);
    expect(body.results[2].message).toBe(addressProblems.empty);
  });

  it('reads addresses as the request says', async () => {
    const [national, international] = [(await make([{ address: '0170 12345680' }], { addressOptions: { digits: 'national', defaultCountry: 'DE' } })).body.results[0].url, (await urlsOf([{ address: '+4917012345680' }]))[0]];
    expect(national).toBe(international);
  });

  it('makes none when a list or sender does not exist', async () => {
    expectProblem(await make([{ address: 'dora@example.com' }, { address: 'dora@example.com', list: 'Nope' }]), 'unknown-list', '/links/1/list');
    expectProblem(await make([{ address: 'dora@example.com', sender: 'Nope' }]), 'unknown-sender', '/links/0/sender');
  });

  it.each([
    [{ links: [] }, '/links'], [{ links: [{}] }, '/links/0/address'], [{ links: [{ address: 'a@example.com', lists: [] }] }, '/links/0/lists'], [{ links: [{ address: 'a@example.com', channel: 'E-Mail' }] }, '/links/0/channel'],
    [{ links: [{ address: 'a@example.com' }], mailto: 'no address' }, '/mailto'], [{ links: [{ address: 'a@example.com' }], mailto: 'a@example.com>, <https://evil.example' }, '/mailto'], [{ links: [{ address: 'a@example.com' }], mailto: 'a\r\nb@example.com' }, '/mailto'],
    [{ links: [{ address: 'a@example.com' }], mailto: 'a\ud800@example.com' }, '/mailto'], [{ links: [{ address: 'a@example.com' }], mailto: 'a@b@example.com' }, '/mailto'], [{ links: [{ address: 'a@example.com' }], publicUrl: 'https://evil.example' }, '/publicUrl'],
  ])('refuses %j', async (body, pointer) => {
    const answer = await service.call('POST', '/v1/links', body);
    expectProblem(answer, 'invalid-request');
    expect(answer.body.errors[0].pointer).toContain(pointer === '/links/0/channel' ? '/links/0' : pointer);
  });

  it('names a mail address so that nothing of it reads as anything else', async () => {
    const { headers } = await makeLink(service, { address: 'ed@example.com' }, { mailto: 'a?subject=x&b"%\'@exämple.com' });
    expect(headers?.['List-Unsubscribe']).toMatch(/^<https:[^<>]+>, <mailto:a%3Fsubject%3Dx%26b%22%25'@ex%C3%A4mple\.com\?subject=unsubscribe>$/);
  });

  it('keeps only the hash of a token, and the answer with the tokens nowhere', async () => {
    const { url } = await makeLink(service, { address: 'eve@example.com' });
    const token = url?.split('/').at(-1) ?? '';
    const kept = await service.services.store.links.find(service.services.platform.digest(token));
    expect(kept).toMatchObject({ key: 'eve@example.com', address: 'eve@example.com', addressKind: 'email', list: 'default', channel: null, sender: null });
    expect(JSON.stringify(await service.services.store.links.scan(null, 1_000))).not.toContain(token);
    const answer = await make([{ address: 'eve@example.com' }], {}, { headers: { 'idempotency-key': 'again' } });
    expect(await service.services.store.write((writer) => writer.idempotency.find(0, 'again'))).toBeNull();
    expect(answer.body.results[0].url).toBe(url);
  });

  it('makes ten thousand at once, and no more', async () => {
    const many = Array.from({ length: limits.itemsPerRequest }, (_, index) => ({ address: `user${index}@example.com` }));
    const { status, body } = await make(many);
    expect([status, new Set(body.results.map(({ url }: LinkResult) => url)).size]).toEqual([200, limits.itemsPerRequest]);
    expectProblem(await make([...many, { address: 'one@example.com' }]), 'invalid-request', '/links');
  });

  it('is for agents, not for viewers', async () => {
    expectProblem(await make([{ address: 'a@example.com' }], {}, { key: await service.createKey('viewer') }), 'forbidden');
    expect((await make([{ address: 'a@example.com' }], {}, { key: await service.createKey('agent') })).status).toBe(200);
  });
});

describe('without a public address', () => {
  it('makes links to where it was asked, and none to a host that is no name', async () => {
    const local = await startService();
    const { url, headers } = await makeLink(local, { address: 'ann@example.com' });
    expect(url).toMatch(new RegExp(`^${local.baseUrl}/u/[0-9a-v]{32}$`));
    expect(headers?.['List-Id']).toMatch(/^"Default" <default\.wsp_[0-9a-z]+\.localhost>$/);
    const statuses = await Promise.all(['evil.example/x', 'a b', '-', 'user@evil.example', '"', 'ok.example'].map((host) => new Promise((resolve, reject) => {
      const asked = request(`${local.baseUrl}/v1/links`, { method: 'POST', headers: { host, authorization: `Bearer ${local.adminKey}`, 'content-type': 'application/json' } }, (response) => resolve(response.resume().statusCode));
      asked.on('error', reject).end(JSON.stringify({ links: [{ address: 'ann@example.com' }] }));
    })));
    expect(statuses).toEqual([400, 400, 400, 400, 400, 200]);
    await local.stop();
  });
});
