import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let theirs: string;
const phone = '+14155552671';
const ours = { list: '', sender: '', entry: '', key: '', rule: '', template: '', review: '' };

beforeAll(async () => {
  service = await startService();
  theirs = await service.createKey('admin', { workspace: 'theirs' });
  ours.list = (await service.call('POST', '/v1/lists', { name: 'Ours' })).body.id;
  ours.sender = (await service.call('POST', '/v1/senders', { name: 'Our sender', channel: 'sms' })).body.id;
  ours.key = (await service.call('POST', '/v1/keys', { name: 'Our key', role: 'agent' })).body.id;
  ours.template = (await service.call('POST', '/v1/templates', { name: 'ours', buttons: ['Ours'] })).body.id;
  ours.rule = (await service.call('POST', '/v1/rules', { trigger: 'keyword', text: 'ourword', action: 'opt_out' })).body.id;
  ours.review = (await service.call('POST', '/v1/inbound', { address: '+14155550199', channel: 'sms', messageId: 'SM-ours', text: 'I did not sign up, take me off this list' })).body.review;
  const { body } = await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: phone, note: 'ours' }, { kind: 'opt_out', addresses: [phone, 'ann@example.com'], list: ours.list }], batch: 'our batch' });
  ours.entry = body.results[0].entries[0];
});
afterAll(() => service.stop());

const asThem = (method: string, path: string, body?: object) => service.call(method, path, body, { key: theirs });

describe('another workspace', () => {
  it('finds nothing of ours by its id', async () => {
    for (const path of [`/v1/entries/${ours.entry}`, `/v1/lists/${ours.list}`, `/v1/senders/${ours.sender}`, `/v1/rules/${ours.rule}`, `/v1/templates/${ours.template}`, `/v1/reviews/${ours.review}`]) expectProblem(await asThem('GET', path), 'not-found');
    for (const path of [`/v1/lists/${ours.list}`, `/v1/senders/${ours.sender}`, `/v1/keys/${ours.key}`, `/v1/rules/${ours.rule}`, `/v1/templates/${ours.template}`]) expectProblem(await asThem('DELETE', path), 'not-found');
    for (const path of [`/v1/reviews/${ours.review}/approve`, `/v1/reviews/${ours.review}/dismiss`, `/v1/rules/${ours.rule}/backfill`]) expectProblem(await asThem('POST', path, {}), 'not-found');
    for (const path of [`/v1/lists/${ours.list}`, `/v1/senders/${ours.sender}`]) expectProblem(await asThem('PATCH', path, { name: 'Taken over' }), 'not-found');
  });

  it('answers the same for a thing of ours and for one that never was', async () => {
    const { requestId: _one, ...existing } = (await asThem('GET', `/v1/entries/${ours.entry}`)).body;
    const { requestId: _two, ...missing } = (await asThem('GET', '/v1/entries/ent_1')).body;
    expect(existing).toEqual(missing);
  });

  it('sees none of ours in any list, search or view', async () => {
    for (const path of ['/v1/entries?status=any', `/v1/entries?status=any&text=${encodeURIComponent(phone)}`, '/v1/entries?status=any&batch=our%20batch', '/v1/senders', '/v1/rules', '/v1/templates', '/v1/reviews?status=any']) expect((await asThem('GET', path)).body.data).toEqual([]);
    expect((await asThem('GET', '/v1/lists')).body.data.map(({ id }: { id: string }) => id)).toEqual(['default']);
    expect((await asThem('GET', '/v1/keys')).body.data).toHaveLength(1);
    expect((await asThem('GET', `/v1/addresses/${encodeURIComponent(phone)}`)).body).toMatchObject({ contact: null, linked: [], entries: [], events: [] });
  });

  it('is not held by our entries, nor links to ours', async () => {
    expect((await asThem('POST', '/v1/checks', { recipients: [phone] })).body.decisions[0].decision).toBe('allow');
    await asThem('POST', '/v1/contacts/link', { addresses: [phone, 'bob@example.com'] });
    await asThem('POST', '/v1/entries', { entries: [{ kind: 'block', address: 'bob@example.com' }] });
    expect((await service.call('GET', `/v1/addresses/${encodeURIComponent(phone)}`)).body.linked).toMatchObject([{ key: 'ann@example.com' }]);
    expect((await service.call('POST', '/v1/checks', { recipients: ['bob@example.com'] })).body.decisions[0].decision).toBe('allow');
  });

  it('removes nothing of ours, by id or by address', async () => {
    for (const request of [{ ids: [ours.entry] }, { kind: 'block', addresses: [phone] }, { kind: 'opt_out', addresses: [phone], by: 'recipient', lists: ['*'] }]) {
      expect((await asThem('POST', '/v1/entries/remove', request)).body.counts).toMatchObject({ removed: 0 });
    }
    expect((await service.call('GET', `/v1/entries/${ours.entry}`)).body.status).toBe('active');
  });

  it('cannot name our lists and senders', async () => {
    for (const list of [ours.list, 'Ours']) expectProblem(await asThem('POST', '/v1/checks', { recipients: [phone], lists: [list] }), 'unknown-list');
    for (const sender of [ours.sender, 'Our sender']) expectProblem(await asThem('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: phone, sender }] }), 'unknown-sender');
  });

  it('is told nothing by our rules and messages', async () => {
    expect((await asThem('POST', '/v1/inbound', { address: '+14155550198', channel: 'sms', text: 'ourword' })).body.action).toBe('none');
    expect((await asThem('POST', '/v1/inbound', { address: '+14155550199', channel: 'sms', messageId: 'SM-ours', text: 'hello' })).body.wasSeen).toBe(false);
    expect((await asThem('POST', '/v1/rules/preview', { trigger: 'keyword', text: 'I did not sign up, take me off this list' })).body.matched).toBe(0);
  });

  it('has settings, names and numbers of its own', async () => {
    await asThem('PATCH', '/v1/settings', { listMatching: 'named' });
    expect((await service.call('GET', '/v1/settings')).body.listMatching).toBe('any');
    expect((await asThem('POST', '/v1/lists', { name: 'Ours' })).status).toBe(201);
    expect((await asThem('POST', '/v1/senders', { name: 'Our sender', channel: 'sms', channelId: 101 })).status).toBe(201);
  });
});
