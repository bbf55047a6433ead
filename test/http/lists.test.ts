import { isListPage } from '@quietlist/contract/validators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshPhone } from '../support/numbers.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const create = (list: object) => service.call('POST', '/v1/lists', list);
const all = async () => {
  const { body } = await service.call('GET', '/v1/lists');
  expect(isListPage(body)).toBe(true);
  return body.data;
};

describe('opt-out lists', () => {
  it('begin with the default list, which nobody can delete (B4)', async () => {
    expect((await all())[0]).toMatchObject({ id: 'default', isDefault: true, members: 0 });
    expectProblem(await service.call('DELETE', '/v1/lists/default'), 'list-protected');
  });

  it('are created, shown, renamed and described', async () => {
    const { status, body } = await create({ name: 'Promotions', description: 'Offers of the week' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ id: expect.stringMatching(/^lst_/), name: 'Promotions', description: 'Offers of the week', isDefault: false, members: 0 });
    expect((await service.call('GET', `/v1/lists/${body.id}`)).body).toEqual(body);
    const renamed = await service.call('PATCH', `/v1/lists/${body.id}`, { name: 'Weekly' });
    expect(renamed.body).toEqual({ ...body, name: 'Weekly' });
    expect((await service.call('PATCH', `/v1/lists/${body.id}`, { description: '' })).body).toMatchObject({ name: 'Weekly', description: '' });
    expect((await service.call('PATCH', '/v1/lists/default', { name: 'All marketing' })).body).toMatchObject({ id: 'default', name: 'All marketing', isDefault: true });
  });

  it('take names of 50 characters and descriptions of 300, not more (B5)', async () => {
    expect((await create({ name: 'ñ'.repeat(50), description: 'd'.repeat(300) })).status).toBe(201);
    expectProblem(await create({ name: 'n'.repeat(51) }), 'invalid-request', '/name');
    expectProblem(await create({ name: 'n', description: 'd'.repeat(301) }), 'invalid-request', '/description');
    expectProblem(await create({ name: '  ' }), 'invalid-request', '/name');
    expectProblem(await create({}), 'invalid-request', '/name');
    expectProblem(await service.call('PATCH', '/v1/lists/default', {}), 'invalid-request');
  });

  it('have names of their own', async () => {
    await create({ name: 'Once' });
    expectProblem(await create({ name: 'Once' }), 'conflict', '/name');
    const { body } = await create({ name: 'Twice' });
    expectProblem(await service.call('PATCH', `/v1/lists/${body.id}`, { name: 'Once' }), 'conflict', '/name');
  });

  it.each(['*', 'default', 'lst_1'])('are never called %s, which would mean another list', async (name) => {
    expectProblem(await create({ name }), 'invalid-request', '/name');
    const { body } = await create({ name: `Not ${name}` });
    expectProblem(await service.call('PATCH', `/v1/lists/${body.id}`, { name }), 'invalid-request', '/name');
  });

  it('count their active members, and are deleted only when they have none', async () => {
    const { body: list } = await create({ name: 'Members' });
    const phone = freshPhone();
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: phone, list: list.id }, { kind: 'opt_out', address: phone, list: list.id, channel: 'sms' }, { kind: 'opt_out', address: phone }] });
    expect((await service.call('GET', `/v1/lists/${list.id}`)).body.members).toBe(2);
    expectProblem(await service.call('DELETE', `/v1/lists/${list.id}`), 'list-not-empty');
    await service.call('POST', '/v1/entries/remove', { kind: 'opt_out', addresses: [phone], lists: [list.id], by: 'recipient' });
    expect((await all()).find(({ id }: { id: string }) => id === list.id).members).toBe(0);
    expect((await service.call('DELETE', `/v1/lists/${list.id}`)).body).toMatchObject({ id: list.id });
    expectProblem(await service.call('GET', `/v1/lists/${list.id}`), 'not-found');
    expect((await service.call('POST', '/v1/checks', { recipients: [phone] })).body.decisions[0].decision).toBe('suppress');
  });

  it('page by page, each once', async () => {
    const whole = (await all()).map(({ id }: { id: string }) => id);
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const { body }: { body: { data: Array<{ id: string }>; nextCursor: string | null } } = await service.call('GET', `/v1/lists?limit=3${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...body.data.map(({ id }) => id));
      cursor = body.nextCursor;
    }
    expect(seen).toEqual(whole);
    for (const value of [[-1], [1.5], ['x'], [1, 2], {}]) expectProblem(await service.call('GET', `/v1/lists?cursor=${Buffer.from(JSON.stringify(value)).toString('base64url')}`), 'invalid-request', 'cursor');
  });

  it('are not found by an id that never was, and refused by text that is none', async () => {
    for (const method of ['GET', 'DELETE']) expectProblem(await service.call(method, '/v1/lists/lst_1'), 'not-found');
    expectProblem(await service.call('GET', '/v1/lists/Promotions'), 'invalid-request', 'id');
  });
});
