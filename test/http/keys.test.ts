import { isMe } from '@quietlist/contract/validators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let now = Date.UTC(2026, 2, 3, 10);
beforeAll(async () => {
  service = await startService({ clock: () => now });
});
afterAll(() => service.stop());

const create = (key: object) => service.call('POST', '/v1/keys', key);
const me = (key: string) => service.call('GET', '/v1/me', undefined, { key });

describe('API keys', () => {
  it('are shown with their secret once, and never again', async () => {
    const { status, body } = await create({ name: 'Flow', role: 'agent' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ id: expect.stringMatching(/^key_/), name: 'Flow', role: 'agent', lastUsedAt: null, expiresAt: null, revokedAt: null });
    expect(body.secret).toMatch(/^ql_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{38}$/);
    const { secret, ...shown } = body;
    const { body: page } = await service.call('GET', '/v1/keys');
    expect(page.data).toContainEqual(shown);
    expect(JSON.stringify(page)).not.toContain(secret.slice(-38));
  });

  it('say who they are', async () => {
    const { body } = await create({ name: 'Reports', role: 'viewer' });
    const answer = await me(body.secret);
    expect(isMe(answer.body)).toBe(true);
    expect(answer.body).toMatchObject({ key: body.id, keyName: 'Reports', role: 'viewer', workspaceName: 'main' });
  });

  it('end at once when they are revoked, and keep the date of the first time', async () => {
    const { body } = await create({ name: 'Old', role: 'agent' });
    expect((await me(body.secret)).status).toBe(200);
    const revoked = await service.call('DELETE', `/v1/keys/${body.id}`);
    expect(revoked.body).toMatchObject({ id: body.id, revokedAt: new Date(now).toISOString() });
    expect(revoked.body.secret).toBeUndefined();
    expectProblem(await me(body.secret), 'unauthenticated');
    now += 60_000;
    expect((await service.call('DELETE', `/v1/keys/${body.id}`)).body.revokedAt).toBe(revoked.body.revokedAt);
    expectProblem(await service.call('DELETE', '/v1/keys/key_1'), 'not-found');
  });

  it('hold until their expiry, and not from that instant on', async () => {
    const { body } = await create({ name: 'Trial', role: 'agent', expiresAt: new Date(now + 1_000).toISOString() });
    now += 999;
    expect((await me(body.secret)).status).toBe(200);
    now += 1;
    expectProblem(await me(body.secret), 'unauthenticated');
  });

  it('are not made to be expired at once', async () => {
    for (const expiresAt of [new Date(now).toISOString(), '2026-02-30T00:00:00Z']) expectProblem(await create({ name: 'Dead', role: 'agent', expiresAt }), 'invalid-request', '/expiresAt');
  });

  it('take a name and a role that there is', async () => {
    expectProblem(await create({ name: 'x', role: 'owner' }), 'invalid-request', '/role');
    expectProblem(await create({ name: '', role: 'agent' }), 'invalid-request', '/name');
    expectProblem(await create({ name: 'x'.repeat(51), role: 'agent' }), 'invalid-request', '/name');
    expectProblem(await create({ name: 'two\nlines', role: 'agent' }), 'invalid-request', '/name');
  });

  it('note when they were last used, to the minute', async () => {
    const { body } = await create({ name: 'Used', role: 'viewer' });
    await me(body.secret);
    const used = async (): Promise<string | null> => {
      const { body: page } = await service.call('GET', '/v1/keys');
      return page.data.find(({ id }: { id: string }) => id === body.id).lastUsedAt;
    };
    await expect.poll(used).toBe(new Date(now).toISOString());
  });
});
