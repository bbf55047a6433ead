import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { crc32 } from 'node:zlib';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../../server/src/app/keys.ts';
import { isSecretOf, mintKey, publicIdOf } from '../../server/src/app/key-secret.ts';
import { StoreUnavailable, type Store } from '../../server/src/app/ports.ts';
import { ensureWorkspace } from '../../server/src/app/workspaces.ts';
import { createPlatform } from '../../server/src/platform.ts';
import { openSqliteStore } from '../../server/src/store/sqlite/open-sqlite-store.ts';
import { expectProblem } from '../support/problem.ts';
import { startService, type TestService } from '../support/service.ts';

const canaries = { phone: '+14155557733', bare: '14155557733', email: 'canary.bird@example.com', text: 'ask for Canary', handle: '77331199', note: 'note of the canary', idempotency: 'idempotency-canary', secret: 'secret-of-a-canary-0000' };

let service: TestService;
let fault: 'none' | 'store' | 'ours' = 'none';
const wrapStore = (store: Store): Store => {
  const failing = <T extends object>(target: T): T =>
    new Proxy(target, {
      get(object, name) {
        const value = Reflect.get(object, name) as unknown;
        if (typeof value !== 'function') return typeof value === 'object' && value !== null ? failing(value) : value;
        return (...values: unknown[]) => {
          if (fault === 'store') throw new StoreUnavailable(`The store fell over ${canaries.phone}`, { cause: new Error(canaries.email) });
          if (fault === 'ours') throw new TypeError(`Cannot read ${canaries.phone} of ${canaries.email}`);
          return (value as (...values: unknown[]) => unknown).apply(object, values);
        };
      },
    });
  return { ...store, entries: failing(store.entries), write: failing({ write: store.write }).write };
};

beforeAll(async () => {
  service = await startService({ wrapStore });
});
afterAll(() => service.stop());

const addresses = () => [canaries.phone, canaries.email, { value: canaries.handle, kind: 'handle', channel: 'telegram' }, canaries.text];

/** Every way in which an address can enter, and every way in which it can go wrong. */
async function useEverything(): Promise<string> {
  const answers: string[] = [];
  const call = async (...words: Parameters<TestService['call']>): Promise<void> => {
    const { status, body } = await service.call(...words);
    if (status >= 400) answers.push(JSON.stringify(body));
  };
  const paths = [canaries.phone, canaries.email, canaries.bare, canaries.text].map(encodeURIComponent);
  for (const address of addresses()) {
    await call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address, note: canaries.note }] }, { headers: { 'idempotency-key': canaries.idempotency } });
    await call('POST', '/v1/entries', { entries: [{ kind: 'block', address }, { kind: 'block', address, colour: 'red' }] });
    await call('POST', '/v1/checks', { recipients: [address], ref: canaries.phone });
    await call('POST', '/v1/checks', { recipients: [{ address, ref: canaries.email }] });
    await call('POST', '/v1/contacts/link', { addresses: [address, canaries.phone] });
    await call('POST', '/v1/entries/remove', { kind: 'block', addresses: [address] });
    await call('POST', '/v1/entries/remove', { kind: 'opt_out', addresses: [address] });
  }
  for (const path of paths) {
    for (const method of ['GET', 'POST', 'DELETE']) await call(method, `/v1/addresses/${path}`);
    await call('GET', `/v1/addresses/${path}%ZZ`);
    await call('GET', `/v1/addresses/${path}?limit=${path}`);
    await call('GET', `/v1/${path}`);
    await call('GET', `/v1/entries?text=${path}`);
    await call('GET', `/v1/entries?cursor=${path}`);
    await call('GET', `/v1/entries?${path}=1`);
    await call('GET', `/v1/entries/${path}`);
    await call('GET', `/v1/addresses/${path.repeat(200)}`);
  }
  for (const name of [canaries.phone, canaries.email, canaries.bare, `a${canaries.bare}`]) {
    await call('POST', '/v1/checks', { recipients: ['x'], [name]: 1 });
    await call('POST', '/v1/entries', { entries: [{ kind: 'opt_out', address: 'x', evidence: { [name]: { deep: name } } }] });
    await call('POST', '/v1/checks', `{"${name}":1,"${name}":2}`);
    await call('POST', '/v1/checks', { recipients: ['x'], channel: name, lists: [name], sender: name });
    await call('POST', '/v1/checks', { recipients: ['x'], lists: [name] });
    await call('POST', '/v1/checks', `{"recipients":["${name}`);
    await call('POST', '/v1/lists', { name, description: [name] });
    await call('GET', '/v1/me', undefined, { key: name });
    await call('GET', '/v1/me', undefined, { key: `${service.adminKey.slice(0, -1)}!` });
    await call('POST', '/v1/entries', { entries: [] }, { headers: { 'idempotency-key': `${name} ${name}`, 'content-type': name } });
  }
  const said = { object: 'whatsapp_business_account', entry: [{ changes: [{ value: { messages: [{ from: canaries.bare, id: canaries.text, type: 'text', text: { body: `STOP ${canaries.email}` } }] } }] }] };
  const bounced = { RecordType: 'Bounce', Type: 'HardBounce', Email: canaries.email, Details: `550 5.1.1 <${canaries.email}>` };
  await call('POST', '/v1/connections', { provider: 'postmark', name: 'Postmark', secret: canaries.secret });
  await call('POST', '/v1/connections', { provider: 'sendgrid', name: 'SendGrid', secret: canaries.secret });
  for (const [provider, body] of [['whatsapp', said], ['postmark', bounced], ['telegram', { update_id: 1, message: { chat: { id: Number(canaries.handle), type: 'private' }, text: canaries.text } }], ['twilio', said]] as const) {
    await call('POST', `/v1/inbound/${provider}`, body);
    const { body: page } = await service.call('GET', '/v1/connections');
    for (const id of ['cnn_1', canaries.bare, ...((page.data ?? []) as Array<{ id: string }>).map((connection) => connection.id)]) {
      await call('POST', `/v1/inbound/${provider}/${id}?from=${canaries.bare}`, body, { key: null, headers: { 'x-webhook-token': canaries.secret } });
      await call('GET', `/v1/inbound/${provider}/${id}?hub.challenge=${canaries.bare}`, undefined, { key: null });
    }
  }
  return answers.join('\n');
}

const found = (text: string): string[] => [...Object.values(canaries), service.adminKey, service.adminKey.slice(-38)].filter((canary) => text.includes(canary));

describe('what nobody may read', () => {
  it.each(['none', 'store', 'ours'] as const)('is in no log line and no problem (fault: %s)', async (which) => {
    fault = which;
    const problems = await useEverything();
    fault = 'none';
    expect(problems).not.toBe('');
    expect(found(problems)).toEqual([]);
    const logs = service.logs.join('');
    expect(logs).toContain('"route":"/v1/addresses/:address"');
    expect(found(logs)).toEqual([]);
  });

  it('is in no answer of ours when something unforeseen goes wrong, and neither is a stack', async () => {
    fault = 'ours';
    const answer = await service.call('POST', '/v1/checks', { recipients: [canaries.phone] });
    fault = 'none';
    expectProblem(answer, 'internal');
    expect(service.logs.join('')).toContain(answer.body.requestId);
  });

  it('is not echoed to bytes that are no request', async () => {
    const url = new URL(service.baseUrl);
    const answerTo = (bytes: string) =>
      new Promise<string>((resolve) => {
        let text = '';
        const socket = connect(Number(url.port), url.hostname, () => socket.write(bytes));
        socket.on('data', (data) => (text += data)).on('close', () => resolve(text)).on('error', () => resolve(text));
      });
    for (const bytes of [`${canaries.phone}\r\n\r\n`, `GET /${canaries.email} HTTP/1.1\r\nHost: x\r\nX: ${canaries.phone.repeat(3_000)}\r\n\r\n`]) {
      const answer = await answerTo(bytes);
      expect(answer).toMatch(/^HTTP\/1\.1 400 /);
      expect(answer).toContain('"code":"invalid-request"');
      expect(found(answer)).toEqual([]);
    }
    expect(found(service.logs.join(''))).toEqual([]);
  });
});

describe('an API key', () => {
  it('is kept as a hash: its secret is in no file of the store', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'quietlist-secret-'));
    const store = await openSqliteStore({ directory });
    const platform = createPlatform();
    const { secret } = await store.write(async (writer) => createKey(writer, platform, await ensureWorkspace(writer, platform, 'main'), { name: 'Admin', role: 'admin' }));
    const files = () => readdirSync(directory).map((name) => readFileSync(join(directory, name)));
    expect(files().some((file) => file.includes(publicIdOf(secret) as string))).toBe(true);
    expect(files().some((file) => file.includes(secret.slice(-38)) || file.includes(secret.slice(-38, -6)))).toBe(false);
    await store.close();
    expect(files().some((file) => file.includes(secret.slice(-38, -6)))).toBe(false);
    rmSync(directory, { recursive: true });
  });

  it('is never the same twice, has a checksum, and belongs to its own hash only', () => {
    const minted = Array.from({ length: 200 }, mintKey);
    expect(new Set(minted.map(({ secret }) => secret)).size).toBe(200);
    for (const { secret, publicId, secretHash } of minted) {
      expect(publicIdOf(secret)).toBe(publicId);
      expect(isSecretOf(secret, secretHash)).toBe(true);
      expect(isSecretOf(`${secret}x`, secretHash)).toBe(false);
      expect(secretHash).not.toContain(secret);
    }
    const { secret } = mintKey();
    const mistyped = `${secret.slice(0, 25)}${secret[25] === 'x' ? 'y' : 'x'}${secret.slice(26)}`;
    for (const text of [mistyped, '', secret.slice(1), `${secret} `, randomBytes(30).toString('hex')]) expect(publicIdOf(text)).toBeNull();
  });
});

/** A key with the id of another and a right checksum, as somebody could make it who has seen the id. */
function forged(key: string): string {
  const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
  const body = `${key.slice(0, 21)}${'A'.repeat(32)}`;
  let [rest, checksum] = [crc32(body), ''];
  for (let position = 0; position < 6; position += 1) [rest, checksum] = [Math.floor(rest / 62), `${letters[rest % 62]}${checksum}`];
  return body + checksum;
}

it('refuses a key that has the id of another, a right checksum and a secret of its own', async () => {
  const key = forged(service.adminKey);
  expect(publicIdOf(key)).toBe(publicIdOf(service.adminKey));
  expectProblem(await service.call('GET', '/v1/me', undefined, { key }), 'unauthenticated');
});

describe('security headers', () => {
  it('are on every answer, the refused ones too', async () => {
    for (const [path, key] of [['/v1/me', undefined], ['/v1/me', null], ['/v1/nope', undefined], ['/docs', null], ['/health', null], ['/v1/entries?limit=0', undefined]] as const) {
      const { headers } = await service.call('GET', path, undefined, key === undefined ? {} : { key });
      expect(headers.get('content-security-policy')).toBe("default-src 'none';style-src 'self';img-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-powered-by')).toBeNull();
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('keep every answer of the API out of caches', async () => {
    for (const path of ['/v1/me', '/v1/entries', '/v1/addresses/%2B14155552671', '/v1/nope', '/v1/entries?limit=0']) {
      expect((await service.call('GET', path)).headers.get('cache-control')).toBe('no-store');
    }
    expect((await service.call('GET', '/v1/me', undefined, { key: null })).headers.get('cache-control')).toBe('no-store');
  });
});
