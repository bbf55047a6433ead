import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FeedEvent } from '@quietlist/contract/feed';
import { problems, type ProblemCode } from '@quietlist/contract/problems';

export interface EventServer {
  baseUrl: string;
  /** What was asked for, in order. */
  asked: Array<{ query: Record<string, string>; headers: IncomingHttpHeaders }>;
  /** Adds events and sends them to whoever listens. */
  add(...events: FeedEvent[]): void;
  /** Sends these bytes as they are. */
  write(text: string): void;
  /** Breaks off all connections. */
  drop(): void;
  /** How many listen. */
  listeners(): number;
  /** Resolves when so many listen. */
  listening(count: number): Promise<void>;
  /** From now on refuses with this problem, or no more. */
  refuse(code: ProblemCode | null, headers?: Record<string, string>): void;
  stop(): Promise<void>;
}

export const feedEvent = (position: number, fields: Partial<FeedEvent> = {}): FeedEvent => ({
  id: `evt_${position}`, position, type: 'review.decided', timestamp: '2026-03-03T00:00:00.000Z', data: { actor: 'system', reason: null, batch: null }, ...fields,
});

/** The event stream of the service and nothing else, for faults that the real one does not have; `repeats` makes it send so many events again. */
export const startEventServer = async ({ repeats = 0 }: { repeats?: number } = {}): Promise<EventServer> => {
  const events: FeedEvent[] = [];
  const open = new Set<ServerResponse>();
  const asked: EventServer['asked'] = [];
  let refusal: { code: ProblemCode; headers: Record<string, string> } | null = null;
  let changed = (): void => {};

  const server = createServer((request, response) => {
    const query = Object.fromEntries(new URL(request.url ?? '/', 'http://x').searchParams);
    asked.push({ query, headers: request.headers });
    if (refusal) {
      const { status, title, hint, retryable } = problems[refusal.code];
      response.writeHead(status, { 'content-type': 'application/problem+json', ...refusal.headers });
      response.end(JSON.stringify({ type: 'about:blank', title, status, code: refusal.code, detail: `${title}.`, hint, retryable, requestId: 'req_1' }));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    const last = events.at(-1)?.position ?? 0;
    const after = query['after'] === undefined ? last : Number(query['after']);
    response.write(`id: ${Math.max(0, after - repeats)}\n\n`);
    for (const event of events.filter(({ position }) => position > after - repeats)) response.write(frame(event));
    open.add(response);
    changed();
    response.on('error', () => undefined);
    response.on('close', () => {
      open.delete(response);
      changed();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    add(...added) {
      events.push(...added);
      for (const response of open) response.write(added.map(frame).join(''));
    },
    write: (text) => open.forEach((response) => response.write(text)),
    drop: () => open.forEach((response) => response.socket?.destroy()),
    listeners: () => open.size,
    async listening(count) {
      while (open.size !== count) await new Promise<void>((resolve) => (changed = resolve));
    },
    refuse(code, headers = {}) {
      refusal = code && { code, headers };
    },
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};

const frame = (event: FeedEvent): string => `id: ${event.position}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
