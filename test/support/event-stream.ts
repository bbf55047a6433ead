import { once } from 'node:events';
import { get, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { FeedEvent } from '@quietlist/contract/feed';
import type { TestService } from './service.ts';

export interface OpenStream {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  /** The next so many events. */
  take(count: number): Promise<FeedEvent[]>;
  /** What has come in so far and was not taken. */
  received(): FeedEvent[];
  /** All that comes until the stream ends by itself. */
  rest(): Promise<FeedEvent[]>;
  /** The last id that was said, with an event or without. */
  lastEventId(): string | null;
  /** Lines that begin with a colon. */
  comments(): number;
  close(): void;
}

/** Reads server-sent events as the standard has it: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export async function openStream(service: Pick<TestService, 'baseUrl' | 'adminKey'>, query = '', { key = service.adminKey, lastEventId }: { key?: string; lastEventId?: string } = {}): Promise<OpenStream> {
  const headers = { authorization: `Bearer ${key}`, ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }) };
  // A connection of its own: closed, it is gone, and no other one is opened in its place.
  const [response] = (await once(get(`${service.baseUrl}/v1/events/stream${query}`, { headers, agent: false }), 'response')) as [IncomingMessage];
  const events: FeedEvent[] = [];
  let [lastId, comments, hasEnded] = [null as string | null, 0, false];
  let wake = (): void => {};

  const read = (block: string): void => {
    const fields = block.split('\n').map((line) => /^([^:]*): ?(.*)$/s.exec(line)?.slice(1) ?? [line, '']);
    comments += fields.filter(([name]) => name === '').length;
    const of = (wanted: string) => fields.find(([name]) => name === wanted)?.[1];
    lastId = of('id') ?? lastId;
    const data = of('data');
    if (data === undefined) return;
    const event = JSON.parse(data) as FeedEvent;
    if (of('event') !== event.type || of('id') !== String(event.position)) throw new Error('The fields of the event are not those of its data.');
    events.push(event);
  };
  const pump = async (): Promise<void> => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
      const blocks = (text + decoder.decode(chunk, { stream: true })).split('\n\n');
      text = blocks.pop() ?? '';
      blocks.forEach(read);
      wake();
    }
  };
  const ended = pump().catch(() => undefined).finally(() => {
    hasEnded = true;
    wake();
  });

  return {
    status: response.statusCode,
    headers: response.headers,
    async take(count) {
      while (events.length < count) {
        if (hasEnded) throw new Error(`The stream ended after ${events.length} events.`);
        await new Promise<void>((resolve) => (wake = resolve));
      }
      return events.splice(0, count);
    },
    received: () => events.splice(0),
    async rest() {
      await ended;
      return events.splice(0);
    },
    lastEventId: () => lastId,
    comments: () => comments,
    close: () => void response.destroy(),
  };
}
