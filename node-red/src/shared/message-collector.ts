import type { NodeMessage, NodeMessageInFlow } from 'node-red';
import { limits } from '@quietlist/contract/limits';

/** A message, with the two functions that Node-RED gave with it. */
export interface Delivery {
  msg: NodeMessageInFlow;
  send(outputs: Array<NodeMessage | null>): void;
  done(error?: Error): void;
}

/** What becomes of one message: it goes on, or it failed. */
export type Outcome = { outputs: Array<NodeMessage | null> } | { error: Error };

/** What was read from a message, or why it could not be read. */
export type Reading<T> = { value: T } | { error: Error };

interface Waiting<T> extends Delivery {
  reading: Promise<Reading<T>>;
}

export interface CollectorOptions<T> {
  /** Reads one message, at once when it arrives. */
  read(msg: NodeMessageInFlow): Promise<T>;
  /** One outcome a message, in the same order. */
  answer(messages: NodeMessageInFlow[], readings: Array<Reading<T>>): Promise<Outcome[]>;
  /** What a message fails with when it cannot be read, or `answer` itself fails. */
  fault(error: unknown): Error;
  /** Is told of work that has begun, so that connections stay open until it is done. */
  began(work: Promise<void>): void;
}

/**
 * Answers messages together that arrive in one turn of the event loop, or while an earlier request is out: 10,000 messages of a
 * split are one request. They leave in the order they came. Nothing that throws in here leaves it: in Node-RED a rejected
 * handler ends the whole process.
 */
export class MessageCollector<T> {
  readonly #options: CollectorOptions<T>;
  #waiting: Array<Waiting<T>> = [];
  #work: Promise<void> | null = null;

  constructor(options: CollectorOptions<T>) {
    this.#options = options;
  }

  add(delivery: Delivery): void {
    const reading = this.#options.read(delivery.msg).then(
      (value) => ({ value }),
      (error: unknown) => ({ error: this.#options.fault(error) }),
    );
    this.#waiting.push({ ...delivery, reading });
    if (this.#work) return;
    this.#work = this.#answerAll();
    this.#options.began(this.#work);
  }

  /** Settles when every message that came so far has been answered. */
  idle(): Promise<void> {
    return this.#work ?? Promise.resolve();
  }

  async #answerAll(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#answer(this.#waiting.splice(0, limits.itemsPerRequest));
    this.#work = null;
  }

  async #answer(batch: Array<Waiting<T>>): Promise<void> {
    let outcomes: Outcome[];
    try {
      const readings = await Promise.all(batch.map(({ reading }) => reading));
      outcomes = await this.#options.answer(batch.map(({ msg }) => msg), readings);
      if (outcomes.length !== batch.length) throw new RangeError('Not one outcome a message');
    } catch (error) {
      const fault = this.#options.fault(error);
      outcomes = batch.map(() => ({ error: fault }));
    }
    batch.forEach((delivery, index) => deliver(delivery, outcomes[index]!));
  }
}

const deliver = ({ send, done }: Delivery, outcome: Outcome): void => {
  try {
    if ('error' in outcome) return done(outcome.error);
    send(outcome.outputs);
    done();
  } catch {
    // A fault of a node behind this one, which Node-RED reports there; the other messages still go on.
  }
};
