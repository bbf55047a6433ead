import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CheckRequest } from '@quietlist/contract/check';
import type { CheckOptions } from '@quietlist/client/types';
import { checkAnswer, clientWith, fakeTransport, ok } from '../support/fake-transport.ts';

const people = (count: number) => Array.from({ length: count }, (_, index) => `+49170${1_000_000 + index}`);

const anyScope: fc.Arbitrary<CheckOptions> = fc.record(
  {
    channel: fc.constantFrom(null, 'sms', 'whatsapp'),
    sender: fc.constantFrom(null, 'snd_1', 'Support'),
    purpose: fc.constantFrom('marketing' as const, 'transactional' as const),
    direction: fc.constantFrom('outbound' as const, 'inbound' as const),
    lists: fc.constantFrom([], ['default'], ['Promotions', 'lst_1']),
    asOf: fc.constant('2026-01-01T00:00:00Z'),
  },
  { requiredKeys: [] },
);

type Path = Array<string | number>;
type Json = Record<string | number, unknown>;

const pathsOf = (value: unknown, path: Path = []): Path[] =>
  typeof value === 'object' && value !== null ? [path, ...Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, [...path, name]))] : [path];

interface Mutation {
  /** Which path, as a share of all of them. */
  where: number;
  how: 'delete' | 'replace' | 'add' | 'repeat' | 'negate';
  value: unknown;
}

const anyMutation: fc.Arbitrary<Mutation> = fc.record({
  where: fc.double({ min: 0, max: 0.999_999, noNaN: true }),
  how: fc.constantFrom('delete', 'replace', 'add', 'repeat', 'negate'),
  value: fc.oneof(fc.jsonValue(), fc.constantFrom('allow', 'suppress', true, false, 0, 1, -1, '', null, [], {}, 'all', '__proto__')),
});

/** Changes one place of an answer. An index is never moved to another person: that would be a right answer about other people. */
const mutated = (answer: unknown, { where, how, value }: Mutation, asked: number): unknown => {
  const paths = pathsOf(answer);
  const path = paths[Math.floor(where * paths.length)]!;
  if (path.length === 0) return how === 'replace' || how === 'delete' ? value : answer;
  const parent = path.slice(0, -1).reduce<Json>((inner, name) => inner[name] as Json, answer as Json);
  const name = path.at(-1)!;
  const isPerson = name === 'index';
  const old = parent[name];
  if (how === 'delete' && Array.isArray(parent)) parent.splice(Number(name), 1);
  else if (how === 'delete') delete parent[name];
  else if (how === 'repeat' && Array.isArray(parent)) parent.push(structuredClone(old));
  else if (how === 'negate') parent[name] = typeof old === 'boolean' ? !old : typeof old === 'number' ? (isPerson ? old + asked : old + 1) : value;
  else if (how === 'add' && typeof old === 'object' && old !== null) (old as Json)['added'] = value;
  else if (how === 'add') parent['added'] = value;
  else parent[name] = isPerson && Number.isInteger(value) ? Number(value) + asked : value;
  return answer;
};

const anyPlan = fc.integer({ min: 1, max: 8 }).chain((count) => fc.record({ count: fc.constant(count), held: fc.subarray([...Array(count).keys()], { minLength: 1 }), unknownFrom: fc.nat(8), scope: anyScope }));

describe('whatever the service answers', () => {
  it('nobody is contacted because of JSON that is no answer at all', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), fc.anything()), fc.constantFrom(200, 200, 200, 201, 204, 302, 401, 404, 422, 429, 500, 503), anyScope, async (body, status, scope) => {
        const decisions = await clientWith(fakeTransport({ status, headers: {}, body })).checkMany(people(3), scope);
        expect(decisions.map(({ mayContact, decision }) => [mayContact, decision])).toEqual(Array(3).fill([false, 'unknown']));
      }),
      { numRuns: 2_000 },
    );
  });

  it('nobody whom the right answer held is contacted after up to two changes of it', async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(anyPlan, fc.array(anyMutation, { minLength: 1, maxLength: 2 }), async ({ count, held, unknownFrom, scope }, mutations) => {
        const transport = fakeTransport(({ body }) => {
          const right = checkAnswer(body as CheckRequest, held.slice(0, unknownFrom), held.slice(unknownFrom));
          return ok(mutations.reduce<unknown>((answer, mutation) => mutated(answer, mutation, count), structuredClone(right)));
        });
        const decisions = await clientWith(transport).checkMany(people(count), scope);
        expect(decisions).toHaveLength(count);
        decisions.forEach(({ mayContact, decision }, index) => {
          expect(mayContact).toBe(decision === 'allow');
          if (held.includes(index)) expect(mayContact).toBe(false);
        });
        refused += decisions.every(({ code }) => code === 'malformed_answer') ? 1 : 0;
      }),
      { numRuns: 5_000 },
    );
    expect(refused, 'most changes are noticed, so the property says something').toBeGreaterThan(2_500);
  });

  it('the right answer is always understood', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlan, async ({ count, held, unknownFrom, scope }) => {
        const suppressed = held.slice(0, unknownFrom);
        const transport = fakeTransport(({ body }) => ok(checkAnswer(body as CheckRequest, suppressed, held.slice(unknownFrom))));
        const decisions = await clientWith(transport).checkMany(people(count), scope);
        expect(decisions.map(({ decision }) => decision)).toEqual(people(count).map((_, index) => (suppressed.includes(index) ? 'suppress' : held.includes(index) ? 'unknown' : 'allow')));
      }),
      { numRuns: 500 },
    );
  });
});

describe('whatever a flow gives as people', () => {
  it('each gets exactly one decision, and only those that were sent can be allowed', async () => {
    const anyPerson = fc.oneof(fc.anything(), fc.constantFrom('', null, undefined, '+491701234567'), fc.array(fc.oneof(fc.string(), fc.anything())));
    await fc.assert(
      fc.asyncProperty(fc.array(anyPerson, { maxLength: 12 }), async (given) => {
        const transport = fakeTransport(({ body }) => ok(checkAnswer(body as CheckRequest)));
        const decisions = await clientWith(transport).checkMany(given as never);
        expect(decisions).toHaveLength(given.length);
        const sent = transport.requests.flatMap(({ body }) => (body as CheckRequest).recipients);
        expect(decisions.filter(({ mayContact }) => mayContact)).toHaveLength(sent.length);
      }),
      { numRuns: 2_000 },
    );
  });
});
