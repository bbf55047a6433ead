import { randomUUID } from 'node:crypto';
import type { Session, SessionPool } from '../session.ts';
import { triggersAtWork, writtenIn } from './follow-writes.ts';

/** Texts of rows, each after the number of its workspace, a line each. */
export interface Lines {
  text: string;
  count: number;
}

/** What was committed can no longer be followed without a gap. The message says why, and quotes nothing. */
export class TailLost extends Error {
  override readonly name = 'TailLost';
}

/** Rows that one step reads: a few milliseconds. With more, everything is read anew. */
const rowsPerRead = 20_000;

/** Without statistics, as after a bulk load, the planner would otherwise read all rows for each step. */
const settings = 'set enable_seqscan = off; set enable_bitmapscan = off; set jit = off; set plan_cache_mode = force_generic_plan';

const line = (column: string): string => `workspace || ' ' || ${column}`;

/** A row that was written in a transaction that the snapshot before had not seen, and that this one sees. */
const rowsOf = (table: string, columns: string): string => {
  const rows = (since: string) => `select workspace, ${columns} from ${table} where ${writtenIn} is not null and ${since}`;
  // Of rows from a dump of another server the numbers may lie in the future, and say nothing.
  return `${rows(`${writtenIn} >= $1::text::xid8 and ${writtenIn} < pg_snapshot_xmax(pg_current_snapshot())`)} union all ${rows(`${writtenIn} = any ($2::text::xid8[])`)}`;
};

/** All of it in one statement, which sees one snapshot. */
const read = `select pg_snapshot_xmax(pg_current_snapshot())::text as next, array(select pg_snapshot_xip(pg_current_snapshot()))::text as open,
    current_setting('quietlist.tail', true) as session, pg_is_in_recovery() as recovering, ${triggersAtWork} as triggers, lines.*
  from (
    select string_agg(${line('key')} || coalesce(E'\\n' || ${line('mailbox')}, ''), E'\\n') as text, count(*) as rows, count(*) + count(mailbox) as count
    from (${rowsOf('entry', 'key, mailbox')} union all ${rowsOf('contact_address', 'key, null')} limit ${rowsPerRead + 1}) as written
  ) as lines`;

/** What a snapshot had not seen: the transactions from `next` on, and those that were open. */
interface Unseen {
  next: string;
  open: string;
}
const nothingBefore: Unseen = { next: '18446744073709551615', open: '{}' };

/**
 * Reads again and again what was committed since the last time: every row once, whatever the order of commits. A sequence would miss what
 * commits late; a snapshot names the transactions that it has not seen, so that one that stays open for hours costs one look into an index.
 *
 * All on one connection, which the database remembers by a name: as long as it does, it has not crashed, failed over or gone back to a
 * backup, after which it might give the same numbers to other transactions.
 */
export class Tail {
  readonly #session: Session;
  readonly #name = randomUUID();
  #triggers = '';
  #unseen = nothingBefore;

  private constructor(session: Session) {
    this.#session = session;
  }

  /** Begins with what is committed now. */
  static async open(pool: SessionPool): Promise<Tail> {
    const session = await pool.connect();
    const tail = new Tail(session);
    try {
      await tail.run(settings, []);
      await tail.run("select set_config('quietlist.tail', $1, false)", [tail.#name]);
      const [{ triggers }] = await tail.run(`select ${triggersAtWork} as triggers`, []);
      if (!/ /.test(triggers ?? '')) throw new TailLost('The triggers that mark what is written are not there.');
      tail.#triggers = triggers;
      await tail.read();
      return tail;
    } catch (error) {
      session.release(true);
      throw error;
    }
  }

  /** What leads to somebody among all that was committed since the last call. */
  async read(): Promise<Lines> {
    const [row] = await this.run(read, [this.#unseen.next, this.#unseen.open], 'quietlist_tail');
    if (row.session !== this.#name) throw new TailLost('The connection is another one.');
    if (row.recovering) throw new TailLost('The database is a replica.');
    if (row.triggers !== this.#triggers) throw new TailLost('The triggers that mark what is written have changed.');
    if (row.rows > rowsPerRead) throw new TailLost('More was written than can be followed.');
    this.#unseen = { next: row.next, open: row.open };
    return { text: row.text ?? '', count: row.count };
  }

  // Rows are what the statement says they are.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async run(text: string, values: readonly unknown[], name?: string): Promise<any[]> {
    return (await this.#session.run({ text, values, ...(name === undefined ? {} : { name }) })).rows;
  }

  close(): void {
    this.#session.release(true);
  }
}
