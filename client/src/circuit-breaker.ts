/**
 * Stops asking a service that cannot be reached: after `threshold` transport failures in a row nothing is sent for `openMs`, then
 * one request probes. One breaker per base URL, shared by the clients of that URL; any HTTP answer counts as reached.
 */
export class CircuitBreaker {
  readonly #now: () => number;
  readonly #threshold: number;
  readonly #openMs: number;
  #failures = 0;
  #openUntil = 0;

  constructor(options: { now(): number; threshold?: number; openMs?: number }) {
    this.#now = options.now;
    this.#threshold = options.threshold ?? 5;
    this.#openMs = options.openMs ?? 10_000;
  }

  /** Whether the service was reached when it was last asked, or too few failures say otherwise. */
  get isClosed(): boolean {
    return this.#failures < this.#threshold;
  }

  /** Whether a request may be sent now. The one that becomes the probe holds the others back for another `openMs`. */
  permits(): boolean {
    if (this.isClosed) return true;
    const now = this.#now();
    if (now < this.#openUntil) return false;
    this.#openUntil = now + this.#openMs;
    return true;
  }

  succeeded(): void {
    this.#failures = 0;
  }

  failed(): void {
    this.#failures += 1;
    if (this.#failures >= this.#threshold) this.#openUntil = this.#now() + this.#openMs;
  }
}
