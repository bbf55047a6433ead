import { limits } from '@quietlist/contract/limits';
import type { Logger } from 'pino';
import { deliver, type DeliveryContext } from '../app/deliver.ts';
import type { DueTarget } from '../app/ports.ts';
import type { ServiceMetrics } from '../metrics/service-metrics.ts';

/** Deliveries under way at once: on this server, to one target, and to one target that fails. */
const atOnce = 128;
const atOnceToOne = 16;
const atOnceToFailing = 1;
/** Failing targets together may take this part of the room, so that the others always have some. */
const roomForFailing = atOnce / 2;
/** A claim outlasts every try: only a server that has ended leaves a delivery to the others. */
const claimedForMs = limits.webhookTimeoutMs + 10_000;
/** Failures are remembered by target, of so many. */
const targetsRemembered = 10_000;

const nameOf = ({ workspaceId, target }: Pick<DueTarget, 'workspaceId' | 'target'>): string => `${workspaceId} ${target}`;

/** Sends what is due. Each target has its own few places, so that one that is down or slow delays no other. */
export class Deliveries {
  readonly #context: DeliveryContext;
  readonly #logger: Logger;
  readonly #metrics: ServiceMetrics;
  readonly #underWay = new Map<string, Set<Promise<void>>>();
  /** Targets whose last try failed. */
  readonly #failing = new Set<string>();
  #looking: Promise<void> | null = null;
  #lookAgain = false;
  #isStopping = false;

  constructor(context: DeliveryContext, logger: Logger, metrics: ServiceMetrics) {
    this.#context = context;
    this.#logger = logger;
    this.#metrics = metrics;
  }

  /** Begins what is due and has room; resolves once that is begun. */
  look(): Promise<void> {
    if (this.#isStopping) return Promise.resolve();
    this.#lookAgain = true;
    return (this.#looking ??= this.#begin());
  }

  /** Resolves once nothing is under way. */
  async idle(): Promise<void> {
    while (this.#looking || this.#underWay.size > 0) {
      await this.#looking;
      await Promise.all([...this.#underWay.values()].flatMap((tries) => [...tries]));
    }
  }

  /** Begins nothing more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.idle();
  }

  get #count(): number {
    return [...this.#underWay.values()].reduce((sum, tries) => sum + tries.size, 0);
  }

  #roomFor(name: string): number {
    const own = this.#underWay.get(name)?.size ?? 0;
    const room = atOnce - this.#count;
    if (!this.#failing.has(name)) return Math.min(room, atOnceToOne - own);
    const failing = [...this.#underWay].reduce((sum, [other, tries]) => sum + (this.#failing.has(other) ? tries.size : 0), 0);
    return Math.min(room, roomForFailing - failing, atOnceToFailing - own);
  }

  async #begin(): Promise<void> {
    const { store, clock } = this.#context;
    await Promise.resolve();
    try {
      while (this.#lookAgain && !this.#isStopping) {
        this.#lookAgain = false;
        const now = clock();
        for (const due of await store.deliveries.dueTargets()) {
          const room = this.#roomFor(nameOf(due));
          if (due.dueAt > now || room <= 0) continue;
          const claimed = await store.write((writer) => writer.deliveries.claim(due.workspaceId, due.target, now, now + claimedForMs, room));
          for (const delivery of claimed) this.#send(due, delivery);
        }
      }
    } catch (error) {
      this.#logger.error({ name: (error as Error).name }, 'deliveries could not be looked for');
    } finally {
      // In the same breath as the last look: whoever asks from now on begins another one.
      this.#looking = null;
    }
  }

  #send(due: DueTarget, delivery: Parameters<typeof deliver>[2]): void {
    const name = nameOf(due);
    const tries = this.#underWay.get(name) ?? new Set();
    this.#underWay.set(name, tries);
    const ended = deliver(this.#context, due.workspaceId, delivery)
      .then((outcome) => {
        this.#metrics.deliveries.add([outcome]);
        this.#note(name, outcome === 'failed');
      })
      // The claim runs out by itself: the delivery is tried again.
      .catch((error: unknown) => this.#logger.error({ name: (error as Error).name }, 'what became of a delivery could not be kept'))
      .finally(() => {
        tries.delete(ended);
        if (tries.size === 0) this.#underWay.delete(name);
        void this.look();
      });
    tries.add(ended);
  }

  #note(name: string, hasFailed: boolean): void {
    if (!hasFailed) this.#failing.delete(name);
    else if (this.#failing.size < targetsRemembered) this.#failing.add(name);
  }
}
