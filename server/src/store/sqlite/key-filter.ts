import { setImmediate } from 'node:timers/promises';
import type { DatabaseSync } from 'node:sqlite';
import type { KeyScreen } from '../../app/ports.ts';
import { BloomFilter } from '../filter/bloom-filter.ts';
import { addLines, capacityFor, firstPlace, type Place } from '../filter/key-lines.ts';

/** A column whose texts lead to something, and the index that holds it. */
interface Source {
  text: string;
  from: string;
}

const sources: readonly Source[] = [
  { text: 'key', from: 'entry indexed by entry_natural_key where closed = 0' },
  { text: 'mailbox', from: 'entry indexed by entry_by_mailbox where mailbox is not null' },
  { text: 'key', from: 'contact_address where true' },
];

/** Keys read between two turns of the event loop while the filter is built: a few milliseconds for checks to wait. */
const keysPerTurn = 4_000;
const textsPerLeap = 20_000;
/** How often a build is begun again because another process wrote meanwhile, and how long to leave it after that. */
const attempts = 3;
const pauseMs = 60_000;
/** How long the building waits after the store was opened, unless a check comes sooner: a start is not held up by it. */
const afterStartMs = 1_000;

export interface KeyFilterOptions {
  /** The connection that writes: its `data_version` changes when, and only when, another process has written. */
  writing: DatabaseSync;
  reading: DatabaseSync;
  /** Resolves once every write that has begun is committed or taken back. */
  settle(): Promise<void>;
  onError(error: unknown): void;
}

/**
 * Knows which texts certainly are no key or mailbox of an open entry and no linked address, so that a bulk check looks up only the few
 * that may be. It never changes an answer: what it lets through is looked up, and it says no only while it holds all that the file
 * holds. Texts are put in before their write commits; removed ones stay, which costs a look-up. When another process has written, it
 * steps aside and is built anew.
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
  #start: NodeJS.Timeout | undefined;

  constructor(options: KeyFilterOptions) {
    this.#options = options;
    this.#dataVersion = options.writing.prepare('pragma data_version');
  }

  /** Puts in what rows that are about to be written are found by. */
  add(workspaceId: number, rows: ReadonlyArray<{ key: string; mailbox?: string | null }>): void {
    for (const { key, mailbox } of rows) {
      this.#put(workspaceId, key);
      if (mailbox != null) this.#put(workspaceId, mailbox);
    }
    if (this.#ready && this.#added > this.#ready.capacity) this.build();
  }

  /** The filter as a question of many texts, of all that is committed now; null while it is not ready. */
  screen(workspaceId: number): KeyScreen | null {
    const filter = this.#ready;
    if (filter && this.#currentVersion() === this.#version) return (texts) => filter.possible(workspaceId, texts);
    if (filter || (this.#work === null && performance.now() >= this.#notBefore)) this.build();
    return null;
  }

  /** The keys that may be in the file: all of them while the filter is not ready. */
  candidates(workspaceId: number, keys: readonly string[]): readonly string[] {
    const screen = keys.length === 0 ? null : this.screen(workspaceId);
    return screen === null ? keys : screen(keys).map((place) => keys[place] as string);
  }

  /** Builds the filter once the start is over, or the first check has come. */
  buildSoon(): void {
    this.#start = setTimeout(() => this.build(), afterStartMs).unref();
  }

  /** Builds the filter in the background. Checks do not wait for it. */
  build(): void {
    clearTimeout(this.#start);
    this.#start = undefined;
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
    if (this.#start !== undefined) this.build();
    await this.#work;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#start);
    await this.#work;
  }

  #put(workspaceId: number, text: string): void {
    this.#ready?.add(workspaceId, text);
    this.#building?.add(workspaceId, text);
    this.#added += 1;
  }

  #currentVersion(): number {
    return Number(this.#dataVersion.get()?.['data_version']);
  }

  async #fill(): Promise<void> {
    const { settle } = this.#options;
    for (let attempt = 1; attempt <= attempts && !this.#isStopped; attempt += 1) {
      const version = this.#currentVersion();
      let count = 0;
      for (const source of sources) count += await this.#count(source);
      const filter = new BloomFilter(capacityFor(count), this.#seed);
      // From here on writes put their keys in themselves; those that began before are waited for, and then read.
      this.#building = filter;
      this.#added = count;
      await settle();
      for (const source of sources) await this.#read(source, filter);
      if (this.#isStopped || this.#currentVersion() !== version) continue;
      this.#version = version;
      this.#ready = filter;
      return;
    }
  }

  /** How many texts there are, rounded up: counted in leaps, since one count of ten million would keep everybody waiting for a second. */
  async #count({ text, from }: Source): Promise<number> {
    const leap = this.#options.reading.prepare(`select workspace as scope, ${text} as text from ${from} and (workspace, ${text}) > (?, ?)
      order by workspace, ${text} limit 1 offset ${textsPerLeap - 1}`);
    let count = 0;
    for (let last: Place | undefined = firstPlace; last !== undefined && !this.#isStopped; count += textsPerLeap) {
      last = leap.get(last.scope, last.text) as Place | undefined;
      await setImmediate();
    }
    return count;
  }

  /** Puts together by SQLite, in the order of an index that holds all of it: a row at a time would take three times as long. */
  async #read({ text, from }: Source, filter: BloomFilter): Promise<void> {
    const page = this.#options.reading.prepare(`select group_concat(workspace || ' ' || text, char(10)) as texts, count(*) as count
      from (select workspace, ${text} as text from ${from} and (workspace, ${text}) > (?, ?) order by workspace, ${text} limit ${keysPerTurn})`);
    for (let last: Place | undefined = firstPlace; last !== undefined && !this.#isStopped; ) {
      const row = page.get(last.scope, last.text) as { texts: string | null; count: number };
      last = addLines([filter], row.texts ?? '', row.count);
      await setImmediate();
    }
  }
}
