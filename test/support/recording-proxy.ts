import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface RecordedRequest {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  // Tests look into bodies of every shape.
  body: any;
}

export interface RecordingProxy {
  baseUrl: string;
  /** Every request that came through, in order. */
  requests: RecordedRequest[];
  /** From that request on (the first is 1) it closes the connection without an answer. Default: never. */
  breakFrom: number;
  close(): Promise<void>;
}

/** Passes everything on to the real service, and remembers what was asked. */
export const startRecordingProxy = async (target: string): Promise<RecordingProxy> => {
  const requests: RecordedRequest[] = [];
  const proxy = { requests, breakFrom: Number.POSITIVE_INFINITY };
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const body = Buffer.concat(chunks);
      requests.push({ method: incoming.method!, path: incoming.url!, headers: incoming.headers, body: body.length > 0 ? JSON.parse(body.toString()) : undefined });
      if (requests.length >= proxy.breakFrom) return void response.destroy();
      const outgoing = request(new URL(incoming.url!, target), { method: incoming.method!, headers: incoming.headers }, (answer) => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
      });
      outgoing.on('error', () => response.destroy());
      outgoing.end(body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return Object.assign(proxy, {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  });
};
