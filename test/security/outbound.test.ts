import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AddressGuard, readRanges } from '../../server/src/outbound/address-guard.ts';
import { createOutbound, type OutboundOptions } from '../../server/src/outbound/outbound.ts';
import { startReceiver, loopback, type WebhookReceiver } from '../support/webhook-receiver.ts';

/** Listens where nothing of the service may ever connect to. */
let trap: Server;
let port: number;
let connections = 0;
beforeAll(async () => {
  trap = createServer((_request, response) => response.end());
  trap.on('connection', () => (connections += 1));
  trap.listen(0, '::');
  await once(trap, 'listening');
  ({ port } = trap.address() as { port: number });
});
afterAll(() => {
  trap.closeAllConnections();
  trap.close();
});
afterEach(() => expect(connections, 'connections to the trap').toBe(0));

const post = (url: string, options: OutboundOptions = {}) => createOutbound({ timeoutMs: 2_000, ...options }).post({ url, headers: {}, body: '{}' });
const resolving = (...addresses: string[]): OutboundOptions => ({ resolve: async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })) });

describe('a webhook does not lead into the network of the service', () => {
  it.each([
    '127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.1', '017700000001', '0177.0.0.1', '127.255.255.254', '①②⑦.0.0.1', '127。0。0。1', '0', '0.0.0.0', '0.1.2.3',
    '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '169.254.169.254', '169.254.170.2', '192.0.0.1', '192.0.2.1', '192.88.99.1', '198.18.0.1', '198.51.100.1', '203.0.113.1',
    '224.0.0.1', '240.0.0.1', '255.255.255.255',
    '[::1]', '[::]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:ffff:7f00:0001]', '[::ffff:169.254.169.254]', '[::127.0.0.1]', '[::ffff:0:127.0.0.1]', '[64:ff9b::7f00:1]', '[64:ff9b:1::7f00:1]',
    '[2002:7f00:1::]', '[2001::7f00:1]', '[2001:db8::1]', '[3fff::1]', '[fe80::1]', '[fec0::1]', '[fc00::1]', '[fd00:ec2::254]', '[100::1]', '[5f00::1]', '[ff02::1]',
  ])('by the address %s', async (host) => {
    for (const scheme of ['https', 'http']) expect(await post(`${scheme}://${host}:${port}/`)).toEqual({ error: 'blocked_address' });
  });

  it.each([
    'localhost', 'LOCALHOST', 'localhost.', 'ip6-localhost',
  ])('by the name %s', async (host) => {
    const outcome = await post(`https://${host}:${port}/`);
    expect(['blocked_address', 'dns']).toContain((outcome as { error: string }).error);
  });

  it.each([
    [['127.0.0.1']], [['::1']], [['10.1.2.3']], [['169.254.169.254']], [['::ffff:10.0.0.1']], [['fe80::1%eth0']], [['64:ff9b::a9fe:a9fe']], [['2002:a00:1::']],
    [['93.184.216.34', '127.0.0.1']], [['2606:2800:220:1::', '::1']], [['not an address']],
  ])('by a name that has the addresses %j', async (addresses) => {
    expect(await post(`https://hook.example:${port}/`, resolving(...addresses))).toEqual({ error: 'blocked_address' });
  });

  it('by a name that is harmless when it is judged and leads inside when it is called: what was judged is connected to', async () => {
    const answers = [['192.0.2.1'], ['127.0.0.1'], ['127.0.0.1']];
    let asked = 0;
    const allowed = readRanges(['192.0.2.0/24']);
    // The name is asked once; the connection goes to 192.0.2.1, where nobody is.
    const outcome = await post(`http://hook.example:${port}/`, { allowed: allowed ?? loopback(), timeoutMs: 500, resolve: async () => (answers[asked++] ?? []).map((address) => ({ address, family: 4 })) });
    expect(['timeout', 'unreachable', 'connection_refused', 'failed']).toContain((outcome as { error: string }).error);
    expect(asked).toBe(1);
  });

  it('by plain http, even to the public internet', async () => {
    expect(await post('http://hook.example/', resolving('93.184.216.34'))).toEqual({ error: 'insecure_url' });
  });

  it.each(['ftp://93.184.216.34/', 'file:///etc/passwd', 'gopher://127.0.0.1/', 'data:text/plain,x', 'javascript:1', 'not a url', 'https://'])('by %s', async (url) => {
    expect(['insecure_url', 'invalid_url']).toContain(((await post(url)) as { error: string }).error);
  });

  it('by a proxy of the environment', async () => {
    const before = { ...process.env };
    Object.assign(process.env, { HTTP_PROXY: `http://127.0.0.1:${port}`, HTTPS_PROXY: `http://127.0.0.1:${port}`, http_proxy: `http://127.0.0.1:${port}`, https_proxy: `http://127.0.0.1:${port}`, ALL_PROXY: `http://127.0.0.1:${port}` });
    await post('https://hook.example/', { ...resolving('192.0.2.1'), allowed: readRanges(['192.0.2.1']) ?? loopback(), timeoutMs: 300 });
    process.env = before;
  });
});

describe('what the operator allows', () => {
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(() => receiver.close());

  it('is reached, by plain http, too, and nothing else', async () => {
    expect(await post(receiver.url, { allowed: loopback() })).toEqual({ status: 204, retryAfter: null });
    expect(await post(receiver.url.replace('127.0.0.1', 'n8n'), { allowed: loopback(), ...resolving('127.0.0.1') })).toEqual({ status: 204, retryAfter: null });
    expect(await post(receiver.url.replace('127.0.0.1', 'n8n'), { allowed: readRanges(['172.16.0.0/12']) ?? loopback(), ...resolving('127.0.0.1') })).toEqual({ error: 'blocked_address' });
  });

  it.each(['/', 'x', '10.0.0.0/33', '10.0.0.0/8/8', '::/129', '10.0.0/8', '10.0.0.0/-1', 'localhost'])('is not %j', (range) => {
    expect(readRanges([range])).toBeNull();
  });

  it('leads no further: a redirect to a place that may not be called is not followed', async () => {
    receiver.answer = (response) => void response.writeHead(307, { location: `http://[::1]:${port}/` }).end();
    const outbound = createOutbound({ allowed: readRanges(['127.0.0.1']) ?? loopback() });
    expect(await outbound.post({ url: receiver.url, headers: {}, body: '{}' })).toEqual({ status: 307, retryAfter: null });
  });

  it('is told apart from the public internet', () => {
    const guard = new AddressGuard(readRanges(['10.1.0.0/16', 'fd00::/8', '192.168.5.5']) ?? loopback());
    expect(['10.1.2.3', '::ffff:10.1.2.3', 'fd12::1', '192.168.5.5', '10.2.0.1', '192.168.5.6', '8.8.8.8', '2606:4700::1111', 'x'].map((address) => guard.judge(address))).toEqual([
      'allowed', 'allowed', 'allowed', 'allowed', 'blocked', 'blocked', 'public', 'public', 'blocked',
    ]);
  });
});

describe('a receiver that misbehaves', () => {
  const local = (options: OutboundOptions = {}): OutboundOptions => ({ allowed: loopback(), timeoutMs: 400, ...options });
  let receiver: WebhookReceiver;
  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(() => receiver.close());

  async function raw(answer: string | null): Promise<unknown> {
    const server = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', () => (answer === null ? socket.destroy() : socket.write(answer)));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const outcome = await post(`http://127.0.0.1:${(server.address() as { port: number }).port}/`, local());
    server.close();
    return outcome;
  }

  it('never answers', async () => {
    receiver.answer = () => {};
    expect(await post(receiver.url, local())).toEqual({ error: 'timeout' });
  });

  it('answers one byte at a time, for ever', async () => {
    expect(await raw('HTTP/1.1 2')).toEqual({ error: 'timeout' });
  });

  it('has a name that no server answers for', async () => {
    expect(await post('https://hook.example/', { timeoutMs: 200, resolve: () => new Promise(() => {}) })).toEqual({ error: 'timeout' });
    expect(await post('https://hook.example/', { resolve: () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND hook.example'), { code: 'ENOTFOUND' })) })).toEqual({ error: 'dns' });
  });

  it('refuses, hangs up, or speaks something else', async () => {
    expect(await raw(null)).toEqual({ error: 'connection_lost' });
    expect(await raw('220 smtp.example ESMTP\r\n')).toEqual({ error: 'malformed_answer' });
    const server = createTcpServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port: closed } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    expect(await post(`http://127.0.0.1:${closed}/`, local())).toEqual({ error: 'connection_refused' });
    expect(await post(receiver.url.replace('http:', 'https:'), local())).toEqual({ error: 'tls' });
  });

  it('answers without end: its head counts, and the rest is cut', async () => {
    let written = 0;
    receiver.answer = (response) => {
      response.writeHead(200);
      const fill = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536))) written += 1;
      };
      response.on('drain', fill);
      response.on('error', () => {});
      fill();
    };
    expect(await post(receiver.url, local({ timeoutMs: 5_000 }))).toEqual({ status: 200, retryAfter: null });
    expect(written).toBeLessThan(1_000);
  });

  it('asks to be left alone for a while', async () => {
    receiver.answer = (response) => void response.writeHead(429, { 'retry-after': '120' }).end();
    expect(await post(receiver.url, local())).toEqual({ status: 429, retryAfter: '120' });
  });
});

describe('a small text of another host', () => {
  it('is read over https only', async () => {
    const receiver = await startReceiver();
    const get = (url: string) => createOutbound({ allowed: loopback(), timeoutMs: 500 }).get(url);
    expect(await get(receiver.url)).toEqual({ error: 'insecure_url' });
    expect(await get(receiver.url.replace('http:', 'https:'))).toEqual({ error: 'tls' });
    expect(await createOutbound({ timeoutMs: 500 }).get('https://127.0.0.1/')).toEqual({ error: 'blocked_address' });
    await receiver.close();
  });
});
