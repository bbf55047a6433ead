import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** The other end of a campaign: keeps every message that is sent to it. */
export interface Sink<Message> {
  url: string;
  messages: Message[];
  stop(): Promise<void>;
}

export async function startSink<Message>(): Promise<Sink<Message>> {
  const messages: Message[] = [];
  const server = createServer((request, response) => {
    void json(request).then((message) => {
      messages.push(message as Message);
      response.writeHead(202, { 'content-type': 'application/json' }).end('{"accepted":true}');
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`,
    messages,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}
