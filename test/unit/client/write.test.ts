import { describe, expect, it } from 'vitest';
import type { AddEntriesRequest, RemoveEntriesRequest } from '@quietlist/contract/entry';
import { limits } from '@quietlist/contract/limits';
import { isAddEntriesRequest, isRemoveEntriesRequest } from '@quietlist/contract/validators';
import { QuietlistError } from '@quietlist/client/errors';
import { TransportError, type TransportRequest } from '@quietlist/client/transport';
import type { BlacklistItem, Person } from '@quietlist/client/types';
import { addService, clientWith, fakeTransport, ok, problem, removeService } from '../../support/fake-transport.ts';

const person = '+491701234567';
const consent = { method: 'form' as const, statement: 'Yes, write to me again.', at: '2026-03-01T10:00:00Z', by: 'Ann' };
const keysOf = (requests: TransportRequest[]) => requests.map(({ headers }) => headers['idempotency-key']);

describe('adding', () => {
  it('sends blocks and opt-outs as what they are, with everything that was given', async () => {
    const transport = fakeTransport(addService);
    const client = clientWith(transport);
    await client.addToBlacklist([{ person, channel: 'sms', sender: null, direction: 'both', reason: 'abuse', note: 'rude', by: 'operator', expiresAt: null }], { batch: 'b1', addressOptions: { digits: 'national', defaultCountry: 'DE' } });
    await client.optOut([{ person: [person, 'ann@example.com'], list: 'promo', purpose: 'all', by: 'recipient', source: 'template_reply' }]);
    expect(transport.requests.map(({ method, path, body }) => ({ method, path, body }))).toEqual([
      {
        method: 'POST', path: '/v1/entries',
        body: {
          entries: [{ kind: 'block', address: person, channel: 'sms', sender: null, direction: 'both', reason: 'abuse', note: 'rude', by: 'operator', expiresAt: null }],
          batch: 'b1', addressOptions: { digits: 'national', defaultCountry: 'DE' },
        },
      },
      { method: 'POST', path: '/v1/entries', body: { entries: [{ kind: 'opt_out', addresses: [person, 'ann@example.com'], list: 'promo', purpose: 'all', by: 'recipient', source: 'template_reply' }] } },
    ]);
  });

  it('answers one outcome an item, in their order', async () => {
    const transport = fakeTransport((request) => {
      const answer = addService(request).body as { results: object[]; counts: object };
      answer.results = [{ index: 2, outcome: 'invalid', entries: [], code: 'too_short', message: 'Too short.' }, { index: 0, outcome: 'unchanged', entries: ['ent_a'] }, { index: 1, outcome: 'added', entries: ['ent_b'], unverified: true }];
      answer.counts = { added: 1, unchanged: 1, widened: 0, invalid: 1 };
      return ok(answer);
    });
    expect(await clientWith(transport).optOut([{ person }, { person: 'x' }, { person: '1' }])).toEqual([
      { outcome: 'unchanged', entries: ['ent_a'] },
      { outcome: 'added', entries: ['ent_b'], unverified: true },
      { outcome: 'invalid', entries: [], code: 'too_short', message: 'Too short.' },
    ]);
  });

  it.each<[string, Partial<BlacklistItem> & { person?: Person }, string]>([
    ['nobody', { person: '' }, 'missing_contact'],
    ['a contact of the wrong type', { person: true as never }, 'invalid_contact'],
    ['a note that is too long', { note: 'x'.repeat(limits.noteLength + 1) }, 'note'],
    ['a reason that does not exist', { reason: 'bored' as never }, 'reason'],
    ['a line break in the note', { note: 'a\nb' }, 'note'],
    ['a field that does not exist', { colour: 'red' } as never, 'unknown field'],
    ['evidence of the wrong shape', { evidence: { 'not a name': 1 } }, 'evidence'],
    ['an expiry that is no instant', { expiresAt: 'tomorrow' }, 'expiresAt'],
  ])('returns an item with %s as invalid, names what is wrong, and sends the others', async (_, wrong, named) => {
    const transport = fakeTransport(addService);
    const outcomes = await clientWith(transport).addToBlacklist([{ person, ...wrong }, { person }]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['invalid', 'added']);
    expect(JSON.stringify(outcomes[0])).toContain(named);
    expect((transport.requests[0]!.body as AddEntriesRequest).entries).toEqual([{ kind: 'block', address: person }]);
  });

  it('refuses settings that are not valid before anything is sent, and names the field', async () => {
    const transport = fakeTransport(addService);
    await expect(clientWith(transport).optOut([{ person }], { batch: '' })).rejects.toMatchObject({ code: 'invalid-request', errors: [{ pointer: '/batch' }] });
    expect(transport.requests).toHaveLength(0);
  });

  it('sends nothing when there is nothing to send', async () => {
    const transport = fakeTransport(addService);
    expect(await clientWith(transport).addToBlacklist([])).toEqual([]);
    expect(await clientWith(transport).addToBlacklist([{ person: '' }])).toMatchObject([{ outcome: 'invalid' }]);
    expect(transport.requests).toHaveLength(0);
  });
});

describe('what the client stamps', () => {
  it('fills in the source and the evidence of the flow, and leaves what was given', async () => {
    const transport = fakeTransport(addService, removeService);
    const client = clientWith(transport, { source: 'workflow', evidence: { workflow: 'Spring', node: 'Opt Out' } });
    await client.optOut([{ person }, { person, source: 'provider', evidence: { node: 'mine', error: 21610 } }]);
    expect((transport.requests[0]!.body as AddEntriesRequest).entries).toMatchObject([
      { source: 'workflow', evidence: { workflow: 'Spring', node: 'Opt Out' } },
      { source: 'provider', evidence: { workflow: 'Spring', node: 'mine', error: 21610 } },
    ]);
    await client.removeFromBlacklist([person]);
    expect(transport.requests[1]!.body).toMatchObject({ source: 'workflow', evidence: { workflow: 'Spring' } });
  });

  it('never makes a write invalid, whatever the workflow is called', async () => {
    const transport = fakeTransport(addService);
    const evidence = { workflow: `Line\nbreak ${'x'.repeat(2_000)}`, emoji: `${'x'.repeat(limits.evidenceValueLength - 1)}😀`, 'not a name': 'x', 'nu\u0000l': 1, half: '\ud800', nan: Number.NaN };
    const mine = Object.fromEntries(Array.from({ length: limits.evidenceFields }, (_, index) => [`field${index}`, index]));
    const outcomes = await clientWith(transport, { evidence }).optOut([{ person }, { person, evidence: mine }]);
    expect(outcomes).toMatchObject([{ outcome: 'added' }, { outcome: 'added' }]);
    expect(isAddEntriesRequest(transport.requests[0]!.body)).toBe(true);
    expect(Object.keys((transport.requests[0]!.body as AddEntriesRequest).entries[0]!.evidence!)).toEqual(['workflow', 'emoji', 'half']);
    expect((transport.requests[0]!.body as AddEntriesRequest).entries[1]!.evidence).toEqual(mine);
  });
});

describe('removing', () => {
  it('sends people with the same options in one request', async () => {
    const transport = fakeTransport(removeService);
    const outcomes = await clientWith(transport).removeOptOut([person, ['ann@example.com', '+447700900123']], { channel: null, lists: ['*'], by: 'operator', consent, note: 'asked', dryRun: true, operationId: 'op' });
    expect(outcomes).toMatchObject([{ outcome: 'removed', remaining: 0 }, { outcome: 'removed' }]);
    expect(transport.requests).toHaveLength(1);
    expect(transport.requests[0]).toMatchObject({
      path: '/v1/entries/remove',
      body: { kind: 'opt_out', addresses: [person, ['ann@example.com', '+447700900123']], channel: null, lists: ['*'], by: 'operator', consent, note: 'asked', dryRun: true },
    });
    expect(isRemoveEntriesRequest(transport.requests[0]!.body)).toBe(true);
  });

  it('lifts blocks as blocks', async () => {
    const transport = fakeTransport(removeService);
    await clientWith(transport).removeFromBlacklist([person]);
    expect((transport.requests[0]!.body as RemoveEntriesRequest).kind).toBe('block');
  });

  it('returns a person who is not there as invalid, and lifts the others', async () => {
    const transport = fakeTransport(removeService);
    expect(await clientWith(transport).removeFromBlacklist(['', person, {} as never])).toMatchObject([{ outcome: 'invalid', code: 'missing_contact' }, { outcome: 'removed' }, { outcome: 'invalid', code: 'invalid_contact' }]);
    expect((transport.requests[0]!.body as RemoveEntriesRequest).addresses).toEqual([person]);
  });

  it.each([[{ lists: [] }, '/lists'], [{ channel: '' }, '/channel'], [{ consent: { ...consent, at: 'now' } }, '/consent/at'], [{ by: 'system' as never }, '/by']])(
    'refuses %j and names the field',
    async (options, pointer) => {
      const transport = fakeTransport(removeService);
      await expect(clientWith(transport).removeOptOut([person], options)).rejects.toMatchObject({ code: 'invalid-request', errors: [{ pointer }] });
      expect(transport.requests).toHaveLength(0);
    },
  );
});

describe('the idempotency key', () => {
  const keysFor = async (operationId: string | undefined, people: string[], more = {}) => {
    const transport = fakeTransport(addService);
    await clientWith(transport).optOut(people.map((one) => ({ person: one, ...more })), operationId === undefined ? {} : { operationId });
    return keysOf(transport.requests);
  };

  it('is the same when a node runs again with the same operation and the same items', async () => {
    expect(await keysFor('execution-7/node-1/0', [person])).toEqual(await keysFor('execution-7/node-1/0', [person]));
  });

  it('is another for another operation, other items, other options, and another kind of write', async () => {
    const transport = fakeTransport(addService, addService, removeService, removeService);
    const client = clientWith(transport);
    await client.optOut([{ person }], { operationId: 'op' });
    await client.addToBlacklist([{ person }], { operationId: 'op' });
    await client.removeOptOut([person], { operationId: 'op' });
    await client.removeFromBlacklist([person], { operationId: 'op' });
    const keys = [...keysOf(transport.requests), ...(await keysFor('op2', [person])), ...(await keysFor('op', ['ann@example.com'])), ...(await keysFor('op', [person], { channel: 'sms' })), ...(await keysFor(undefined, [person]))];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is another for each request of one operation, also when their items are the same', async () => {
    const keys = await keysFor('op', Array.from({ length: limits.itemsPerRequest * 2 }, () => person));
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(2);
  });

  it('fits a header whatever the operation is called', async () => {
    for (const operationId of ['x'.repeat(5_000), 'Größe\n😀', '']) {
      const [key] = await keysFor(operationId, [person]);
      expect(key).toMatch(/^[!-~]+$/);
      expect(key!.length).toBeLessThanOrEqual(limits.idempotencyKeyLength);
    }
  });

  it('is random when there is no operation', async () => {
    const transport = fakeTransport(addService);
    let count = 0;
    const client = clientWith(transport, { createId: () => `id-${(count += 1)}` });
    await client.optOut([{ person }]);
    await client.optOut([{ person }]);
    expect(new Set(keysOf(transport.requests)).size).toBe(2);
  });
});

describe('a write that fails as a whole', () => {
  it('throws the problem of the service, with its sentence, hint and fields', async () => {
    const transport = fakeTransport(problem('consent-required', { detail: 'Lifting an opt-out\nneeds consent', errors: [{ pointer: '/consent', message: 'Missing' }] }));
    const error = await clientWith(transport).removeOptOut([person]).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(QuietlistError);
    expect(error).toMatchObject({ code: 'consent-required', message: 'Lifting an opt-out needs consent. /consent: Missing.', status: 422, retryable: false, requestId: 'req_1', errors: [{ pointer: '/consent', message: 'Missing.' }], completed: [] });
  });

  it('says what was done before, by the place of each item', async () => {
    const transport = fakeTransport(addService, problem('forbidden'));
    const items = [{ person: '' }, ...Array.from({ length: limits.itemsPerRequest + 1 }, () => ({ person }))];
    const error = await clientWith(transport).addToBlacklist(items).catch((thrown: unknown) => thrown as QuietlistError);
    expect(error).toBeInstanceOf(QuietlistError);
    const { completed } = error as QuietlistError;
    expect(completed).toHaveLength(limits.itemsPerRequest + 1);
    expect(completed[0]).toMatchObject({ index: 0, outcome: { outcome: 'invalid' } });
    expect(completed.at(-1)).toMatchObject({ index: limits.itemsPerRequest, outcome: { outcome: 'added' } });
  });

  it.each([new TransportError('timed_out'), new TransportError('malformed_answer'), ok('<html>')])('says that repeating it does no harm when nobody knows whether it was done (%#)', async (answer) => {
    await expect(clientWith(fakeTransport(answer)).optOut([{ person }])).rejects.toMatchObject({ hint: expect.stringContaining('nothing is done twice') });
  });

  it.each<[string, (answer: any) => void]>([
    ['counts that do not add up', (answer) => void (answer.counts.added = 1)],
    ['a missing result', (answer) => void answer.results.pop()],
    ['a missing result and counts to match', (answer) => { answer.results.pop(); answer.counts.added = 1; }],
    ['a result given twice', (answer) => void (answer.results[1].index = 0)],
    ['a result for nobody', (answer) => void (answer.results[1].index = 2)],
    ['an entry it does not name', (answer) => void (answer.results[1].entries = [])],
    ['another batch', (answer) => void (answer.batch = 'other')],
    ['an unknown outcome', (answer) => void (answer.results[1].outcome = 'done')],
  ])('acknowledges nothing on an answer with %s', async (_, change) => {
    const transport = fakeTransport((request) => {
      const answer = addService(request).body;
      change(answer);
      return ok(answer);
    });
    await expect(clientWith(transport).optOut([{ person }, { person: 'ann@example.com' }], { batch: 'mine' })).rejects.toMatchObject({ code: 'malformed_answer', completed: [] });
  });

  it('does not take a dry run for a removal', async () => {
    const transport = fakeTransport((request) => ok({ ...(removeService(request).body as object), dryRun: true }));
    await expect(clientWith(transport).removeFromBlacklist([person])).rejects.toMatchObject({ code: 'malformed_answer' });
  });

  it('shows no address, no key and nothing of a strange answer', async () => {
    for (const answer of [ok('ql_live_secret ann@example.com'), { status: 404, headers: {}, body: 'ql_live_secret ann@example.com' }, new Error('ql_live_secret ann@example.com')]) {
      const error = await clientWith(fakeTransport(answer)).optOut([{ person: 'ann@example.com' }]).catch((thrown: unknown) => thrown as QuietlistError);
      expect(JSON.stringify([error, (error as QuietlistError).message, (error as QuietlistError).stack])).not.toMatch(/secret|ann@/);
    }
  });
});
