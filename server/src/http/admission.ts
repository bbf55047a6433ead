import { Problem } from '../app/problem.ts';

/** The part of the places that reading, or writing, may take: neither can starve the other. */
const shareOfOneSort = 0.75;

export interface AdmissionLimits {
  requestsInFlight: number;
  bytesInFlight: number;
}

/** What a request will take up. */
export interface Load {
  isWrite: boolean;
  /** Bytes of its body. */
  bytes: number;
}

/**
 * A place taken by a request. It is free again once the request is answered, or its caller gone, and its work is over: callers who
 * give up and come back do not pile up work.
 */
export class Place {
  readonly #free: () => void;
  #isAnswered = false;
  #isWorking = false;
  #isFree = false;

  constructor(free: () => void) {
    this.#free = free;
  }

  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#isWorking = true;
    try {
      return await work();
    } finally {
      this.#isWorking = false;
      this.#settle();
    }
  }

  answered(): void {
    this.#isAnswered = true;
    this.#settle();
  }

  #settle(): void {
    if (!this.#isAnswered || this.#isWorking || this.#isFree) return;
    this.#isFree = true;
    this.#free();
  }
}

/**
 * Bounds the work under way: so many requests and so many bytes of their bodies. What is beyond is refused at once, before it is read,
 * rather than queued: an answer that comes too late is worth nothing, and a queue without end takes the memory.
 */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #requests = { reading: 0, writing: 0 };
  #bytes = 0;
  #isStopping = false;
  #whenIdle: Array<() => void> = [];

  constructor(limits: AdmissionLimits) {
    this.#limits = limits;
  }

  get requestsInFlight(): number {
    return this.#requests.reading + this.#requests.writing;
  }

  get bytesInFlight(): number {
    return this.#bytes;
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Takes a place, or throws the problem `overloaded` or `stopping`. A single body is always taken, however large it may be. */
  enter({ isWrite, bytes }: Load): Place {
    if (this.#isStopping) throw new Problem('stopping');
    const sort = isWrite ? 'writing' : 'reading';
    const { requestsInFlight, bytesInFlight } = this.#limits;
    const isFull = this.requestsInFlight >= requestsInFlight || this.#requests[sort] >= Math.ceil(requestsInFlight * shareOfOneSort);
    if (isFull || (this.#bytes > 0 && this.#bytes + bytes > bytesInFlight)) throw new Problem('overloaded');
    this.#requests[sort] += 1;
    this.#bytes += bytes;
    return new Place(() => {
      this.#requests[sort] -= 1;
      this.#bytes -= bytes;
      if (this.requestsInFlight === 0) for (const wake of this.#whenIdle.splice(0)) wake();
    });
  }

  /** From now on every request is refused. */
  stop(): void {
    this.#isStopping = true;
  }

  /** Resolves once nothing is under way. */
  idle(): Promise<void> {
    return this.requestsInFlight === 0 ? Promise.resolve() : new Promise((resolve) => void this.#whenIdle.push(resolve));
  }
}
