import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import type { CheckpointRound, CheckpointWish } from './checkpoint-worker.ts';
import { storeError } from './errors.ts';
import type { CommitLog } from './group-commit.ts';
import { ownAutocheckpointPages } from './open-database.ts';

/** Lengths of the log, in pages. */
export interface LogPages {
  /** From here on its pages are copied into the database. */
  first: number;
  /** From here on writes wait until all are copied, so that it begins anew. */
  most: number;
}

/** Copied often enough for a short log, and so seldom that a busy page is copied once for many writes. */
const usualPages: LogPages = { first: 8_000, most: 48_000 };
/** Rounds that a group of writes waits for: one may be under way that began too early. The log is held by a reader where they do not help. */
const roundsWaitedFor = 2;

export interface CheckpointerOptions {
  path: string;
  writing: DatabaseSync;
  onError: (error: unknown) => void;
  pages?: LogPages;
}

/** In the folder of the sources, or of the build. */
const workerFile = new URL(import.meta.url.endsWith('.ts') ? './checkpoint-worker.ts' : './checkpoint-worker.js', import.meta.url);
/** It holds one statement and no data. */
const workerLimits = { maxYoungGenerationSizeMb: 1, maxOldGenerationSizeMb: 16 };

/**
 * Copies the write-ahead log into the database in a thread of its own, so that neither checks nor writes wait for it. Passively: it takes
 * no lock that a reader or writer needs, and the log begins anew by itself once all of it is copied. The thread is started with the first
 * round. Where it fails, the connection that writes does the copying, as SQLite does by itself.
 */
export class Checkpointer implements CommitLog {
  readonly #options: CheckpointerOptions;
  readonly #pages: LogPages;
  readonly #state: StatementSync;
  #worker: Worker | null = null;
  /** It has failed, or is closed: no more rounds. */
  #hasEnded = false;
  #isFaulty = false;
  #round: Promise<void> | null = null;
  #endRound: () => void = () => {};

  constructor(options: CheckpointerOptions) {
    this.#options = options;
    this.#pages = options.pages ?? usualPages;
    // Says how long the log is and how much of it is copied, and does nothing.
    this.#state = options.writing.prepare('pragma wal_checkpoint(noop)');
    this.#letWriterCopyFrom(2 * this.#pages.most);
  }

  committed(): void {
    if (this.#round === null && this.#isDue(this.#pages.first)) void this.#begin();
  }

  room(): Promise<void> | null {
    return this.#isDue(this.#pages.most) ? this.#catchUp() : null;
  }

  /** Ends the thread, when all that is under way is done. */
  async close(): Promise<void> {
    await this.#round;
    const worker = this.#worker;
    if (worker === null) return;
    await this.#begin();
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    const ended = new Promise((resolve) => void worker.once('exit', resolve));
    worker.ref();
    worker.postMessage('end' satisfies CheckpointWish);
    await ended;
  }

  /** Whether the log is at least so long and not copied yet. Work that is committed never fails because of what comes after it. */
  #isDue(pages: number): boolean {
    if (this.#hasEnded) return false;
    try {
      const { log, checkpointed } = this.#state.get() as { log: number; checkpointed: number };
      return log >= pages && checkpointed < log;
    } catch (error) {
      this.#options.onError(storeError(error));
      return false;
    }
  }

  async #catchUp(): Promise<void> {
    for (let rounds = 0; rounds < roundsWaitedFor && this.#isDue(this.#pages.most); rounds += 1) await (this.#round ?? this.#begin());
  }

  #begin(): Promise<void> {
    const round = new Promise<void>((resolve) => {
      this.#endRound = () => {
        this.#round = null;
        this.#worker?.unref();
        resolve();
      };
    });
    this.#round = round;
    try {
      this.#worker ??= this.#start();
      // The process stays until a round is done; beside that the thread keeps nobody.
      this.#worker.ref();
      this.#worker.postMessage('round' satisfies CheckpointWish);
    } catch (error) {
      this.#giveUp(error);
    }
    return round;
  }

  #start(): Worker {
    const { path, onError } = this.#options;
    // It says nothing. Were its output passed on, this process's own stdout would from then on refuse what its reader is too slow for.
    const worker = new Worker(workerFile, { workerData: { path }, resourceLimits: workerLimits, stdout: true, stderr: true });
    worker.on('message', ({ fault }: CheckpointRound) => {
      // Said once, not with every round until the disk has room again.
      if (fault && !this.#isFaulty) onError(storeError(Object.assign(new Error(fault.message), { errcode: fault.errcode })));
      this.#isFaulty = fault !== undefined;
      this.#endRound();
    });
    worker.on('error', (error) => this.#giveUp(error));
    worker.on('exit', () => {
      this.#worker = null;
      if (!this.#hasEnded) this.#giveUp(new Error('The thread that copies the log has ended.'));
      this.#endRound();
    });
    return worker;
  }

  #giveUp(error: unknown): void {
    this.#hasEnded = true;
    this.#letWriterCopyFrom(ownAutocheckpointPages);
    this.#options.onError(storeError(error));
    this.#endRound();
  }

  #letWriterCopyFrom(pages: number): void {
    this.#options.writing.exec(`pragma wal_autocheckpoint = ${pages}`);
  }
}
