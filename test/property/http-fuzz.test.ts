import { problems } from '@quietlist/contract/problems';
import { routes, type Route, type RouteName } from '@quietlist/contract/routes';
import { ajvOptions } from '@quietlist/contract/ajv-options';
import { isProblem } from '@quietlist/contract/validators';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../server/src/http/app.ts';
import { Ajv } from '../support/ajv.ts';
import { fromSchema, textsFromSchema } from '../support/from-schema.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
let app: FastifyInstance;
const unforeseen: string[] = [];

beforeAll(async () => {
  service = await startService();
  await service.call('POST', '/v1/lists', { name: 'News' });
  await service.call('POST', '/v1/senders', { name: 'Store', channel: 'whatsapp' });
  app = await buildApp(service.services, pino({ level: 'error' }, { write: (line: string) => void unforeseen.push(line) }));
});
afterAll(async () => {
  await app.close();
  await service.stop();
});

const ajv = new Ajv({ ...ajvOptions });
/** Answers to what was sent to the busiest routes: the requests must get far, or they show nothing. */
const statuses = new Map<RouteName, number[]>();

interface Sent {
  parameters: Record<string, string>;
  query: Record<string, string>;
  body: unknown;
  idempotencyKey: string | undefined;
}

type Body = Record<string, unknown>;

/** What the schema cannot say: fields that need or exclude each other, and addresses that must be read. */
const nearer: Partial<Record<RouteName, (body: Body) => unknown>> = {
  removeEntries: ({ ids, consent: _consent, lists, ...rest }) =>
    Array.isArray(ids) && ids.length > 2 ? { ids, by: 'recipient' } : { addresses: ['+14155552671', 'call me'], by: 'recipient', ...rest, kind: rest['kind'] ?? 'opt_out', ...(rest['kind'] === 'block' || lists === undefined ? {} : { lists }) },
  linkAddresses: (body) => ({ ...body, addresses: ['+14155552671', 'ann@example.com'] }),
  unlinkAddresses: (body) => ({ ...body, addresses: ['+14155552671'] }),
};

const bodyOf = (name: RouteName, route: Route): fc.Arbitrary<unknown> => {
  const change = nearer[name];
  if (!route.body) return fc.constant(undefined);
  return fc.tuple(fromSchema(route.body), fc.nat(9)).map(([body, dice]) => (change && dice > 2 && typeof body === 'object' && body !== null ? change(body as Body) : body));
};

const requestOf = (name: RouteName, route: Route): fc.Arbitrary<Sent> =>
  fc.record({
    parameters: route.parameters ? textsFromSchema(route.parameters) : fc.constant({}),
    query: route.query ? textsFromSchema(route.query) : fc.constant({}),
    body: bodyOf(name, route),
    idempotencyKey: fc.oneof({ arbitrary: fc.constant(undefined), weight: 20 }, { arbitrary: fc.constantFrom('k-1', '', 'ü'), weight: 1 }),
  });

async function send(route: Route, { parameters, query, body, idempotencyKey }: Sent) {
  const path = route.path.replace(/:(\w+)/g, (_whole, name: string) => encodeURIComponent((parameters[name] ?? 'x').toWellFormed()) || '%20');
  const search = new URLSearchParams(Object.entries(query)).toString();
  return app.inject({
    method: route.method,
    url: `${path}${search ? `?${search}` : ''}`,
    headers: {
      authorization: `Bearer ${service.adminKey}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey }),
    },
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
}

describe.each((Object.entries(routes) as Array<[RouteName, Route]>).filter(([name]) => name !== 'revokeKey' && name !== 'streamEvents').map(([name, route]) => ({ name, route })))('$name', ({ name, route }) => {
  it('answers whatever it is sent by the contract: what it promises, or a problem of the registry', async () => {
    const isResponse = ajv.compile(route.response);
    await fc.assert(
      fc.asyncProperty(requestOf(name, route), async (sent) => {
        const answer = await send(route, sent);
        const isText = route.contentType !== undefined && answer.statusCode === route.status;
        const value: unknown = isText ? answer.body : answer.json();
        statuses.set(name, [...(statuses.get(name) ?? []), answer.statusCode]);
        if (answer.statusCode === route.status) {
          expect(isResponse(value), JSON.stringify({ errors: isResponse.errors, value })).toBe(true);
          return;
        }
        expect(isProblem(value), answer.body).toBe(true);
        const { code, status } = value as { code: keyof typeof problems; status: number };
        expect(problems[code]?.status).toBe(answer.statusCode);
        expect(status).toBe(answer.statusCode);
        expect(answer.statusCode, answer.body).toBeLessThan(500);
      }),
      { numRuns: route.bulk ? 300 : route.body || route.query ? 100 : 20 },
    );
    expect(unforeseen).toEqual([]);
  });
});

it.each<RouteName>(['check', 'addEntries', 'removeEntries', 'listEntries', 'linkAddresses', 'getAddress'])('has got far enough with %s to show something', (name) => {
  const all = statuses.get(name) ?? [];
  expect(all.filter((status) => status === 200).length).toBeGreaterThan(all.length / 20);
});

it('keeps every history intact that all this has written', async () => {
  const { body } = await service.call('GET', '/v1/entries?status=any&limit=1000');
  const keys = new Set<string>(body.data.map(({ address }: { address: string }) => address));
  for (const address of [...keys].slice(0, 100)) {
    const view = await service.call('GET', `/v1/addresses/${encodeURIComponent(address)}`);
    if (view.status === 200) expect(view.body.historyIntact).toBe(true);
  }
});
