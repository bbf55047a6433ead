import { isAtLeast, roles, type Role } from '@quietlist/contract/roles';
import { routes, type Route, type RouteName } from '@quietlist/contract/routes';
import { wordsOf } from '@quietlist/contract/vocabulary';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let now = Date.UTC(2026, 2, 3, 10);
const keys = new Map<string, string>();

beforeAll(async () => {
  // Every route is asked with every wrong key, from one network address and in no time.
  service = await startService({ clock: () => now, http: { failedAuthenticationsPerMinute: 100_000 } });
  for (const role of wordsOf(roles)) keys.set(role, await service.createKey(role));
  keys.set('expired', await service.createKey('admin', { expiresAt: new Date(now + 1_000).toISOString() }));
  const { body } = await service.call('POST', '/v1/keys', { name: 'Gone', role: 'admin' });
  await service.call('DELETE', `/v1/keys/${body.id}`);
  keys.set('revoked', body.secret);
  now += 1_000;
});
afterAll(() => service.stop());

/** A request of each route that is valid in shape: the matrix below is complete because this table must be. */
const requests: Record<RouteName, { path?: string; body?: object }> = {
  check: { body: { recipients: ['+14155552671'] } },
  addEntries: { body: { entries: [{ kind: 'opt_out', address: '+14155552671' }] } },
  removeEntries: { body: { kind: 'opt_out', addresses: ['+14155559999'], by: 'recipient' } },
  listEntries: {},
  getEntry: { path: '/v1/entries/ent_1' },
  getAddress: { path: '/v1/addresses/%2B14155552671' },
  linkAddresses: { body: { addresses: ['+14155552671', '+14155552672'] } },
  unlinkAddresses: { body: { addresses: ['+14155552671'] } },
  listLists: {},
  createList: { body: { name: 'A list' } },
  getList: { path: '/v1/lists/default' },
  updateList: { path: '/v1/lists/default', body: { description: 'x' } },
  deleteList: { path: '/v1/lists/lst_1' },
  listRules: {},
  createRule: { body: { trigger: 'keyword', text: 'halt', action: 'opt_out' } },
  previewRule: { body: { trigger: 'keyword', text: 'halt' } },
  getRule: { path: '/v1/rules/rul_1' },
  updateRule: { path: '/v1/rules/rul_1', body: { action: 'block' } },
  deleteRule: { path: '/v1/rules/rul_1' },
  backfillRule: { path: '/v1/rules/rul_1/backfill', body: {} },
  listTemplates: {},
  createTemplate: { body: { name: 'welcome', buttons: ['Stop'] } },
  getTemplate: { path: '/v1/templates/tpl_1' },
  updateTemplate: { path: '/v1/templates/tpl_1', body: { name: 'hello' } },
  deleteTemplate: { path: '/v1/templates/tpl_1' },
  handleInbound: { body: { address: '+14155552671', channel: 'sms', text: 'hello' } },
  receiveFromProvider: { path: '/v1/inbound/postmark', body: { RecordType: 'Open', Recipient: 'ann@example.com' } },
  listConnections: {},
  createConnection: { body: { provider: 'postmark', name: 'Postmark', secret: 'a-long-enough-secret' } },
  deleteConnection: { path: '/v1/connections/cnn_1' },
  listReviews: {},
  getReview: { path: '/v1/reviews/rev_1' },
  approveReview: { path: '/v1/reviews/rev_1/approve', body: {} },
  dismissReview: { path: '/v1/reviews/rev_1/dismiss', body: {} },
  createLinks: { body: { links: [{ address: '+14155552671' }] } },
  listSenders: {},
  createSender: { body: { name: 'A sender', channel: 'sms' } },
  getSender: { path: '/v1/senders/snd_1' },
  updateSender: { path: '/v1/senders/snd_1', body: { name: 'x' } },
  deleteSender: { path: '/v1/senders/snd_1' },
  listChannels: {},
  listEvents: {},
  // After a position that is not reached yet, so that nobody waits for what never ends.
  streamEvents: { path: '/v1/events/stream?after=999999' },
  listWebhooks: {},
  createWebhook: { body: { url: 'https://example.com/hook' } },
  getWebhook: { path: '/v1/webhooks/whk_1' },
  updateWebhook: { path: '/v1/webhooks/whk_1', body: { description: 'x' } },
  deleteWebhook: { path: '/v1/webhooks/whk_1' },
  rotateWebhookSecret: { path: '/v1/webhooks/whk_1/rotate-secret' },
  testWebhook: { path: '/v1/webhooks/whk_1/test' },
  listDeliveries: { path: '/v1/webhooks/whk_1/deliveries' },
  replayWebhook: { path: '/v1/webhooks/whk_1/replay', body: { since: '2026-01-01T00:00:00Z' } },
  listListDeliveries: { path: '/v1/lists/default/deliveries' },
  replayList: { path: '/v1/lists/default/replay', body: { since: '2026-01-01T00:00:00Z' } },
  listKeys: {},
  createKey: { body: { name: 'A key', role: 'viewer' } },
  revokeKey: { path: '/v1/keys/key_1' },
  getMe: {},
  getSettings: {},
  updateSettings: { body: { digits: 'international' } },
  health: {},
  ready: {},
  metrics: {},
};

const all = (Object.entries(routes) as Array<[RouteName, Route]>).map(([name, route]) => ({ name, route }));
const send = ({ name, route }: { name: RouteName; route: Route }, options: Parameters<TestService['call']>[3]) =>
  service.call(route.method, requests[name].path ?? route.path, requests[name].body, options);

describe.each(all.filter(({ route }) => route.role !== null))('$name', (one) => {
  const least = one.route.role as Role;

  it.each<[string, string | null, Record<string, string>?]>([
    ['no key', null],
    ['an empty key', ''],
    ['a word', 'secret'],
    ['a key of nobody', `ql_live_AAAAAAAAAAAA_${'A'.repeat(38)}`],
    ['another scheme', null, { authorization: 'Basic YWRtaW46YWRtaW4=' }],
    ['a key in the wrong header', null, { 'x-api-key': 'ql_live_x' }],
  ])('refuses %s', async (_what, key, headers) => {
    const answer = await send(one, { key, ...(headers ? { headers } : {}) });
    expectProblem(answer, 'unauthenticated');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  it.each(['revoked', 'expired'])('refuses a %s key', async (which) => {
    expectProblem(await send(one, { key: keys.get(which) as string }), 'unauthenticated');
  });

  it('refuses a key with one letter changed, and one cut short', async () => {
    const key = keys.get('admin') as string;
    for (const position of [10, 30, 58]) {
      const changed = `${key.slice(0, position)}${key[position] === 'a' ? 'b' : 'a'}${key.slice(position + 1)}`;
      expectProblem(await send(one, { key: changed }), 'unauthenticated');
    }
    expectProblem(await send(one, { key: key.slice(0, -1) }), 'unauthenticated');
  });

  it.each(wordsOf(roles))('knows what the role %s may do', async (role) => {
    const answer = await send(one, { key: keys.get(role) as string });
    if (!isAtLeast(role, least)) {
      expectProblem(answer, 'forbidden');
      expect(answer.body.detail).toContain(least);
    } else {
      expect([401, 403]).not.toContain(answer.status);
      expect(answer.status).toBeLessThan(500);
    }
  });
});

it('judges key and role before it reads the body', async () => {
  for (const one of all.filter(({ route }) => route.body && route.role)) {
    const path = requests[one.name].path ?? one.route.path;
    expectProblem(await service.call(one.route.method, path, '{"nonsense', { key: null }), 'unauthenticated');
    if (one.route.role !== 'viewer') expectProblem(await service.call(one.route.method, path, '{"nonsense', { key: keys.get('viewer') as string }), 'forbidden');
  }
});

it('answers open routes without a key, and with a wrong one', async () => {
  for (const one of all.filter(({ route }) => route.role === null)) {
    for (const key of [null, 'secret']) expect((await send(one, { key })).status).toBe(200);
  }
});

it('lets each role write exactly what it may: an agent no block, a manager no list', async () => {
  const by = (role: Role, path: string, body: object) => service.call('POST', path, body, { key: keys.get(role) as string });
  const block = { entries: [{ kind: 'block', address: '+14155550100' }] };
  expectProblem(await by('agent', '/v1/entries', block), 'forbidden');
  expect((await by('manager', '/v1/entries', block)).status).toBe(200);
  expectProblem(await by('agent', '/v1/entries/remove', { kind: 'block', addresses: ['+14155550100'] }), 'forbidden');
  expectProblem(await by('manager', '/v1/lists', { name: 'Mine' }), 'forbidden');
});
