import { describe, expect, it } from 'vitest';
import type { CheckRequest } from '@quietlist/contract/check';
import { clientDecisionLabels } from '@quietlist/contract/decision-codes';
import { limits } from '@quietlist/contract/limits';
import { isCheckRequest } from '@quietlist/contract/validators';
import { TransportError, type TransportRequest } from '@quietlist/client/transport';
import type { Person } from '@quietlist/client/types';
import { checkAnswer, checkService, clientWith, fakeTransport, ok, problem } from '../../support/fake-transport.ts';

const people = ['+491701234567', 'ann@example.com', '+447700900123'];
const blocksAnn = checkService((recipient) => recipient === 'ann@example.com');

describe('a check that the service answered', () => {
  it('allows whoever is not named among the held, and holds the others, in the order asked', async () => {
    const decisions = await clientWith(fakeTransport(blocksAnn)).checkMany(people);
    expect(decisions.map(({ decision, mayContact }) => [decision, mayContact])).toEqual([['allow', true], ['suppress', false], ['allow', true]]);
    expect(decisions[1]).toMatchObject({ code: 'blacklisted', label: 'Blacklisted', checkedAt: '2026-03-03T00:00:00.000Z', evaluated: { purpose: 'marketing' } });
    expect(decisions[0]).toMatchObject({ code: 'clear', label: 'Clear to send', matched: [] });
  });

  it('passes on an address that the service cannot read as unknown, with the reason of the service', async () => {
    const transport = fakeTransport((request) => ok(checkAnswer(request.body as CheckRequest, [], [1])));
    const decisions = await clientWith(transport).checkMany(people);
    expect(decisions[1]).toMatchObject({ decision: 'unknown', mayContact: false, explanation: 'Unreadable.' });
    expect(decisions[1]).not.toHaveProperty('error');
  });

  it('asks for the scope that was given and nothing else', async () => {
    const transport = fakeTransport(checkService());
    await clientWith(transport).check('+491701234567', { channel: 'whatsapp', sender: null, purpose: 'transactional', direction: 'inbound', lists: ['promo'], asOf: '2026-01-01T00:00:00Z' });
    expect(transport.requests[0]!.body).toEqual({
      recipients: ['+491701234567'], view: 'held', channel: 'whatsapp', sender: null, purpose: 'transactional', direction: 'inbound', lists: ['promo'], asOf: '2026-01-01T00:00:00Z',
    });
  });

  it('reads no lists as any list', async () => {
    const transport = fakeTransport(checkService());
    expect(await clientWith(transport).check('+491701234567', { lists: [] })).toMatchObject({ decision: 'allow' });
    expect(transport.requests[0]!.body).not.toHaveProperty('lists');
  });

  it('takes a sender and lists asked by name and answered by id', async () => {
    const transport = fakeTransport((request) => {
      const answer = checkAnswer(request.body as CheckRequest);
      return ok({ ...answer, evaluated: { ...answer.evaluated, sender: 'snd_1', lists: ['lst_1', 'default'] } });
    });
    expect(await clientWith(transport).check('+491701234567', { sender: 'Support', lists: ['Promotions', 'default'] })).toMatchObject({ decision: 'allow' });
  });

  it('asks nothing for nobody', async () => {
    const transport = fakeTransport(checkService());
    expect(await clientWith(transport).checkMany([])).toEqual([]);
    expect(transport.requests).toHaveLength(0);
  });
});

describe('many people', () => {
  it('are split into requests within the limit, and each gets its own decision', async () => {
    const transport = fakeTransport(checkService((recipient) => typeof recipient === 'string' && recipient.endsWith('7')));
    const many = Array.from({ length: limits.itemsPerRequest * 2 + 5 }, (_, index) => `+4917${String(index).padStart(8, '0')}`);
    const decisions = await clientWith(transport).checkMany(many);
    expect(transport.requests.map(({ body }) => (body as CheckRequest).recipients.length)).toEqual([...new Array<number>(4).fill(limits.itemsPerRequest / 2), 5]);
    expect(decisions.map(({ mayContact }) => mayContact)).toEqual(many.map((address) => !address.endsWith('7')));
  });

  it('are split by size as well, so that no body is larger than the service takes', async () => {
    const transport = fakeTransport(checkService());
    const long = Array.from({ length: 9_000 }, () => ['a', 'b'].map((letter) => letter.repeat(limits.addressLength)));
    const decisions = await clientWith(transport).checkMany(long);
    expect(decisions.every(({ mayContact }) => mayContact)).toBe(true);
    for (const { body } of transport.requests) {
      expect(JSON.stringify(body).length).toBeLessThan(limits.bulkBodyBytes);
      expect(isCheckRequest(body)).toBe(true);
    }
  });

  it('of a later request are unknown when it fails, and those before keep their answers', async () => {
    const transport = fakeTransport(checkService(), problem('unauthenticated'));
    const decisions = await clientWith(transport).checkMany(Array.from({ length: limits.itemsPerRequest * 3 }, () => '+491701234567'));
    expect(decisions.slice(0, limits.itemsPerRequest / 2).every(({ mayContact }) => mayContact)).toBe(true);
    expect(decisions.slice(limits.itemsPerRequest / 2).every(({ decision }) => decision === 'unknown')).toBe(true);
    expect(transport.requests.length, 'whatever is not under way yet would be refused as well').toBeLessThanOrEqual(3);
  });

  it('are asked about two requests at a time, so that neither side waits for the other', async () => {
    const answer = checkService();
    let [underWay, most] = [0, 0];
    const transport = fakeTransport(async (request) => {
      most = Math.max(most, (underWay += 1));
      await new Promise(setImmediate);
      underWay -= 1;
      return typeof answer === 'function' ? answer(request) : answer;
    });
    await clientWith(transport).checkMany(Array.from({ length: limits.itemsPerRequest * 2 }, () => '+491701234567'));
    expect([most, transport.requests.length]).toEqual([2, 4]);
  });

  it('of other requests are not touched when one answer is malformed', async () => {
    const transport = fakeTransport(ok({}), checkService());
    const decisions = await clientWith(transport).checkMany(Array.from({ length: limits.itemsPerRequest + 1 }, () => '+491701234567'));
    expect(decisions[0]).toMatchObject({ decision: 'unknown', code: 'malformed_answer' });
    expect(decisions.at(-1)).toMatchObject({ decision: 'allow' });
  });
});

describe('a person', () => {
  it.each([[undefined], [null], [''], ['  \t'], [[]], [['', null, undefined]], [{ value: '' }], [[[]][0]]])('who is not there (%j) is unknown and never sent', async (nobody) => {
    const transport = fakeTransport(checkService());
    const decisions = await clientWith(transport).checkMany([nobody as Person, '+491701234567']);
    expect(decisions[0]).toMatchObject({ decision: 'unknown', mayContact: false, code: 'missing_contact', label: clientDecisionLabels.missing_contact });
    expect(decisions[1]).toMatchObject({ decision: 'allow' });
    expect((transport.requests[0]!.body as CheckRequest).recipients).toEqual(['+491701234567']);
  });

  it.each([
    ['text that is too long', 'x'.repeat(limits.addressLength + 1)],
    ['too many addresses', Array.from({ length: limits.addressesPerItem + 1 }, (_, index) => `a${index}@x.com`)],
    ['a boolean', true],
    ['not a number', Number.NaN],
    ['an object of another shape', { phone: '+491701234567' }],
    ['an unknown field', { value: '+491701234567', other: 1 }],
    ['a nested array', [['+491701234567']]],
    ['a date', new Date(0)],
    ['a big integer', 491701234567n],
    ['a function', () => '+491701234567'],
  ])('of %s is unknown alone', async (_, bad) => {
    const transport = fakeTransport(checkService());
    const decisions = await clientWith(transport).checkMany([bad as unknown as Person, '+491701234567']);
    expect(decisions[0]).toMatchObject({ decision: 'unknown', mayContact: false, code: 'invalid_contact' });
    expect(decisions[1]).toMatchObject({ decision: 'allow' });
    expect(isCheckRequest(transport.requests[0]!.body)).toBe(true);
  });

  it('of several addresses is one recipient, without the blank ones', async () => {
    const transport = fakeTransport(checkService());
    const handle = { value: '12345', kind: 'handle' as const, channel: 'telegram' };
    await clientWith(transport).checkMany([['+491701234567', '', 'ann@example.com'], ['', 'bob@example.com'], handle, 491701234567]);
    expect((transport.requests[0]!.body as CheckRequest).recipients).toEqual([{ addresses: ['+491701234567', 'ann@example.com'] }, 'bob@example.com', handle, 491701234567]);
  });
});

describe('settings that are not valid', () => {
  it.each([
    [{ lists: ['x'.repeat(limits.nameLength + 1)] }, 'lists/0'],
    [{ channel: '' }, 'channel'],
    [{ channel: 'Whats App' }, 'channel'],
    [{ sender: 'a\u0000b' }, 'sender'],
    [{ asOf: 'yesterday' }, 'asOf'],
    [{ purpose: 'other' }, 'purpose'],
    [{ addressOptions: { defaultCountry: 'Germany' } }, 'addressOptions/defaultCountry'],
  ])('%j: everybody is unknown, the field is named, nothing is sent', async (options, field) => {
    const transport = fakeTransport(checkService());
    const decisions = await clientWith(transport).checkMany(people, options as never);
    for (const decision of decisions) expect(decision).toMatchObject({ decision: 'unknown', mayContact: false, code: 'invalid_request', error: { code: 'invalid-request' } });
    expect(decisions[0]!.explanation).toContain(field);
    expect(transport.requests).toHaveLength(0);
  });

  it.each([[null], [{ lists: 5 }], [{ get channel() { throw new Error('boom'); } }]])('never make a check throw (%#)', async (options) => {
    const decisions = await clientWith(fakeTransport(checkService())).checkMany(people, options as never);
    expect(decisions.map(({ mayContact }) => mayContact)).toEqual([false, false, false]);
  });
});

const changed = (change: (answer: any, request: CheckRequest) => unknown) => (request: TransportRequest) => {
  const answer = checkAnswer(request.body as CheckRequest, [1]);
  return ok(change(answer, request.body as CheckRequest) ?? answer);
};

describe('an answer that cannot be trusted makes everybody of its request unknown:', () => {
  it.each<[string, ReturnType<typeof changed>]>([
    ['counts that miss somebody', changed((answer) => void (answer.counts.allow = 1))],
    ['a total of another number', changed((answer) => void (answer.counts.total = 4))],
    ['an answer for fewer people, right in itself', changed((_, request) => checkAnswer({ ...request, recipients: request.recipients.slice(0, 2) }, [1]))],
    ['a missing decision', changed((answer) => void answer.decisions.pop())],
    ['a missing decision with negative counts', changed((answer) => { answer.decisions.pop(); Object.assign(answer.counts, { allow: 4, suppress: 0, unknown: -1 }); })],
    ['an index given twice', changed((answer) => { answer.decisions.push({ ...answer.decisions[0] }); Object.assign(answer.counts, { allow: 1, suppress: 2 }); })],
    ['an index beyond those asked', changed((answer) => void (answer.decisions[0].index = 3))],
    ['a negative index', changed((answer) => void (answer.decisions[0].index = -1))],
    ['an index that is text', changed((answer) => void (answer.decisions[0].index = '1'))],
    ['mayContact for one who is suppressed', changed((answer) => void (answer.decisions[0].mayContact = true))],
    ['an allow among the held', changed((answer) => { Object.assign(answer.decisions[0], { decision: 'allow', mayContact: true }); Object.assign(answer.counts, { allow: 3, suppress: 0 }); })],
    ['an allow that may not contact', changed((answer) => void (answer.decisions[0].decision = 'allow'))],
    ['another view', changed((answer) => void (answer.view = 'all'))],
    ['another channel', changed((answer) => void (answer.evaluated.channel = 'sms'))],
    ['another sender', changed((answer) => void (answer.evaluated.sender = 'snd_2'))],
    ['another purpose', changed((answer) => void (answer.evaluated.purpose = 'transactional'))],
    ['another direction', changed((answer) => void (answer.evaluated.direction = 'inbound'))],
    ['other lists', changed((answer) => void (answer.evaluated.lists = ['promo']))],
    ['another instant', changed((answer) => void (answer.evaluated.asOf = '2020-01-01T00:00:00Z'))],
    ['an unknown field', changed((answer) => void (answer.decisions[0].other = 1))],
    ['a missing field', changed((answer) => void delete answer.checkedAt)],
    ['no object', changed(() => 'OK')],
    ['an empty body', changed(() => '')],
    ['null', () => ok(null)],
    ['a login page', () => ok('<html>Please log in</html>')],
    ['the right answer with another status', (request) => ({ ...ok(checkAnswer(request.body as CheckRequest)), status: 201 })],
    ['a redirect', () => ({ status: 302, headers: { location: 'https://elsewhere.example' }, body: '' })],
    ['no content', () => ({ status: 204, headers: {}, body: '' })],
    ['not found, from something else', () => ({ status: 404, headers: {}, body: '<html>nginx</html>' })],
  ])('%s', async (_, answer) => {
    const decisions = await clientWith(fakeTransport(answer)).checkMany(people);
    expect(decisions).toHaveLength(3);
    for (const decision of decisions) {
      expect(decision).toMatchObject({ decision: 'unknown', mayContact: false, code: 'malformed_answer', label: clientDecisionLabels.malformed_answer, matched: [], evaluated: null });
      expect(decision.error).toMatchObject({ name: 'QuietlistError', code: 'malformed_answer' });
      expect(decision.explanation).toMatch(/\. .*\.$/);
    }
  });

  it('asked for lists and a sender, answered for any', async () => {
    const anyScope = changed((answer) => void Object.assign(answer.evaluated, { sender: null, lists: null }));
    expect(await clientWith(fakeTransport(anyScope)).checkMany(people, { lists: ['promo'] })).toMatchObject([{ decision: 'unknown' }, { decision: 'unknown' }, { decision: 'unknown' }]);
    expect(await clientWith(fakeTransport(anyScope)).checkMany(people, { sender: 'snd_1' })).toMatchObject([{ decision: 'unknown' }, { decision: 'unknown' }, { decision: 'unknown' }]);
  });

  it('asked for one list and sender, answered for others', async () => {
    const otherScope = changed((answer) => void Object.assign(answer.evaluated, { sender: 'snd_2', lists: ['lst_2'] }));
    for (const options of [{ lists: ['lst_1'], sender: 'snd_2' }, { lists: ['default'], sender: 'snd_2' }, { lists: ['lst_2'], sender: 'snd_1' }, { lists: ['lst_2'] }, { sender: 'snd_2' }]) {
      expect(await clientWith(fakeTransport(otherScope)).check('+491701234567', options)).toMatchObject({ decision: 'unknown', code: 'malformed_answer' });
    }
  });
});

describe('a check that fails', () => {
  it.each(['unreachable', 'timed_out', 'malformed_answer'] as const)('%s: everybody is unknown with that code', async (kind) => {
    const decisions = await clientWith(fakeTransport(new TransportError(kind))).checkMany(people);
    for (const decision of decisions) expect(decision).toMatchObject({ decision: 'unknown', mayContact: false, code: kind, label: clientDecisionLabels[kind], error: { code: kind } });
  });

  it.each(['unauthenticated', 'forbidden', 'unknown-list', 'check-unavailable', 'internal', 'rate-limited'] as const)('refused with %s: the sentence of the problem is in the explanation', async (code) => {
    const detail = 'A sentence of the service.';
    const decisions = await clientWith(fakeTransport(problem(code, { detail }))).checkMany(people);
    for (const decision of decisions) {
      expect(decision).toMatchObject({ decision: 'unknown', mayContact: false, code: 'refused', label: clientDecisionLabels.refused, error: { code, requestId: 'req_1' } });
      expect(decision.explanation).toContain(detail);
    }
  });

  it('of anything a transport throws is unreachable, and the text of that error is nowhere', async () => {
    const decision = await clientWith(fakeTransport(new Error('connect to ql_live_secret failed for ann@example.com'))).check('ann@example.com');
    expect(decision).toMatchObject({ decision: 'unknown', code: 'unreachable' });
    expect(JSON.stringify([decision, decision.error, decision.error?.message, decision.error?.stack])).not.toMatch(/secret|ann@/);
  });
});
