import { randomUUID } from 'node:crypto';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { QuietlistClient } from '@quietlist/client/client';
import { CircuitBreaker } from '@quietlist/client/circuit-breaker';
import { QuietlistError } from '@quietlist/client/errors';
import type { StreamTransport, Transport } from '@quietlist/client/transport';

export const serverType = 'quietlist-server';

export interface ServerDefinition extends NodeDef {
  url: string;
  allowInsecureHttp: boolean;
}

export interface Connection {
  baseUrl: string;
  apiKey: string;
  allowInsecureHttp: boolean;
}

/** What the nodes need of the outside world. */
export interface Outside {
  /** A transport that can be put away. Throws `QuietlistError` where the connection cannot be one. */
  createTransport(connection: Connection): Transport & StreamTransport & { close(): void };
  sleep(milliseconds: number): Promise<void>;
  /** Calls back once after so long, unless the function that it gives is called before. */
  setTimer(callback: () => void, milliseconds: number): () => void;
  now(): number;
  random(): number;
}

/** What a node uses of a server that is set up. */
export interface ConnectedServer {
  connection: Connection;
  client: QuietlistClient;
  streams: StreamTransport;
}

/** Owns the one client, and so the one circuit breaker and the kept-open connections, of all nodes that use this server. */
export interface ServerNode extends Node<{ apiKey?: string }> {
  connection: Connection;
  client: QuietlistClient | null;
  streams: StreamTransport | null;
  /** Why there is no client. */
  problem: QuietlistError | null;
  /** Keeps the connections open until this work is done, also when the flows are deployed anew. */
  track(work: Promise<unknown>): void;
}

export const notConfigured = (RED: NodeAPI, what: 'server' | 'url' | 'key'): QuietlistError =>
  new QuietlistError({ code: 'invalid_configuration', message: RED._(`error.no_${what}`), hint: RED._(`error.no_${what}_hint`) });

/** The server that a node has chosen, when it is deployed and enabled. */
export const serverOf = (RED: NodeAPI, id: unknown): ServerNode | null => {
  const node = RED.nodes.getNode(String(id)) as ServerNode | null;
  return node?.type === serverType ? node : null;
};

/** What a node uses of its server, or why it cannot. */
export const connectedServer = (RED: NodeAPI, server: ServerNode | null): ConnectedServer | { problem: QuietlistError } => {
  const { connection, client, streams, problem } = server ?? {};
  return connection && client && streams ? { connection, client, streams } : { problem: problem ?? notConfigured(RED, 'server') };
};

/** The client of a connection, its streams, and how to close them. Throws `QuietlistError` where there can be none. */
export const connect = (RED: NodeAPI, connection: Connection, { createTransport, sleep, now }: Outside): { client: QuietlistClient; streams: StreamTransport; close(): void } => {
  if (!connection.baseUrl) throw notConfigured(RED, 'url');
  if (!connection.apiKey) throw notConfigured(RED, 'key');
  const transport = createTransport(connection);
  const client = new QuietlistClient({ transport, sleep, now, createId: randomUUID, source: 'workflow', breaker: new CircuitBreaker({ now }) });
  return { client, streams: transport, close: () => transport.close() };
};

export const registerServer = (RED: NodeAPI, outside: Outside): void => {
  function Server(this: ServerNode, definition: ServerDefinition): void {
    RED.nodes.createNode(this, definition);
    const work = new Set<Promise<unknown>>();
    let close = (): void => {};
    this.connection = {
      baseUrl: String(definition.url ?? '').trim(),
      apiKey: String(this.credentials?.apiKey ?? '').trim(),
      allowInsecureHttp: definition.allowInsecureHttp === true,
    };
    this.client = null;
    this.streams = null;
    this.problem = null;
    try {
      ({ client: this.client, streams: this.streams, close } = connect(RED, this.connection, outside));
    } catch (error) {
      this.problem = error instanceof QuietlistError ? error : notConfigured(RED, 'url');
    }
    this.track = (promise) => {
      work.add(promise);
      const finished = () => work.delete(promise);
      promise.then(finished, finished);
    };
    this.on('close', (_removed: boolean, done: () => void) => {
      void Promise.allSettled(work).then(() => {
        close();
        done();
      });
    });
  }
  RED.nodes.registerType<ServerNode, ServerDefinition, object, { apiKey?: string }>(serverType, Server, { credentials: { apiKey: { type: 'password' } } });
};
