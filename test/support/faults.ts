import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { problems, type ProblemCode } from '@quietlist/contract/problems';

export interface Forwarded {
  status: number;
  text: string;
}

export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  socket: Socket;
  /** Base URL of another server. */
  elsewhere: string;
  /** Lets the real service do the request, and gives its answer. */
  forward(): Promise<Forwarded>;
}

type Fault = (exchange: Exchange) => void | Promise<void>;

const json = { 'content-type': 'application/json; charset=utf-8' };
const page = '<!doctype html><html><head><title>Log in</title></head><body><form method="post"></form></body></html>';

const answer = (status: number, text: string, headers: Record<string, string> = json): Fault => ({ response }) => void response.writeHead(status, headers).end(text);

const problem = (code: ProblemCode, headers: Record<string, string> = {}): Fault => {
  const { status, title, hint, retryable } = problems[code];
  const body = { type: `https://quietlist.example/problems/${code}`, title, status, code, detail: title, hint, retryable, requestId: 'fault' };
  return answer(status, JSON.stringify(body), { 'content-type': 'application/problem+json', ...headers });
};

const html = (status: number): Fault => answer(status, page, { 'content-type': 'text/html' });

const redirect = (status: number): Fault => ({ request, response, elsewhere }) => void response.writeHead(status, { location: `${elsewhere}${request.url}` }).end();

/** The service has done the request; what comes back is something else. */
const afterwards = (fault: Fault): Fault => async (exchange) => {
  await exchange.forward();
  await fault(exchange);
};

const raw = (bytes: (text: string) => string, end: (socket: Socket) => void): Fault => async ({ socket, forward }) => {
  const { text } = await forward();
  socket.write(bytes(text), () => end(socket));
};

const head = (length: number) => `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;
const half = (text: string): string => text.slice(0, Math.ceil(text.length / 2));

// Each fault changes whatever the service has answered: a check, a write or a page.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
const changed = (change: (body: any) => unknown): Fault => async ({ response, forward }) => {
  const body: unknown = JSON.parse((await forward()).text);
  response.writeHead(200, json).end(JSON.stringify(change(body) ?? body));
};

// eslint-disable-next-line @typescript-eslint/no-explicit-any
const rowsOf = (body: any): any[] => body.decisions ?? body.results ?? body.data;

/** 512 MB of zeros in half a megabyte: a gzip file may hold many members. */
let packed: Buffer | undefined;
const bomb = (): Buffer => (packed ??= Buffer.concat(Array<Buffer>(64).fill(gzipSync(Buffer.alloc(8 * 1024 * 1024)))));

/** Bytes as fast as they are taken, for ever. */
const endless: Fault = ({ response }) => {
  response.writeHead(200, json);
  const more = (): void => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
};

const dripping: Fault = async ({ response, forward }) => {
  const { text } = await forward();
  response.writeHead(200, { ...json, 'content-length': Buffer.byteLength(text) });
  let sent = 0;
  const timer = setInterval(() => response.write(text[(sent += 1) - 1] ?? ''), 40);
  response.on('close', () => clearInterval(timer));
};

const year = 365 * 24 * 60 * 60;

export const faults = {
  // Nothing listens, see fault-server.ts.
  refused: () => undefined,
  reset_on_connect: () => undefined,

  reset_before_answer: ({ socket }) => void socket.resetAndDestroy(),
  closed_before_answer: ({ socket }) => void socket.end(),
  reset_after_work: afterwards(({ socket }) => void socket.resetAndDestroy()),
  reset_within_head: raw((text) => head(text.length).slice(0, 30), (socket) => socket.resetAndDestroy()),
  reset_within_body: raw((text) => head(Buffer.byteLength(text)) + half(text), (socket) => socket.resetAndDestroy()),
  half_body: raw((text) => head(Buffer.byteLength(text)) + half(text), (socket) => socket.end()),
  chunk_cut: raw((text) => `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${text.length.toString(16)}\r\n${half(text)}`, (socket) => socket.end()),
  chunks_without_end: raw((text) => `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`, (socket) => socket.end()),

  black_hole: () => undefined,
  black_hole_after_work: afterwards(() => undefined),
  slow_bytes: dripping,
  endless_body: endless,
  longer_than_sent: raw((text) => head(10_000_000_000) + text, () => undefined),

  garbage: ({ socket }) => void socket.end('\u0000\u0001\u0002 this is not HTTP \r\n\r\n'),
  garbage_after_work: raw(() => 'SSH-2.0-OpenSSH_9.9\r\n', (socket) => socket.end()),
  header_bomb: ({ socket }) => void socket.end(`HTTP/1.1 200 OK\r\nx-bomb: ${'x'.repeat(200_000)}\r\ncontent-length: 2\r\n\r\n{}`),
  two_lengths: ({ socket }) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 200\r\n\r\n{}'),
  gzip_bomb: ({ response }) => void response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(bomb()),
  gzip_in_name_only: ({ response }) => void response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end('{"decisions":[]}'),

  html_200: html(200),
  html_200_after_work: afterwards(html(200)),
  html_401: html(401),
  html_403: html(403),
  html_404: html(404),
  html_500: html(500),
  empty_200: answer(200, ''),
  empty_200_after_work: afterwards(answer(200, '')),
  empty_204: ({ response }) => void response.writeHead(204).end(),
  created_201: async ({ response, forward }) => void response.writeHead(201, json).end((await forward()).text),
  partial_206: async ({ response, forward }) => void response.writeHead(206, json).end((await forward()).text),
  wrong_json: answer(200, '{"ok":true}'),
  null_json: answer(200, 'null'),
  array_json: answer(200, '[]'),
  text_true: answer(200, 'true'),
  problem_200: answer(200, JSON.stringify({ type: 'about:blank', title: 'x', status: 200, code: 'x', detail: 'x', hint: 'x', retryable: false, requestId: 'x' })),
  truncated_json: async ({ response, forward }) => void response.writeHead(200, json).end(half((await forward()).text)),
  twice_json: async ({ response, forward }) => {
    const { text } = await forward();
    response.writeHead(200, json).end(text + text);
  },

  counts_off: changed((body) => {
    for (const name of Object.keys(body.counts ?? {})) body.counts[name] += 1;
    if (!body.counts) body.data = 'x';
  }),
  missing_row: changed((body) => void (rowsOf(body).pop() ?? (body.nextCursor = 1))),
  repeated_row: changed((body) => void rowsOf(body).push(rowsOf(body)[0] ?? {})),
  strange_index: changed((body) => void rowsOf(body).forEach((row) => (row.index = 1e6))),
  may_contact_all: changed((body) => void rowsOf(body).forEach((row) => (row.mayContact = true))),
  allow_all: changed((body) => void rowsOf(body).forEach((row) => Object.assign(row, { decision: 'allow', outcome: 'allow', mayContact: true }))),
  nobody_held_without_counts: changed((body) => ({ ...body, decisions: [], results: undefined, counts: undefined })),
  other_question: changed((body) => void (body.evaluated ? (body.evaluated.purpose = 'transactional') : (body.batch = 'other'))),
  unknown_field: changed((body) => void (body.extra = true)),

  redirect_301: redirect(301),
  redirect_302: redirect(302),
  redirect_303: redirect(303),
  redirect_307: redirect(307),
  redirect_308: redirect(308),

  status_400: problem('invalid-request'),
  status_401: problem('unauthenticated'),
  status_403: problem('forbidden'),
  status_404: problem('not-found'),
  status_408: html(408),
  status_409: problem('conflict'),
  status_413: problem('payload-too-large'),
  status_415: problem('unsupported-media-type'),
  status_422: problem('unknown-list'),
  status_425: html(425),
  status_429: problem('rate-limited'),
  status_500: problem('internal'),
  status_500_after_work: afterwards(problem('internal')),
  status_502: html(502),
  status_502_after_work: afterwards(html(502)),
  status_503: problem('store-unavailable'),
  status_504_after_work: afterwards(html(504)),
  status_999: answer(999, '{}'),

  retry_after_seconds: problem('rate-limited', { 'retry-after': '1' }),
  retry_after_date: (exchange) => problem('check-unavailable', { 'retry-after': new Date(Date.now() + 2_000).toUTCString() })(exchange),
  retry_after_garbage: problem('rate-limited', { 'retry-after': 'soon' }),
  retry_after_negative: problem('rate-limited', { 'retry-after': '-5' }),
  retry_after_year: problem('rate-limited', { 'retry-after': String(year) }),
  retry_after_date_in_a_year: (exchange) => problem('check-unavailable', { 'retry-after': new Date(Date.now() + year * 1_000).toUTCString() })(exchange),
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults) as FaultName[];

/** Those that only a deadline ends: give the client a short one. */
export const silentFaults: ReadonlySet<FaultName> = new Set<FaultName>(['black_hole', 'black_hole_after_work', 'slow_bytes', 'endless_body', 'longer_than_sent']);
