import type { Clock, Store } from './ports.ts';
import { Problem } from './problem.ts';

/** The stretch of time over which requests are counted. Short, so that nobody waits longer than a client does. */
const windowMs = 10_000;
/** A server takes the requests of a key from the store in this many slices a window: few writes, and little left unused. */
const slicesPerWindow = 10;

interface Allowance {
  window: number;
  /** Requests that this server may still let through. */
  left: number;
  /** Once these are gone, there are no more in this window. */
  isUsedUp: boolean;
  taking: Promise<void> | null;
}

/**
 * How many requests each API key may send, counted over all servers of one store: each takes small slices of what a key has in a
 * window, in a transaction, so that all together never let through more. When the store cannot be written, each server counts alone: a
 * limit is no reason to leave a check unanswered.
 */
export class RateLimits {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #perWindow: number;
  readonly #allowances = new Map<number, Allowance>();

  constructor(store: Store, clock: Clock, requestsPerSecond: number) {
    this.#store = store;
    this.#clock = clock;
    this.#perWindow = Math.max(1, Math.floor((requestsPerSecond * windowMs) / 1_000));
  }

  /** Counts a request of this key, or throws the problem `rate-limited`. */
  async take(keyId: number): Promise<void> {
    for (;;) {
      const now = this.#clock();
      const allowance = this.#allowanceOf(keyId, Math.floor(now / windowMs));
      if (allowance.left > 0) {
        allowance.left -= 1;
        return;
      }
      if (allowance.isUsedUp) {
        const wait = Math.max(1, Math.ceil(((allowance.window + 1) * windowMs - now) / 1_000));
        throw new Problem('rate-limited', `This API key has sent its ${this.#perWindow} requests of these ${windowMs / 1_000} seconds.`, [], wait);
      }
      allowance.taking ??= this.#takeSlice(keyId, allowance);
      await allowance.taking;
    }
  }

  #allowanceOf(keyId: number, window: number): Allowance {
    const known = this.#allowances.get(keyId);
    if (known?.window === window) return known;
    const fresh: Allowance = { window, left: 0, isUsedUp: false, taking: null };
    this.#allowances.set(keyId, fresh);
    return fresh;
  }

  async #takeSlice(keyId: number, allowance: Allowance): Promise<void> {
    const slice = Math.ceil(this.#perWindow / slicesPerWindow);
    const name = `rate:${keyId}`;
    try {
      const granted = await this.#store.write(async (writer) => {
        const [window = 0, taken = 0] = ((await writer.marks.get(name)) ?? '').split(' ').map(Number);
        // Clocks of servers differ a little: who is behind takes from the window that others are in already.
        const current = window === allowance.window + 1 ? window : allowance.window;
        const before = window === current ? taken : 0;
        const more = Math.min(slice, this.#perWindow - before);
        if (more > 0) await writer.marks.put(name, `${current} ${before + more}`);
        return more;
      });
      allowance.left = granted;
      allowance.isUsedUp = granted <= 0;
    } catch {
      allowance.left = this.#perWindow;
      allowance.isUsedUp = true;
    }
    allowance.taking = null;
  }
}
