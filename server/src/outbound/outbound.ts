import { lookup } from 'node:dns/promises';
import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { BlockList, type LookupFunction } from 'node:net';
import { limits } from '@quietlist/contract/limits';
import type { GetOutcome, Outbound, PostOutcome } from '../app/outbound.ts';
import { AddressGuard } from './address-guard.ts';
import { OutboundFailure, outboundErrorOf } from './failure.ts';
import { resolveTarget, type Resolve, type ResolvedAddress } from './target.ts';

export interface OutboundOptions {
  /** Networks that may be called although they are not public, also by plain http. */
  allowed?: BlockList;
  resolve?: Resolve;
  timeoutMs?: number;
  /** Certificates that are trusted beside those of Node: for tests. */
  ca?: string;
}

/** Of an answer that is not read: it is let run so far, that the connection may serve again. */
const bytesIgnored = 65_536;
const bytesRead = 65_536;
const idleConnectionMs = 5_000;

const resolveByDns: Resolve = (host) => lookup(host, { all: true, verbatim: true });

/** Gives the connection the addresses that were judged, and none that the name may have by then. */
const pinned = (addresses: readonly ResolvedAddress[]): LookupFunction => (_host, options, answer) => {
  if (options.all) answer(null, [...addresses]);
  else answer(null, addresses[0]?.address ?? '', addresses[0]?.family);
};

/** Lets the rest of an answer pass, up to a bound. */
function ignore(response: IncomingMessage): void {
  let bytes = 0;
  response.on('error', () => {});
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > bytesIgnored) response.destroy();
  });
}

async function readText(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bytesRead) throw new OutboundFailure('answer_too_large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * The only code of the service that opens connections of its own. A target is judged by the addresses its name has at that moment, and the
 * connection goes to those; no redirect is followed, no proxy asked, no answer believed beyond its head.
 */
export function createOutbound({ allowed = new BlockList(), resolve = resolveByDns, timeoutMs = limits.webhookTimeoutMs, ca }: OutboundOptions = {}): Outbound {
  const guard = new AddressGuard(allowed);
  const agents = { 'http:': new HttpAgent({ keepAlive: true, timeout: idleConnectionMs }), 'https:': new HttpsAgent({ keepAlive: true, timeout: idleConnectionMs, ...(ca === undefined ? {} : { ca }) }) };

  /** Sends a request and answers the head of what comes back. */
  async function send(target: string, { method, headers, body, httpsOnly, signal }: { method: string; headers: Readonly<Record<string, string>>; body?: string; httpsOnly: boolean; signal: AbortSignal }): Promise<IncomingMessage> {
    const url = URL.canParse(target) ? new URL(target) : null;
    if (!url) throw new OutboundFailure('invalid_url');
    const addresses = await Promise.race([resolveTarget(url, guard, resolve, { httpsOnly }), aborted(signal)]);
    const options: RequestOptions = { method, headers: { ...headers, ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }) }, lookup: pinned(addresses), signal, agent: agents[url.protocol as keyof typeof agents] };
    const once = (): Promise<IncomingMessage> =>
      new Promise((answer, fail) => {
        const sent: ClientRequest = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, answer);
        sent.on('error', (error: Error & { code?: string }) => {
          // A connection that the other side had given up already: nothing was taken, so it is no try.
          if (sent.reusedSocket && error.code === 'ECONNRESET' && !signal.aborted) once().then(answer, fail);
          else fail(error);
        });
        sent.end(body);
      });
    return once();
  }

  async function inTime<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | { error: ReturnType<typeof outboundErrorOf> }> {
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      return await work(signal);
    } catch (error) {
      return { error: signal.aborted ? 'timeout' : outboundErrorOf(error) };
    }
  }

  return {
    post: ({ url, headers, body }) =>
      inTime<PostOutcome>(async (signal) => {
        const response = await send(url, { method: 'POST', headers, body, httpsOnly: false, signal });
        ignore(response);
        return { status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null };
      }),
    get: (url) =>
      inTime<GetOutcome>(async (signal) => {
        const response = await send(url, { method: 'GET', headers: { accept: '*/*' }, httpsOnly: true, signal });
        return { status: response.statusCode ?? 0, body: await readText(response) };
      }),
  };
}

/** Fails when the time is up: a name server may take any time. */
const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, fail) => signal.addEventListener('abort', () => fail(new OutboundFailure('timeout')), { once: true }));
