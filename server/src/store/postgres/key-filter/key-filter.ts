import type { KeyScreen } from '../../../app/ports.ts';
import { BloomFilter } from '../../filter/bloom-filter.ts';
import { addLines, capacityFor } from '../../filter/key-lines.ts';
import type { SessionPool } from '../session.ts';
import { SharedQuestion } from '../shared-question.ts';
import { countTexts, fillFrom } from './fill.ts';
import { Tail } from './tail.ts';

export interface KeyFilterOptions {
  /** Connections of its own, of which it keeps one. It closes them. */
  pool: SessionPool;
  onError(error: unknown): void;
  /** How long after a build was begun the next one may be. */
  pauseMs?: number | undefined;
}

const defaultPauseMs = 60_000;
/** A check that waits longer for what was committed does better without the filter. */
const longestWaitMs = 1_000;
/** How often what was written is read while nobody asks, so that it is never more than can be read at once. */
const keepUpMs = 1_000;

/**
 * Knows which texts certainly are no key or mailbox of an open entry and no linked address, so that a check looks up only the few that
 * may be. Each check first reads what was committed since the last one, by any server: one short question, shared by all that ask at the
 * same time. It never changes an answer: what it lets through is looked up, and whenever it might have missed something it steps
 * aside and is built anew. Texts that were removed stay, which costs a look-up.
 */
export class KeyFilter {
  readonly #options: KeyFilterOptions;
  readonly #seed = Math.floor(Math.random() * 2 ** 32);
  readonly #news = new SharedQuestion(() => this.#follow());
  readonly #timer: NodeJS.Timeout;
  #tail: Tail | null = null;
  #ready: BloomFilter | null = null;
  #building: BloomFilter | null = null;
  #added = 0;
  #notBefore = 0;
  #isStopped = false;
  #work: Promise<void> | null = null;

  constructor(options: KeyFilterOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void (this.#tail && this.#news.put().catch(() => {})), keepUpMs).unref();
  }

  /** The filter as a question of many texts, of all that was committed before the call; null while it is not ready. */
  async screen(workspaceId: number): Promise<KeyScreen | null> {
    const isCaughtUp = this.#ready !== null && (await this.#isCaughtUp());
    const filter = this.#ready;
    if (filter) return isCaughtUp ? (texts) => filter.possible(workspaceId, texts) : null;
    if (performance.now() >= this.#notBefore) this.build();
    return null;
  }

  /** Resolves with true once all is in the filter that was committed before the call. */
  async #isCaughtUp(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, longestWaitMs, false)));
    const isCaughtUp = await Promise.race([this.#news.put().then(() => true, () => false), tooLate]);
    clearTimeout(timer);
    return isCaughtUp;
  }

  /** Builds the filter in the background. Checks do not wait for it. */
  build(): void {
    if (this.#work !== null || this.#isStopped) return;
    this.#notBefore = performance.now() + (this.#options.pauseMs ?? defaultPauseMs);
    this.#work = this.#fill()
      .catch((error: unknown) => void (this.#tail && this.#lose(error)))
      .finally(() => (this.#work = null));
  }

  /** Resolves once nothing is being built. */
  async built(): Promise<void> {
    await this.#work;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    this.#forget();
    await this.#work;
    await this.#options.pool.close();
  }

  /** Reads on from where the tail is before the first page is read: what is committed meanwhile is in the one or the other. */
  async #fill(): Promise<void> {
    const tail = (this.#tail ??= await this.#open());
    const count = await countTexts(tail);
    const filter = new BloomFilter(capacityFor(count), this.#seed);
    this.#building = filter;
    this.#added = count;
    await fillFrom(tail, filter);
    if (this.#building !== filter) return;
    this.#building = null;
    this.#ready = filter;
  }

  async #open(): Promise<Tail> {
    const tail = await Tail.open(this.#options.pool).catch((error: unknown) => {
      this.#lose(error);
      throw error;
    });
    if (!this.#isStopped) return tail;
    tail.close();
    throw new Error('The filter was stopped.');
  }

  async #follow(): Promise<void> {
    const tail = this.#tail;
    if (!tail) throw new Error('There is nothing to follow.');
    try {
      const { text, count } = await tail.read();
      const filters = [this.#ready, this.#building].filter((filter) => filter !== null);
      addLines(filters, text, count);
      this.#added += count;
    } catch (error) {
      if (tail === this.#tail) this.#lose(error);
      throw error;
    }
    if (this.#ready && this.#added > this.#ready.capacity && performance.now() >= this.#notBefore) this.build();
  }

  #lose(error: unknown): void {
    this.#forget();
    if (!this.#isStopped) this.#options.onError(error);
  }

  #forget(): void {
    this.#tail?.close();
    this.#tail = null;
    this.#ready = null;
    this.#building = null;
  }
}
