import { isChannelList, isSenderPage } from '@quietlist/contract/validators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshPhone } from '../support/numbers.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const create = (sender: object) => service.call('POST', '/v1/senders', sender);

describe('senders', () => {
  it('get the next channelId from 101, or the one that they are given (B6)', async () => {
    expect((await create({ name: '+49 30 1234', channel: 'whatsapp' })).body).toMatchObject({ id: expect.stringMatching(/^snd_/), name: '+49 30 1234', channel: 'whatsapp', channelId: 101 });
    expect((await create({ name: '52811', channel: 'sms', channelId: 300 })).body.channelId).toBe(300);
    expect((await create({ name: 'news@shop.example', channel: 'email' })).body.channelId).toBe(301);
    expect((await create({ name: 'Brand', channel: 'rcs', channelId: 7 })).body.channelId).toBe(7);
    expect((await create({ name: 'Brand 2', channel: 'rcs' })).body.channelId).toBe(302);
  });

  it('have names and channelIds of their own', async () => {
    const { body } = await create({ name: 'Once', channel: 'sms' });
    expectProblem(await create({ name: 'Once', channel: 'email' }), 'conflict', '/name');
    expectProblem(await create({ name: 'Other', channel: 'sms', channelId: body.channelId }), 'conflict');
    const { body: other } = await create({ name: 'Third', channel: 'sms' });
    expectProblem(await service.call('PATCH', `/v1/senders/${other.id}`, { name: 'Once' }), 'conflict', '/name');
    for (const name of ['*', 'default', 'snd_1']) expectProblem(await create({ name, channel: 'sms' }), 'invalid-request', '/name');
  });

  it('are shown, listed by channel and renamed, but stay on their channel', async () => {
    const { body } = await create({ name: 'Line one', channel: 'line' });
    expect((await service.call('GET', `/v1/senders/${body.id}`)).body).toEqual(body);
    const { body: page } = await service.call('GET', '/v1/senders?channel=line');
    expect(isSenderPage(page)).toBe(true);
    expect(page.data).toEqual([body]);
    expect((await service.call('PATCH', `/v1/senders/${body.id}`, { name: 'Line two' })).body).toEqual({ ...body, name: 'Line two' });
    expectProblem(await service.call('PATCH', `/v1/senders/${body.id}`, { channel: 'sms' }), 'invalid-request');
    expectProblem(await create({ name: 'x', channel: 'Not a slug' }), 'invalid-request', '/channel');
    expectProblem(await create({ name: 'x', channel: 'sms', channelId: 0 }), 'invalid-request', '/channelId');
  });

  it('are deleted only when no entry in force is bound to them', async () => {
    const { body: sender } = await create({ name: 'Bound', channel: 'sms' });
    const phone = freshPhone();
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: phone, sender: sender.id }] });
    expectProblem(await service.call('DELETE', `/v1/senders/${sender.id}`), 'sender-in-use');
    await service.call('POST', '/v1/entries/remove', { kind: 'block', addresses: [phone] });
    expect((await service.call('DELETE', `/v1/senders/${sender.id}`)).body).toEqual(sender);
    expectProblem(await service.call('GET', `/v1/senders/${sender.id}`), 'not-found');
    expectProblem(await service.call('DELETE', `/v1/senders/${sender.id}`), 'not-found');
  });

  it('add their own channels to those that everybody has', async () => {
    await create({ name: 'Chat', channel: 'acme_chat' });
    const { body } = await service.call('GET', '/v1/channels');
    expect(isChannelList(body)).toBe(true);
    expect(body.data.slice(0, 2)).toEqual([{ id: 'whatsapp', label: 'WhatsApp' }, { id: 'sms', label: 'SMS' }]);
    expect(body.data.at(-1)).toEqual({ id: 'acme_chat', label: 'acme_chat' });
    expect(new Set(body.data.map(({ id }: { id: string }) => id)).size).toBe(body.data.length);
  });
});
