import { setImmediate, setTimeout } from 'node:timers/promises';
import { StoreUnavailable, UniqueConflict } from '../../app/ports.ts';
import type { SqliteConnection } from './connection.ts';
import { IdTaken, isBusy } from './errors.ts';

/** One write that waits for its turn. It is run in a transaction; `acknowledge` is called once that is durable. */
interface Unit {
  run(): Promise<unknown>;
  acknowledge(value: unknown): void;
  fail(error: unknown): void;
}

/** The log that commits go to: it is told of each, and may ask for time before the next. */
export interface CommitLog {
  committed(): void;
  /** Resolves once there is room for more; null when there is. Never rejects. */
  room(): Promise<void> | null;
}

export interface GroupCommitOptions {
  /** How long to wait for another process that holds the write lock. */
  lockWaitMs: number;
  /** Told of faults of the store itself: a group that could not be written. */
  onError: (error: unknown) => void;
  log?: CommitLog;
}

const lockRetryMs = 10;
const idAttempts = 5;
/** Units run between two turns of the event loop. */
const unitsPerTurn = 32;

const rolledBack = (cause?: unknown): StoreUnavailable =>
  new StoreUnavailable('The store cannot be used now: the transaction was rolled back.', { cause });

/** How to tell the caller of a unit what became of it, once the group is durable. */
type Outcome = () => void;

/**
 * Writes in groups: all that were asked for while the last group ran are one transaction and one flush to the disk. One that fails takes
 * back only its own; all are acknowledged after the commit, or none.
 */
export class GroupCommit {
  readonly #connection: SqliteConnection;
  readonly #options: GroupCommitOptions;
  #queue: Unit[] = [];
  #running: Promise<void> | null = null;
  #closed = false;

  constructor(connection: SqliteConnection, options: GroupCommitOptions) {
    this.#connection = connection;
    this.#options = options;
  }

  write<T>(run: () => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new StoreUnavailable('The store is closed.'));
    return new Promise<T>((resolve, reject) => {
      this.#queue.push({ run, acknowledge: (value) => resolve(value as T), fail: reject });
      this.#running ??= this.#drain();
    });
  }

  /** Takes no more writes, and resolves once those taken are done. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#running;
  }

  async #drain(): Promise<void> {
    while (this.#queue.length > 0) {
      // The rest of this turn of the event loop joins the group, and answers of the last one go out.
      await setImmediate();
      const group = this.#queue;
      this.#queue = [];
      await this.#runGroup(group);
    }
    this.#running = null;
  }

  async #runGroup(group: readonly Unit[]): Promise<void> {
    let outcomes: Outcome[];
    try {
      // Only after a fault that could not even be rolled back then.
      this.#rollBack();
      await this.#options.log?.room();
      await this.#begin();
      outcomes = (await this.#runTogether(group)) ?? (await this.#runApart(group));
      this.#connection.control('commit');
    } catch (error) {
      this.#rollBack();
      this.#options.onError(error);
      for (const unit of group) unit.fail(error);
      return;
    }
    for (const tell of outcomes) tell();
    this.#options.log?.committed();
  }

  /** Takes the write lock. While another process holds it, the event loop goes on: reads are answered. */
  async #begin(): Promise<void> {
    const deadline = performance.now() + this.#options.lockWaitMs;
    for (;;) {
      try {
        this.#connection.control('begin immediate');
        return;
      } catch (error) {
        const isLocked = error instanceof StoreUnavailable && isBusy(error.cause);
        if (!isLocked || performance.now() >= deadline) throw error;
        await setTimeout(lockRetryMs);
      }
    }
  }

  /**
   * Runs the units without savepoints, for which SQLite would keep a copy of every page before its change. Null when one fails that has
   * written: then all is taken back, in a new transaction.
   */
  async #runTogether(group: readonly Unit[]): Promise<Outcome[] | null> {
    const outcomes: Outcome[] = [];
    for (const [index, unit] of group.entries()) {
      if (index > 0 && index % unitsPerTurn === 0) await setImmediate();
      const { writes } = this.#connection;
      try {
        const value = await unit.run();
        if (!this.#connection.isInTransaction) throw rolledBack();
        outcomes.push(() => unit.acknowledge(value));
      } catch (error) {
        if (!this.#connection.isInTransaction) throw error instanceof StoreUnavailable ? error : rolledBack(error);
        if (this.#connection.writes > writes) {
          this.#connection.control('rollback');
          await this.#begin();
          return null;
        }
        outcomes.push(() => unit.fail(error));
      }
    }
    return outcomes;
  }

  /** Runs each unit in a savepoint of its own. */
  async #runApart(group: readonly Unit[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const [index, unit] of group.entries()) {
      if (index > 0 && index % unitsPerTurn === 0) await setImmediate();
      outcomes.push(await this.#runUnit(unit));
    }
    return outcomes;
  }

  /** Runs a unit in its savepoint. Throws only when the transaction itself is lost. */
  async #runUnit(unit: Unit): Promise<Outcome> {
    for (let attempt = 1; ; attempt += 1) {
      this.#connection.control('savepoint unit');
      try {
        const value = await unit.run();
        if (!this.#connection.isInTransaction) throw rolledBack();
        this.#connection.control('release unit');
        return () => unit.acknowledge(value);
      } catch (error) {
        // After some faults SQLite rolls back the whole transaction: nothing of the group is written.
        if (!this.#connection.isInTransaction) throw error instanceof StoreUnavailable ? error : rolledBack(error);
        this.#connection.control('rollback to unit');
        this.#connection.control('release unit');
        if (!(error instanceof IdTaken)) return () => unit.fail(error);
        if (attempt === idAttempts) return () => unit.fail(new UniqueConflict('No free id was found.', { cause: error }));
      }
    }
  }

  #rollBack(): void {
    try {
      if (this.#connection.isInTransaction) this.#connection.control('rollback');
    } catch (error) {
      this.#options.onError(error);
    }
  }
}
