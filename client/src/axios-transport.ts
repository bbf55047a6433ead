import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Readable } from 'node:stream';
import axios, { type AxiosRequestConfig } from 'axios';
import { limits } from '@quietlist/contract/limits';
import { checkedApiKey, checkedBaseUrl } from './base-url.ts';
import { TransportError, type StreamTransport, type Transport, type TransportFailure, type TransportRequest, type TransportResponse } from './transport.ts';

export interface AxiosTransportOptions {
  baseUrl: string;
  apiKey: string;
  userAgent?: string;
  /** Permits http:// to hosts that are neither this machine nor a private address. */
  allowInsecureHttp?: boolean;
}

export interface AxiosTransport extends Transport, StreamTransport {
  /** Closes the connections that are kept open, and the streams. */
  close(): void;
}

/** Larger than any answer of the service; counted after decompression, so that a small bomb does not fill the memory. */
const longestAnswerBytes = 4 * limits.bulkBodyBytes;

/**
 * The transport of Node programs. The key goes to the base URL and nowhere else: no redirect is followed, no proxy of the environment
 * used, no absolute URL taken. Errors carry nothing of axios, whose own hold the key and the body.
 */
export const createAxiosTransport = (options: AxiosTransportOptions): AxiosTransport => {
  const httpAgent = new HttpAgent({ keepAlive: true });
  const httpsAgent = new HttpsAgent({ keepAlive: true });
  const client = axios.create({
    baseURL: checkedBaseUrl(options.baseUrl, options),
    allowAbsoluteUrls: false,
    adapter: 'http',
    httpAgent,
    httpsAgent,
    proxy: false,
    maxRedirects: 0,
    maxContentLength: longestAnswerBytes,
    maxBodyLength: limits.bulkBodyBytes,
    decompress: true,
    responseType: 'text',
    transformRequest: [(body: unknown) => body],
    transformResponse: [(body: unknown) => body],
    validateStatus: () => true,
    headers: {
      authorization: `Bearer ${checkedApiKey(options.apiKey)}`,
      accept: 'application/json, application/problem+json',
      'user-agent': options.userAgent ?? 'quietlist-client',
    },
  });

  const send = async (request: TransportRequest): Promise<TransportResponse> => {
    // The timeout of axios watches for silence only; this one also ends an answer that comes byte by byte.
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), request.timeoutMs);
    try {
      const { status, headers, data } = await client.request<string>({ ...configOf(request), signal: deadline.signal });
      return { status, headers: plainHeaders(headers), body: parsed(data) };
    } catch (error) {
      throw new TransportError(deadline.signal.aborted ? 'timed_out' : failureOf(error));
    } finally {
      clearTimeout(timer);
    }
  };

  const open: StreamTransport['open'] = async ({ signal, ...request }) => {
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), request.timeoutMs);
    try {
      const { status, headers, data } = await client.request<Readable>({
        ...configOf({ ...request, method: 'GET', headers: { ...request.headers, accept: 'text/event-stream, application/problem+json' } }),
        timeout: 0,
        responseType: 'stream',
        maxContentLength: -1,
        decompress: false,
        signal: AbortSignal.any([signal, deadline.signal]),
      });
      // Closing breaks the stream off, which is no news to anybody.
      data.on('error', () => undefined);
      if (status === 200 && /^text\/event-stream\b/.test(String(headers['content-type']))) return { chunks: chunksOf(data), close: () => data.destroy() };
      return { refusal: { status, headers: plainHeaders(headers), body: parsed(await textOf(data)) } };
    } catch (error) {
      throw new TransportError(deadline.signal.aborted ? 'timed_out' : failureOf(error));
    } finally {
      clearTimeout(timer);
    }
  };

  return {
    send,
    open,
    close: () => {
      httpAgent.destroy();
      httpsAgent.destroy();
    },
  };
};

const configOf = ({ method, path, query, body, headers, timeoutMs }: TransportRequest): AxiosRequestConfig => ({
  method,
  url: path,
  ...(query ? { params: query } : {}),
  ...(body === undefined ? {} : { data: JSON.stringify(body) }),
  headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
  timeout: timeoutMs,
});

async function* chunksOf(data: Readable): AsyncGenerator<Uint8Array, void, undefined> {
  try {
    for await (const chunk of data) yield chunk as Uint8Array;
  } catch (error) {
    throw new TransportError(failureOf(error));
  }
}

const textOf = async (data: Readable): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of data) {
    chunks.push(chunk as Uint8Array);
    bytes += (chunk as Uint8Array).length;
    if (bytes > limits.bodyBytes) break;
  }
  return Buffer.concat(chunks).toString('utf8');
};

const parsed = (text: unknown): unknown => {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

const plainHeaders = (headers: object): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), Array.isArray(value) ? value.join(', ') : String(value)]));

const failureOf = (error: unknown): TransportFailure => {
  const { code = '', message = '' } = error instanceof Error ? (error as Error & { code?: string }) : {};
  if (['ECONNABORTED', 'ETIMEDOUT', 'ERR_CANCELED'].includes(code)) return 'timed_out';
  // Not HTTP (HPE), not what its content-encoding says (Z, brotli, zstd), or longer than any answer.
  return /^(HPE_|Z_|ERR__ERROR|ZSTD_)/.test(code) || message.startsWith('maxContentLength') ? 'malformed_answer' : 'unreachable';
};
