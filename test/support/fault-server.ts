import { createServer, request as httpRequest, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { faults, type Exchange, type FaultName, type Forwarded } from './faults.ts';

export { faultNames, silentFaults, type FaultName } from './faults.ts';

export interface FaultServerOptions {
  fault: FaultName;
  /** Base URL of the real service behind. */
  target: string;
  /** How many requests the fault hits; after those the server is transparent. Default: all. */
  times?: number;
}

export interface FaultServer {
  baseUrl: string;
  /** Requests that came in, hit or not. */
  requestCount(): number;
  /** Headers of requests that reached the target of a redirect: must stay empty. */
  redirected: IncomingHttpHeaders[];
  close(): Promise<void>;
}

/**
 * Stands between a client and the real service and breaks their exchange in one way. Where a redirect leads there is a full service as
 * well, so that a client that follows one would get a good answer, and show it.
 */
export const startFaultServer = async ({ fault, target, times = Number.POSITIVE_INFINITY }: FaultServerOptions): Promise<FaultServer> => {
  const redirected: IncomingHttpHeaders[] = [];
  const elsewhere = await listen(async (request, response) => {
    redirected.push(request.headers);
    send(response, await forwardTo(target, request, await bodyOf(request)));
  });
  let count = 0;
  const main = await listen(async (request, response) => {
    count += 1;
    const body = await bodyOf(request);
    const exchange: Exchange = { request, response, socket: request.socket, elsewhere: urlOf(elsewhere), forward: () => forwardTo(target, request, body) };
    if (count > times || fault === 'reset_on_connect') send(response, await exchange.forward());
    else await faults[fault](exchange);
  });
  // This fault hits connections; a request that got through one is served.
  if (fault === 'reset_on_connect') {
    let connections = 0;
    main.on('connection', (socket: Socket) => {
      connections += 1;
      if (connections <= times) socket.resetAndDestroy();
    });
  }
  const baseUrl = urlOf(main);
  if (fault === 'refused') await close(main);
  return {
    baseUrl,
    requestCount: () => count,
    redirected,
    close: async () => {
      await Promise.all([close(main), close(elsewhere)]);
    },
  };
};

const listen = async (handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>): Promise<Server> => {
  const server = createServer((request, response) => {
    // A client that gave up is what these faults are for.
    for (const side of [request, response, request.socket]) side.on('error', () => undefined);
    void handle(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
};

const urlOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

const bodyOf = async (stream: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
};

const forwardTo = async (target: string, { method, url, headers }: IncomingMessage, body: Buffer): Promise<Forwarded> => {
  const { host: _host, connection: _connection, 'accept-encoding': _encoding, 'transfer-encoding': _transfer, ...passed } = headers;
  const request = httpRequest(new URL(url ?? '/', target), { method: method ?? 'GET', headers: { ...passed, 'content-length': body.length }, agent: false });
  request.end(body);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, text: (await bodyOf(response)).toString() };
};

const send = (response: ServerResponse, { status, text }: Forwarded): void => {
  response.writeHead(status, { 'content-type': status < 400 ? 'application/json; charset=utf-8' : 'application/problem+json; charset=utf-8' }).end(text);
};
