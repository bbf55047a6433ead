import { limits } from '@quietlist/contract/limits';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

/** Nothing of what is refused may leave a trace. */
afterEach(async () => {
  expect((await service.call('GET', '/v1/entries?status=any')).body.data).toEqual([]);
  expect((await service.call('GET', '/v1/lists')).body.data).toHaveLength(1);
  expect((await service.call('GET', '/v1/senders')).body.data).toEqual([]);
});

const post = (path: string, body: unknown, headers: Record<string, string> = {}) => service.call('POST', path, body, { headers });
const entry = (changes: object) => ({ entries: [{ kind: 'opt_out', address: '+14155552671', ...changes }] });
const check = (changes: object) => ({ recipients: ['+14155552671'], ...changes });

describe('a field that is wrong is named', () => {
  it.each<[string, string, unknown]>([
    // Unknown fields: nothing is dropped in silence.
    ['/v1/entries', '/colour', { ...entry({}), colour: 'red' }],
    ['/v1/entries', '/entries/0/Kind', entry({ Kind: 'block' })],
    ['/v1/entries', '/entries/0/constructor', entry({ constructor: {} })],
    ['/v1/entries', '/entries/0/id', entry({ id: 'ent_1' })],
    ['/v1/entries', '/entries/0/createdAt', entry({ createdAt: '2026-01-01T00:00:00Z' })],
    ['/v1/checks', '/list', check({ list: 'default' })],
    ['/v1/checks', '/addressOptions/country', check({ addressOptions: { country: 'DE' } })],
    ['/v1/entries/remove', '/list', { kind: 'opt_out', addresses: ['+14155552671'], by: 'recipient', list: 'default' }],
    ['/v1/lists', '/isDefault', { name: 'x', isDefault: true }],
    ['/v1/keys', '/workspace', { name: 'x', role: 'admin', workspace: 'theirs' }],
    // Wrong types: nothing is turned into what it is not.
    ['/v1/entries', '/entries', { entries: {} }],
    ['/v1/entries', '/entries/0', { entries: ['+14155552671'] }],
    ['/v1/entries', '/entries/0/kind', entry({ kind: 1 })],
    ['/v1/entries', '/entries/0/note', entry({ note: 5 })],
    ['/v1/entries', '/entries/0/note', entry({ note: null })],
    ['/v1/entries', '/entries/0/address', entry({ address: true })],
    ['/v1/entries', '/entries/0/evidence/line', entry({ evidence: { line: { deep: 1 } } })],
    ['/v1/checks', '/recipients/0', { recipients: [null] }],
    ['/v1/checks', '/recipients/1', { recipients: ['+14155552671', ['+14155552671']] }],
    ['/v1/checks', '/purpose', check({ purpose: ['marketing'] })],
    ['/v1/entries/remove', '/dryRun', { kind: 'block', addresses: ['+14155552671'], dryRun: 'true' }],
    ['/v1/entries/remove', '/dryRun', { kind: 'block', addresses: ['+14155552671'], dryRun: 0 }],
    // Words that are not in the vocabulary.
    ['/v1/entries', '/entries/0/kind', entry({ kind: 'OPT_OUT' })],
    ['/v1/entries', '/entries/0/reason', entry({ reason: 'because' })],
    ['/v1/checks', '/direction', check({ direction: 'both' })],
    ['/v1/checks', '/view', check({ view: 'Held' })],
    ['/v1/checks', '/channel', check({ channel: 'WhatsApp' })],
    ['/v1/checks', '/channel', check({ channel: '' })],
    // Text that forges lines or that not every store can keep.
    ['/v1/entries', '/entries/0/note', entry({ note: 'a\u0000b' })],
    ['/v1/entries', '/entries/0/note', entry({ note: 'two\nlines' })],
    ['/v1/entries', '/entries/0/note', entry({ note: '\u009b31m' })],
    ['/v1/entries', '/entries/0/note', entry({ note: '\ud800' })],
    ['/v1/entries', '/entries/0/evidence/text', entry({ evidence: { text: '\udc00x' } })],
    ['/v1/entries', '/batch', { ...entry({}), batch: '\u007f' }],
    ['/v1/checks', '/recipients/0', { recipients: [{ address: '+14155552671', ref: 'a\u0000' }] }],
    ['/v1/lists', '/name', { name: 'a\u0000' }],
    // Too long, by one.
    ['/v1/entries', '/entries/0/note', entry({ note: 'n'.repeat(limits.noteLength + 1) })],
    ['/v1/entries', '/entries/0/address', entry({ address: 'a'.repeat(limits.addressLength + 1) })],
    ['/v1/entries', '/entries/0/evidence', entry({ evidence: Object.fromEntries(Array.from({ length: limits.evidenceFields + 1 }, (_, index) => [`f${index}`, 1])) })],
    ['/v1/entries', '/entries/0/addresses', { entries: [{ kind: 'block', addresses: Array(limits.addressesPerItem + 1).fill('+14155552671') }] }],
    ['/v1/checks', '/lists', check({ lists: Array(limits.listsPerRequest + 1).fill('default') })],
    ['/v1/checks', '/recipients', { recipients: Array(limits.itemsPerRequest + 1).fill('+14155552671') }],
    ['/v1/entries', '/entries', { entries: Array(limits.itemsPerRequest + 1).fill({ kind: 'block', address: '+14155552671' }) }],
    ['/v1/entries/remove', '/addresses', { kind: 'block', addresses: Array(limits.itemsPerRequest + 1).fill('+14155552671') }],
    // Nothing at all.
    ['/v1/checks', '/recipients', { recipients: [] }],
    ['/v1/checks', '/recipients', {}],
    ['/v1/entries', '/entries', { entries: [] }],
    ['/v1/entries/remove', '/addresses', { kind: 'block', addresses: [] }],
    ['/v1/checks', '', []],
    ['/v1/checks', '', 'text'],
    ['/v1/checks', '', 5],
    // Instants of another shape.
    ['/v1/entries', '/entries/0/expiresAt', entry({ expiresAt: '2036-01-01' })],
    ['/v1/entries', '/entries/0/expiresAt', entry({ expiresAt: '2036-01-01T00:00:00+02:00' })],
    ['/v1/entries', '/entries/0/expiresAt', entry({ expiresAt: 2082758400000 })],
    ['/v1/checks', '/asOf', check({ asOf: 'yesterday' })],
  ])('%s %s', async (path, pointer, body) => {
    expectProblem(await post(path, typeof body === 'string' ? JSON.stringify(body) : body), 'invalid-request', pointer);
  });

  it('counts characters, not bytes: a note of 300 hearts is a note', async () => {
    expectProblem(await post('/v1/entries', entry({ note: '❤'.repeat(301) })), 'invalid-request', '/entries/0/note');
    expect((await post('/v1/entries', { entries: [{ kind: 'block', address: 'x', note: '🦜'.repeat(300) }] })).body.results[0].code).toBe('letters');
  });
});

describe('a body that is no JSON of ours is refused', () => {
  it.each<[string, string]>([
    ['cut off', '{"recipients":["+14155552671"'],
    ['empty', ''],
    ['two values', '{"recipients":["+14155552671"]} {}'],
    ['single quotes', "{'recipients':['+14155552671']}"],
    ['a trailing comma', '{"recipients":["+14155552671"],}'],
    ['not a number', '{"recipients":[NaN]}'],
    ['a comment', '{"recipients":["+14155552671"]/**/}'],
    ['a raw control character', '{"recipients":["+1415\u00015552671"]}'],
    ['a prototype', '{"recipients":["+14155552671"],"__proto__":{"view":"held"}}'],
    ['a nested prototype', '{"recipients":[{"address":"+14155552671","__proto__":{"ref":"x"}}]}'],
    ['a prototype in escapes', '{"recipients":["+14155552671"],"\\u005f\\u005fproto__":{}}'],
    ['a constructor with a prototype', '{"recipients":["+14155552671"],"constructor":{"prototype":{"x":1}}}'],
  ])('%s', async (_what, body) => {
    expectProblem(await post('/v1/checks', body, { 'content-type': 'application/json' }), 'malformed-json');
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'application/jsonx', 'text/json', 'application/json; charset=latin1', 'application/json; charset=utf-16', '/', 'json'])(
    'of the type %s',
    async (type) => {
      expectProblem(await post('/v1/checks', JSON.stringify(check({})), { 'content-type': type }), 'unsupported-media-type');
    },
  );

  it('takes UTF-8 however it is announced', async () => {
    for (const type of ['application/json', 'application/json; charset=utf-8', 'application/json;charset="UTF-8"', 'APPLICATION/JSON; charset=utf8']) expect((await post('/v1/checks', check({}), { 'content-type': type })).status).toBe(200);
  });

  it('that is not UTF-8: an address must not become another', async () => {
    const body = Buffer.concat([Buffer.from('{"recipients":["b'), Buffer.from([0xfc]), Buffer.from('cher@example.com"]}')]);
    const response = await fetch(`${service.baseUrl}/v1/checks`, { method: 'POST', headers: { authorization: `Bearer ${service.adminKey}`, 'content-type': 'application/json' }, body });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'malformed-json', detail: 'The body is not valid UTF-8.' });
  });

  it.each<[string, string]>([
    ['/lists', '{"recipients":["+14155552671"],"lists":["default"],"lists":[]}'],
    ['/lists', '{"recipients":["+14155552671"],"lists":["default"],"\\u006cists":[]}'],
    ['/ref', '{"recipients":[{"address":"+14155552671","ref":"a:b","ref":"\\":"}]}'],
    ['/recipients', '{"recipients" : [":"] , "recipients"\n:\t["x"]}'],
  ])('that says %s twice', async (pointer, body) => {
    expectProblem(await post('/v1/checks', body, { 'content-type': 'application/json' }), 'invalid-request', pointer);
  });

  it('but takes colons, quotes and the same name in different objects', async () => {
    const body = { recipients: [{ address: '+14155552671', ref: '":":' }, { address: '+14155552672', ref: ':' }, '":', 'a\\":b'] };
    expect((await post('/v1/checks', body)).body.decisions.map(({ ref }: { ref?: string }) => ref)).toEqual(['":":', ':', undefined, undefined]);
  });

  it('nested 200,000 deep, without falling over', async () => {
    for (const body of [`{"recipients":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`]) {
      const answer = await post('/v1/checks', body, { 'content-type': 'application/json' });
      expect(answer.status).toBe(400);
    }
    expect((await service.call('GET', '/health')).status).toBe(200);
  });

  it('larger than its route takes', async () => {
    expectProblem(await post('/v1/lists', { name: 'x', description: 'd'.repeat(limits.bodyBytes) }), 'payload-too-large');
    expectProblem(await post('/v1/checks', { recipients: ['x'.repeat(limits.bulkBodyBytes)] }), 'payload-too-large');
  });
});

describe('one unreadable address is one answer, never the end of a batch', () => {
  it.each<[unknown, string]>([
    ['+1415555\u00002671x', 'letters'], ['\ud800', 'not_a_phone'], ['+1415555267１', 'readable'], ['\u202e+14155552671', 'readable'], [1e21, 'lossy_number'], [-5, 'not_a_phone'], [0.5, 'lossy_number'], ['9'.repeat(500), 'not_possible'],
    ["'; drop table entry; --", 'letters'], ['{"value":1}', 'letters'], ['a@b@c', 'syntax'], ['<script>', 'letters'], ['__proto__', 'letters'], [`${'a'.repeat(65)}@example.com`, 'local_too_long'],
  ])('%j', async (address, code) => {
    const { status, body } = await post('/v1/checks', { recipients: ['+14155552672', address, '+14155552673'] });
    expect(status).toBe(200);
    expect(body.decisions.map(({ decision }: { decision: string }) => decision)).toEqual(['allow', code === 'readable' ? 'allow' : 'unknown', 'allow']);
    if (code !== 'readable') expect(body.decisions[1].code).toMatch(/^[a-z_]+$/);
  });
});

describe('a path or a query that is wrong', () => {
  it.each<[string, string]>([
    ['/v1/addresses/%ZZ', 'invalid-request'], ['/v1/addresses/%', 'invalid-request'], ['/v1/addresses/%C3%28', 'invalid-request'], [`/v1/addresses/${'a'.repeat(3_000)}`, 'invalid-request'], ['/v1/entries/ENT_1', 'invalid-request'],
    ['/v1/entries/ent_1%00', 'invalid-request'], ['/v1/entries/..%2f..%2fetc', 'invalid-request'], ['/v1/entries/ent_zzzzzzzzzzzzzzzzzzzz', 'not-found'], ['/v1/keys?limit=1&limit=2', 'invalid-request'], ['/v1/channels?channel=sms', 'invalid-request'],
    ['/v1/me?__proto__=1', 'invalid-request'], ['/v1/entries?limit=%00', 'invalid-request'], ['/v1/entries?text=%00', 'invalid-request'], ['/v1/entries?text=%ff', 'readable'], ['/v1', 'not-found'], ['/v1/', 'not-found'], ['/v1/entries/', 'invalid-request'], ['//v1/entries', 'not-found'], ['/V1/entries', 'not-found'],
  ])('%s', async (path, code) => {
    const answer = await service.call('GET', path);
    if (code === 'readable') expect(answer.status).toBe(200);
    else expectProblem(answer, code as 'invalid-request');
  });

  it('names the methods that a path does have', async () => {
    const answer = await service.call('PUT', '/v1/lists/default');
    expectProblem(answer, 'method-not-allowed');
    expect(answer.headers.get('allow')?.split(', ').toSorted()).toEqual(['DELETE', 'GET', 'PATCH']);
    expectProblem(await service.call('DELETE', '/v1/checks'), 'method-not-allowed');
  });

  it('refuses a filter that a check would not look at', async () => {
    expectProblem(await post('/v1/checks?lists=default', check({})), 'invalid-request', 'lists');
  });
});
