import { setImmediate } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import { BloomFilter } from './bloom-filter.ts';

/** Keys read between two turns of the event loop while the filter is built: a few milliseconds for checks to wait. */
const keysPerTurn = 4_000;
/** Room for growth before the filter is built again, larger. */
const smallestCapacity = 100_000;
const growth = 1.25;
/** How often a build is begun again because another process wrote meanwhile, and how long to leave it after that. */
const attempts = 3;
const pauseMs = 60_000;

export interface KeyFilterOptions {
  /** The connection that writes: its `data_version` changes when, and only when, another process has written. */
  writing: DatabaseSync;
  reading: DatabaseSync;
  /** Resolves once every write that has begun is committed or taken back. */
  settle(): Promise<void>;
  onError(error: unknown): void;
}

/**
 * Knows which keys certainly have no open entry, so that a bulk check looks up only the few that may have one. It never changes an
 * answer: what it lets through is looked up, and it says no only while it holds every key that the file holds. Keys are put in before
 * their write commits; removed ones stay, which costs a look-up. When another process has written, it steps aside and is built anew.
 */
export class KeyFilter {
  readonly #options: KeyFilterOptions;
  readonly #seed = Math.floor(Math.random() * 2 ** 32);
  readonly #dataVersion;
  #ready: BloomFilter | null = null;
  #building: BloomFilter | null = null;
  #added = 0;
  #version = -1;
  #notBefore = 0;
  #isStopped = false;
  #work: Promise<void> | null = null;

  constructor(options: KeyFilterOptions) {
    this.#options = options;
    this.#dataVersion = options.writing.prepare('pragma data_version');
  }

  /** Puts keys in that are about to be written. */
  add(workspaceId: number, entries: ReadonlyArray<{ key: string }>): void {
    for (const filter of [this.#ready, this.#building]) {
      if (filter) for (const { key } of entries) filter.add(workspaceId, key);
    }
    this.#added += entries.length;
    if (this.#ready && this.#added > this.#ready.capacity) this.build();
  }

  /** The keys that may have an open entry: all of them while the filter is not ready. */
  candidates(workspaceId: number, keys: readonly string[]): readonly string[] {
    const filter = this.#ready;
    if (!filter) {
      if (this.#work === null && performance.now() >= this.#notBefore) this.build();
      return keys;
    }
    if (this.#currentVersion() !== this.#version) {
      this.build();
      return keys;
    }
    return keys.filter((key) => filter.mayHave(workspaceId, key));
  }

  /** Builds the filter in the background. Checks do not wait for it. */
  build(): void {
    this.#ready = null;
    this.#notBefore = performance.now() + pauseMs;
    this.#work ??= this.#fill()
      .catch((error: unknown) => this.#options.onError(error))
      .finally(() => {
        this.#building = null;
        this.#work = null;
      });
  }

  /** Resolves once nothing is being built. */
  async built(): Promise<void> {
    await this.#work;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#work;
  }

  #currentVersion(): number {
    return Number(this.#dataVersion.get()?.['data_version']);
  }

  async #fill(): Promise<void> {
    const { reading, settle } = this.#options;
    // Read from the index that holds all of this, in its order, and put together by SQLite: a row at a time would take three times as long.
    const page = reading.prepare(`select group_concat(workspace || ' ' || key, char(10)) as texts, count(*) as count
      from (select workspace, key from entry indexed by entry_natural_key
        where (workspace, key) > (?, ?) and closed = 0 order by workspace, key limit ${keysPerTurn})`);
    for (let attempt = 1; attempt <= attempts && !this.#isStopped; attempt += 1) {
      const version = this.#currentVersion();
      const count = Number(reading.prepare('select count(*) as count from entry where closed = 0').get()?.['count']);
      const filter = new BloomFilter(Math.max(smallestCapacity, Math.ceil(count * growth)), this.#seed);
      // From here on writes put their keys in themselves; those that began before are waited for, and then read.
      this.#building = filter;
      this.#added = count;
      await settle();
      for (let last: { scope: number; key: string } | undefined = { scope: -1, key: '' }; last !== undefined && !this.#isStopped; ) {
        const row = page.get(last.scope, last.key) as { texts: string | null; count: number };
        const lines = row.texts?.split('\n') ?? [];
        // No key has a line break; if one had, the filter would miss it, and must not be used.
        if (lines.length !== row.count) throw new Error('A stored key holds a line break.');
        last = undefined;
        for (const line of lines) {
          const space = line.indexOf(' ');
          last = { scope: Number(line.slice(0, space)), key: line.slice(space + 1) };
          filter.add(last.scope, last.key);
        }
        await setImmediate();
      }
      if (this.#isStopped || this.#currentVersion() !== version) continue;
      this.#version = version;
      this.#ready = filter;
      return;
    }
  }
}
