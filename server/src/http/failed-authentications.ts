import { publicIdOf } from '../app/key-secret.ts';
import { secretOf } from '../app/authenticate.ts';
import type { Clock } from '../app/ports.ts';
import { Problem } from '../app/problem.ts';

const windowMs = 60_000;
/** Network addresses remembered at once. */
const remembered = 10_000;

interface Failures {
  until: number;
  count: number;
}

/**
 * Stops a network address that keeps sending wrong keys, before they cost a look-up. A key that has been right in this process goes on
 * being looked at, so that strangers behind the same proxy cannot lock its owner out.
 */
export class FailedAuthentications {
  readonly #perMinute: number;
  readonly #clock: Clock;
  readonly #failures = new Map<string, Failures>();
  readonly #known = new Set<string>();

  constructor(perMinute: number, clock: Clock) {
    this.#perMinute = perMinute;
    this.#clock = clock;
  }

  /** Throws the problem `rate-limited` when this address has failed too often. */
  permit(networkAddress: string, authorization: string | undefined): void {
    const failures = this.#failures.get(networkAddress);
    if (!failures || failures.count < this.#perMinute) return;
    const now = this.#clock();
    if (failures.until <= now) return void this.#failures.delete(networkAddress);
    const publicId = publicIdOf(secretOf(authorization));
    if (publicId !== null && this.#known.has(publicId)) return;
    throw new Problem('rate-limited', 'Too many requests without a valid API key came from this network address.', [], Math.ceil((failures.until - now) / 1_000));
  }

  failed(networkAddress: string): void {
    const now = this.#clock();
    const failures = this.#failures.get(networkAddress);
    if (failures && failures.until > now) failures.count += 1;
    else {
      if (this.#failures.size >= remembered) this.#forget(now);
      this.#failures.set(networkAddress, { until: now + windowMs, count: 1 });
    }
  }

  succeeded(publicId: string): void {
    this.#known.add(publicId);
  }

  #forget(now: number): void {
    for (const [networkAddress, { until }] of this.#failures) if (until <= now) this.#failures.delete(networkAddress);
    if (this.#failures.size >= remembered) this.#failures.clear();
  }
}
