import { setTimeout } from 'node:timers/promises';
import type { CompiledQuery, QueryResult } from 'kysely';
import { Connection, PooledConnection, runIn } from './kysely-dialect.ts';
import type { Session, SessionPool } from './session.ts';
import { SharedQuestion } from './shared-question.ts';
import type { Statements } from './statements.ts';

/** How long to wait for a replica that is a little behind, in pauses. */
const pausesMs = [1, 3, 8];
/** How long a replica that could not be asked is left alone. */
const leftAloneMs = 1_000;

const positionOfPrimary = 'select pg_current_wal_flush_lsn()::text as position';
const isCaughtUp = 'select pg_is_in_recovery() and pg_last_wal_replay_lsn() >= $1::pg_lsn as answer';

/** How far the primary had written at an instant of this process's own steady clock. */
interface Position {
  text: string;
  askedAt: number;
}

export interface ReplicaOptions {
  primary: SessionPool;
  replica: SessionPool;
  statements: Statements;
  /** How old the news from the primary may be that a replica is held against. 0: asked anew for every read. */
  maxLagMs: number;
  onError: (error: unknown) => void;
}

/**
 * Reads from a replica that has, as the primary's own position shows, everything that was committed up to `maxLagMs` ago, and everything
 * that this process has written. A replica that is further behind, does not answer or is no replica any more is not used: the primary is.
 * When the primary cannot be asked nobody knows how old a replica is, and there is no answer.
 */
export class ReplicaConnection extends Connection {
  readonly #options: ReplicaOptions;
  readonly #primary: PooledConnection;
  #known: Position | null = null;
  readonly #question = new SharedQuestion(() => this.#ask());
  #leftAloneUntil = 0;
  #writes = 0;

  constructor(options: ReplicaOptions) {
    super();
    this.#options = options;
    this.#primary = new PooledConnection(options.primary, options.statements);
  }

  /** What was known of the primary does not hold what was just written. */
  noteWrite(): void {
    this.#writes += 1;
    this.#known = null;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    if (performance.now() < this.#leftAloneUntil) return this.#primary.executeQuery<Row>(query);
    const position = await this.#position().catch(() => null);
    return (position && (await this.#onReplica<Row>(query, position))) ?? this.#primary.executeQuery<Row>(query);
  }

  /** A position that was asked for after this call, or no longer ago than is allowed. */
  #position(): Promise<Position> {
    const known = this.#known;
    if (known && performance.now() - known.askedAt < this.#options.maxLagMs) return Promise.resolve(known);
    return this.#question.put();
  }

  async #ask(): Promise<Position> {
    const askedAt = performance.now();
    const writesBefore = this.#writes;
    const session = await this.#options.primary.connect();
    let isBroken = true;
    try {
      const { rows } = await session.run({ text: positionOfPrimary, values: [] });
      isBroken = false;
      const position: Position = { text: rows[0].position, askedAt };
      if (this.#writes === writesBefore) this.#known = position;
      return position;
    } finally {
      session.release(isBroken);
    }
  }

  /** The answer of the replica, or null when it has none that may be used. */
  async #onReplica<Row>(query: CompiledQuery, position: Position): Promise<QueryResult<Row> | null> {
    let session: Session | undefined;
    let isBroken = true;
    try {
      session = await this.#options.replica.connect();
      const result = (await this.#isCaughtUp(session, position)) ? await runIn<Row>(session, this.#options.statements, query) : null;
      isBroken = false;
      return result;
    } catch (error) {
      this.#leftAloneUntil = performance.now() + leftAloneMs;
      this.#options.onError(error);
      return null;
    } finally {
      session?.release(isBroken);
    }
  }

  async #isCaughtUp(session: Session, position: Position): Promise<boolean> {
    for (let attempt = 0; ; attempt += 1) {
      const { rows } = await session.run({ text: isCaughtUp, values: [position.text], name: 'quietlist_caught_up' });
      if (rows[0].answer === true) return true;
      const pause = pausesMs[attempt];
      if (pause === undefined) return false;
      await setTimeout(pause);
    }
  }
}
