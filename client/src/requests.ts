import type { Validator } from '@quietlist/contract/validators';
import { bodyOf } from './answer.ts';
import { clientError, QuietlistError } from './errors.ts';
import { invalidRequest } from './field-error.ts';
import { idempotencyKey } from './idempotency.ts';
import { sendWithRetry, type RetryContext } from './retry.ts';
import { withAdvice } from './write-many.ts';

export interface RequestOptions {
  context: RetryContext;
  createId(): string;
  /** For one request with its retries. */
  deadlineMs: { read: number; write: number };
}

interface Page<Row> {
  data: Row[];
  nextCursor: string | null;
}

/** A write of one thing. */
export interface Write {
  method: 'POST' | 'PATCH' | 'DELETE';
  path: string;
  body?: unknown;
  /** Of a good answer; default 200. */
  status?: 201;
}

/** The path of one thing. An id comes from flows, so anything that could lead elsewhere is refused. */
export const pathOf = (collection: string, id: string, action?: string): string => {
  if (!/^[\w-]{1,64}$/.test(id)) throw invalidRequest({ pointer: '/id', message: 'is not an id' });
  return [collection, id, ...(action === undefined ? [] : [action])].join('/');
};

/** The requests of the client below its methods: what is read is of the shape asked or an error, what is written carries an idempotency key. */
export class Requests {
  readonly #options: RequestOptions;

  constructor(options: RequestOptions) {
    this.#options = options;
  }

  /** What may be asked again as it is, though it is asked by POST. */
  post(path: string, body: unknown, kind: 'read' | 'write'): Promise<unknown> {
    return this.#send({ method: 'POST', path, body }, {}, kind);
  }

  async get<T>(path: string, query: object, isAnswer: Validator<T>): Promise<T> {
    const said = Object.entries(query).filter(([, value]) => value !== undefined);
    const request = { method: 'GET' as const, path, query: Object.fromEntries(said.map(([name, value]) => [name, String(value)])), headers: {} };
    return shaped(bodyOf(await sendWithRetry(this.#options.context, request, this.#options.deadlineMs.read)), isAnswer);
  }

  async *rows<Row>(path: string, query: object, isPage: Validator<Page<Row>>, limit = Number.POSITIVE_INFINITY): AsyncGenerator<Row, void, undefined> {
    let cursor: string | undefined;
    for (let count = 0; count < limit; ) {
      const page: Page<Row> = await this.get(path, { ...query, ...(cursor === undefined ? {} : { cursor }) }, isPage);
      for (const row of page.data) {
        if (count >= limit) return;
        count += 1;
        yield row;
      }
      if (page.nextCursor === null) return;
      if (page.nextCursor === cursor || page.data.length === 0) throw clientError('malformed_answer', 'its pages do not end', { status: 200 });
      cursor = page.nextCursor;
    }
  }

  /** Sends the chunks of one bulk write, each under a key of its own. */
  bulkWriter(path: string, operationId = this.#options.createId()) {
    return (body: unknown, chunkIndex: number): Promise<unknown> =>
      this.#send({ method: 'POST', path, body }, { 'idempotency-key': idempotencyKey(operationId, chunkIndex, path, body) }, 'write');
  }

  /** One write, safe to repeat under the same operation; what it answers was done. */
  async write<T>(write: Write, isAnswer: Validator<T>, operationId = this.#options.createId()): Promise<T> {
    const headers = { 'idempotency-key': idempotencyKey(operationId, 0, `${write.method} ${write.path}`, write.body ?? null) };
    return acknowledged(async () => shaped(await this.#send(write, headers, 'write'), isAnswer));
  }

  /** A write whose answer holds a secret, which no service keeps to give it again: sent once, since a second time would write twice. */
  async writeOnce<T>(write: Write, isAnswer: Validator<T>): Promise<T> {
    return shaped(await this.#send(write, {}, 'write', 1), isAnswer);
  }

  async #send({ status, ...write }: Write, headers: Record<string, string>, kind: 'read' | 'write', tries?: number): Promise<unknown> {
    return bodyOf(await sendWithRetry(this.#options.context, { ...write, headers }, this.#options.deadlineMs[kind], tries), status);
  }
}

export const collect = async <Row>(rows: AsyncIterable<Row>): Promise<Row[]> => {
  const all: Row[] = [];
  for await (const row of rows) all.push(row);
  return all;
};

const shaped = <T>(body: unknown, isAnswer: Validator<T>): T => {
  if (!isAnswer(body)) throw clientError('malformed_answer', 'it does not have the shape of what was asked', { status: 200 });
  return body;
};

const acknowledged = async <T>(write: () => Promise<T>): Promise<T> => {
  try {
    return await write();
  } catch (error) {
    throw error instanceof QuietlistError ? withAdvice(error) : error;
  }
};
