import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { BlockList } from 'node:net';
import type { Outbound } from '../../server/src/app/outbound.ts';
import { createOutbound } from '../../server/src/outbound/outbound.ts';

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  rawBody: string;
}

export interface WebhookReceiver {
  url: string;
  received: Received[];
  /** Resolves once so many requests have come in. */
  count(requests: number): Promise<Received[]>;
  /** How the next ones are answered. */
  answer: (response: ServerResponse, request: Received) => void;
  connections(): number;
  close(): Promise<void>;
}

/** The network of this machine itself, for guards that let it through. */
export function loopback(): BlockList {
  const list = new BlockList();
  list.addSubnet('127.0.0.0', 8, 'ipv4');
  list.addAddress('::1', 'ipv6');
  return list;
}

/** The real way out, which reaches this machine and knows no names: no test calls anybody. */
export const outboundHere = (): Outbound => createOutbound({ allowed: loopback(), resolve: () => Promise.reject(Object.assign(new Error('no names here'), { code: 'ENOTFOUND' })) });

/** A program that receives webhooks, on a free port of loopback. It answers 204 unless it is told otherwise. */
export async function startReceiver(): Promise<WebhookReceiver> {
  let wake = (): void => {};
  let connections = 0;
  const receiver: Omit<WebhookReceiver, 'url'> = {
    received: [],
    async count(requests) {
      while (receiver.received.length < requests) await new Promise<void>((resolve) => (wake = resolve));
      return receiver.received;
    },
    answer: (response) => void response.writeHead(204).end(),
    connections: () => connections,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const received = { path: request.url ?? '', headers: request.headers, rawBody: Buffer.concat(chunks).toString('utf8') };
      receiver.received.push(received);
      receiver.answer(response, received);
      wake();
    });
  });
  server.on('connection', () => (connections += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  return Object.assign(receiver, { url: `http://127.0.0.1:${port}/hook` });
}
