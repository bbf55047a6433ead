import type { ServerResponse } from 'node:http';
import type { FeedEvent, StreamQuery } from '@quietlist/contract/feed';
import { routes } from '@quietlist/contract/routes';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { authenticate } from '../app/authenticate.ts';
import { requireRole, type Caller } from '../app/context.ts';
import { feedFilter, readFeed, requirePosition, type FeedFilter } from '../app/feed.ts';
import { Problem } from '../app/problem.ts';
import type { Gate } from './gate.ts';
import type { HttpOptions } from './options.ts';
import type { Services } from './services.ts';

/** Events written at a time. */
const eventsAtOnce = 100;
/** Reads of one stream that follow each other at least so far apart, however often there is news. */
const readEveryMs = 20;
/** How often it looks without news: what other servers write is found this way. */
const lookEveryMs = 500;
const reconnectAfterMs = 2_000;

const route = routes.streamEvents;

const eventText = (event: FeedEvent): string => `id: ${event.position}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
/** Without data it is no event; a reader that reconnects begins after it. */
const positionText = (position: number): string => `id: ${position}\n\n`;

/** A wait that news, or the end of the stream, cuts short. */
class Alarm {
  #wake: (() => void) | null = null;
  #isRinging = false;

  ring(): void {
    this.#isRinging = true;
    this.#wake?.();
  }

  async wait(milliseconds: number): Promise<void> {
    if (!this.#isRinging) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds).unref();
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = null;
    }
    this.#isRinging = false;
  }
}

/** One open stream: it writes until its reader goes away, its key ends, or the service stops. */
class EventStream {
  readonly workspaceId: number;
  readonly #raw: ServerResponse;
  readonly #alarm = new Alarm();
  readonly #keepAliveMs: number;
  #isOver = false;

  constructor(caller: Caller, raw: ServerResponse, keepAliveMs: number) {
    this.workspaceId = caller.workspace.id;
    this.#raw = raw;
    this.#keepAliveMs = keepAliveMs;
    raw.once('close', () => this.end());
    if (raw.destroyed) this.end();
  }

  news(): void {
    this.#alarm.ring();
  }

  end(): void {
    this.#isOver = true;
    this.#alarm.ring();
  }

  async run(services: Services, start: number, filter: FeedFilter, stillAllowed: () => Promise<void>): Promise<void> {
    let position = start;
    let keepAliveAt = performance.now() + this.#keepAliveMs;
    await this.#write(`retry: ${reconnectAfterMs}\n${positionText(position)}`);
    while (!this.#isOver) {
      const slice = await readFeed(services.store, this.workspaceId, position, filter, eventsAtOnce);
      position = slice.position;
      if (slice.events.length > 0) await this.#write(slice.events.map(eventText).join(''));
      if (performance.now() >= keepAliveAt) {
        await stillAllowed();
        await this.#write(`: keep-alive\n${positionText(position)}`);
        keepAliveAt = performance.now() + this.#keepAliveMs;
      }
      if (slice.hasMore || this.#isOver) continue;
      await new Promise((resolve) => void setTimeout(resolve, readEveryMs).unref());
      await this.#alarm.wait(Math.max(0, Math.min(lookEveryMs, keepAliveAt - performance.now())));
    }
  }

  /** Waits until the reader has room again. One that takes nothing for as long as a keep-alive is cut: it will come back and go on. */
  async #write(text: string): Promise<void> {
    if (this.#isOver || this.#raw.write(text)) return;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const done = (): void => resolve(true);
    const timer = setTimeout(() => resolve(false), this.#keepAliveMs).unref();
    this.#raw.once('drain', done).once('close', done);
    const isDrained = await promise;
    clearTimeout(timer);
    this.#raw.off('drain', done).off('close', done);
    if (!isDrained) this.#raw.destroy();
  }
}

/** The open streams of this server. */
export class EventStreams {
  readonly #services: Services;
  readonly #options: Pick<HttpOptions, 'streamKeepAliveMs' | 'streamsPerServer' | 'streamsPerWorkspace'>;
  readonly #open = new Map<EventStream, Promise<void>>();
  readonly #unsubscribe: () => void;
  #isStopping = false;

  constructor(services: Services, options: Pick<HttpOptions, 'streamKeepAliveMs' | 'streamsPerServer' | 'streamsPerWorkspace'>) {
    this.#services = services;
    this.#options = options;
    const hear = (workspaceId: number | null): void => {
      for (const stream of this.#open.keys()) if (workspaceId === null || stream.workspaceId === workspaceId) stream.news();
    };
    this.#unsubscribe = services.news?.listen(hear) ?? (() => {});
  }

  get count(): number {
    return this.#open.size;
  }

  /** Answers a request with a stream that begins after its position, or with what is to come. */
  async serve(request: FastifyRequest, reply: FastifyReply, caller: Caller): Promise<void> {
    const { store } = this.#services;
    const query = request.query as StreamQuery;
    const given = request.headers['last-event-id'] ?? query.after;
    if (given !== undefined && !/^\d{1,15}$/.test(String(given))) {
      throw new Problem('invalid-request', 'Last-Event-ID is not a position of this feed.', [{ pointer: 'Last-Event-ID', message: 'Not a position.' }]);
    }
    const filter = await feedFilter(store, caller, query);
    const start = given === undefined ? await store.outbox.head(caller.workspace.id) : await requirePosition(store, caller.workspace.id, String(given));
    this.#requireRoom(caller);
    reply.hijack();
    const stream = new EventStream(caller, reply.raw, this.#options.streamKeepAliveMs);
    reply.raw.writeHead(200, { ...(reply.getHeaders() as Record<string, string>), 'content-type': route.contentType, 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    // From here on it is no request under way but a stream, of which there are so many.
    request.place?.answered();
    const ended = stream
      .run(this.#services, start, filter, () => this.#requireAllowed(request))
      .catch((error: unknown) => void (error instanceof Problem || request.log.warn({ name: (error as Error).name }, 'an event stream ended early')))
      .finally(() => {
        this.#open.delete(stream);
        reply.raw.end();
      });
    this.#open.set(stream, ended);
  }

  /** Ends all streams. Their readers come back to whichever server then answers. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#unsubscribe();
    for (const stream of this.#open.keys()) stream.end();
    await Promise.all(this.#open.values());
  }

  #requireRoom(caller: Caller): void {
    if (this.#isStopping) throw new Problem('stopping');
    const ofWorkspace = [...this.#open.keys()].filter(({ workspaceId }) => workspaceId === caller.workspace.id).length;
    if (this.#open.size >= this.#options.streamsPerServer || ofWorkspace >= this.#options.streamsPerWorkspace) {
      throw new Problem('overloaded', 'As many event streams are open as there may be. Close one, or ask for pages of events instead.');
    }
  }

  /** A key that was revoked or has expired, or a workspace that is gone, ends the stream. */
  async #requireAllowed(request: FastifyRequest): Promise<void> {
    const { store, platform } = this.#services;
    requireRole(await authenticate(store, platform.clock, request.headers.authorization), route.role, 'This request');
  }
}

/** Registers the stream. It passes the same gate as every request, and is then no longer counted as one. */
export function addEventStream(app: FastifyInstance, gate: Gate, streams: EventStreams): void {
  app.route({
    method: route.method,
    url: route.path,
    schema: { querystring: route.query },
    onRequest: (request, reply) => gate.enter(request, reply, route),
    handler: async (request, reply) => {
      if (!request.caller) throw new Problem('unauthenticated');
      await streams.serve(request, reply, request.caller);
      return reply;
    },
  });
}
