import type { FeedEvent } from '@quietlist/contract/feed';
import type { ProblemCode } from '@quietlist/contract/problems';
import { retryAfterMs } from '@quietlist/contract/retry-after';
import { isFeedEvent } from '@quietlist/contract/validators';
import { bodyOf } from './answer.ts';
import { clientError, type QuietlistError } from './errors.ts';
import { EventStreamParser, type StreamEvent } from './event-stream.ts';
import { errorOfTransport } from './retry.ts';
import type { OpenedStream, StreamTransport } from './transport.ts';

export interface FollowOptions {
  transport: StreamTransport;
  /** `types` and `list`, as the service takes them. */
  query?: Record<string, string>;
  /** The position to go on after, or null for what is to come. Asked at the start, and again when the service no longer has what follows a position. */
  begin(): Promise<number | null>;
  /** Gets every event once, in order. */
  onEvent(event: FeedEvent): void;
  /** Is told how far `onEvent` has got everything: from there the next start goes on. */
  onPosition(position: number): void;
  /** Null: connected. An error: not connected, and tried again. */
  onState(error: QuietlistError | null): void;
  /** Calls back once after so long, unless the function that it gives is called before. */
  setTimer(callback: () => void, milliseconds: number): () => void;
  now(): number;
  random(): number;
}

export const followTimes = {
  /** For the beginning of an answer. */
  openMs: 30_000,
  /** The service says something every 15 s or sooner: a connection that was silent for so long is dead. */
  silenceMs: 45_000,
  firstDelayMs: 1_000,
  longestDelayMs: 60_000,
  /** After a refusal that lasts until somebody changes something: the key, its role, the list. */
  refusedDelayMs: 5 * 60_000,
} as const;

/** Of the problem that says that a position cannot be gone on from: it is older than what is kept, or of another store. */
const goneCode = 'events-gone' satisfies ProblemCode;

/**
 * Follows the event stream for as long as it is let: connects again after every break, from where it was, after a growing delay with jitter.
 * So no event is missed, and one that comes again is passed over. What cannot be read is never skipped: the error is told, and the same
 * place asked for again. Only where the service itself no longer has what follows does it begin anew, after it has told so (`events-gone`).
 */
export class EventFollower {
  readonly #options: FollowOptions;
  readonly #work: Promise<void>;
  readonly #closing = new AbortController();
  #position: number | null = null;
  #failures = 0;

  constructor(options: FollowOptions) {
    this.#options = options;
    this.#work = this.#follow();
  }

  /** Closes the connection. Once it resolves, nothing is called any more. */
  close(): Promise<void> {
    this.#closing.abort();
    return this.#work;
  }

  get #isClosed(): boolean {
    return this.#closing.signal.aborted;
  }

  async #follow(): Promise<void> {
    while (!this.#isClosed) {
      let asked: number | undefined;
      let error: QuietlistError;
      try {
        const opened = await this.#open();
        if ('refusal' in opened) {
          asked = retryAfterMs(opened.refusal.headers['retry-after'], this.#options.now());
          bodyOf(opened.refusal);
          throw clientError('malformed_answer', 'it is no event stream', { status: opened.refusal.status });
        }
        await this.#read(opened);
        error = clientError('unreachable', 'the service closed the connection');
      } catch (thrown) {
        error = errorOfTransport(thrown);
      }
      if (this.#isClosed) return;
      if (error.code === goneCode) this.#position = null;
      this.#options.onState(error);
      await this.#wait(Math.max(asked ?? 0, this.#delay(error)));
    }
  }

  async #open(): Promise<OpenedStream> {
    const { transport, query = {} } = this.#options;
    this.#position ??= await this.#options.begin();
    const after = this.#position === null ? {} : { after: String(this.#position) };
    return transport.open({ path: '/v1/events/stream', query: { ...query, ...after }, headers: {}, timeoutMs: followTimes.openMs, signal: this.#closing.signal });
  }

  async #read({ chunks, close }: Extract<OpenedStream, { close(): void }>): Promise<void> {
    let isSilent = false;
    const giveUp = (): void => {
      isSilent = true;
      close();
    };
    let unwatch = this.#options.setTimer(giveUp, followTimes.silenceMs);
    this.#closing.signal.addEventListener('abort', close);
    const parser = new EventStreamParser();
    try {
      if (this.#isClosed) return;
      this.#options.onState(null);
      for await (const chunk of chunks) {
        if (this.#isClosed) return;
        unwatch();
        unwatch = this.#options.setTimer(giveUp, followTimes.silenceMs);
        this.#failures = 0;
        for (const event of parser.push(chunk)) this.#take(event);
        this.#reach(parser.lastEventId);
      }
    } catch (error) {
      throw isSilent ? clientError('timed_out') : error instanceof RangeError ? clientError('malformed_answer', 'an event does not end') : error;
    } finally {
      unwatch();
      this.#closing.signal.removeEventListener('abort', close);
      close();
    }
    if (isSilent) throw clientError('timed_out');
  }

  #take({ data }: StreamEvent): void {
    const event = parsed(data);
    if (!isFeedEvent(event)) throw clientError('malformed_answer', 'an event does not have the shape of one');
    if (this.#position !== null && event.position <= this.#position) return;
    this.#position = event.position;
    this.#options.onEvent(event);
  }

  /** The service also says where it is when there was nothing for this filter. */
  #reach(lastEventId: string): void {
    if (!/^\d{1,16}$/.test(lastEventId)) return;
    this.#position = Math.max(this.#position ?? 0, Number(lastEventId));
    this.#options.onPosition(this.#position);
  }

  #delay(error: QuietlistError): number {
    const { firstDelayMs, longestDelayMs, refusedDelayMs } = followTimes;
    this.#failures += 1;
    const longest = error.retryable || error.code === goneCode ? Math.min(longestDelayMs, firstDelayMs * 2 ** (this.#failures - 1)) : refusedDelayMs;
    return longest * (0.5 + this.#options.random() / 2);
  }

  #wait(milliseconds: number): Promise<void> {
    const { signal } = this.#closing;
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        signal.removeEventListener('abort', end);
        resolve();
      };
      const cancel = this.#options.setTimer(end, milliseconds);
      signal.addEventListener('abort', end);
    });
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
