import type { SessionPool } from '../session.ts';
import { migrationLock } from '../migration-lock.ts';

/** The name of the column, of what fills it, and of all that belongs to it. */
export const writtenIn = 'quietlist_written_in';

/**
 * What lets a process follow the writes of all others: each row that leads to somebody holds the transaction that wrote it. PostgreSQL
 * alone has such numbers, so this is no migration, and is only done where it is asked for. A trigger fills the column, whoever
 * writes and however: a server that follows nothing, an older version, a statement by hand, rows that come by logical replication (`always`).
 * The index holds no row from before, and rows of one transaction are neighbours at its end.
 */
const statements: readonly string[] = [
  `create index if not exists entry_${writtenIn} on entry (${writtenIn}) where ${writtenIn} is not null`,
  `create index if not exists contact_address_${writtenIn} on contact_address (${writtenIn}) where ${writtenIn} is not null`,
  `create or replace function ${writtenIn}() returns trigger language plpgsql as $$ begin new.${writtenIn} := pg_catalog.pg_current_xact_id(); return new; end $$`,
  `create or replace trigger ${writtenIn} before insert or update of workspace, key, mailbox, closed, ${writtenIn} on entry
    for each row when (new.closed = 0) execute function ${writtenIn}()`,
  `create or replace trigger ${writtenIn} before insert or update of workspace, key, ${writtenIn} on contact_address
    for each row execute function ${writtenIn}()`,
  `alter table entry enable always trigger ${writtenIn}`,
  `alter table contact_address enable always trigger ${writtenIn}`,
];

/** Quick, and apart: they keep everybody out, while an index that is made keeps out writes alone. */
const columns: readonly string[] = [
  `alter table entry add column if not exists ${writtenIn} xid8`,
  `alter table contact_address add column if not exists ${writtenIn} xid8`,
];

/** The triggers that are at work, as a text. One that was switched off and on, or made anew, with or without its table, is another one. */
export const triggersAtWork = `(select string_agg(oid || '.' || xmin, ' ' order by oid) from pg_catalog.pg_trigger
  where tgrelid in ('entry'::regclass, 'contact_address'::regclass) and tgname = '${writtenIn}' and tgenabled = 'A')`;

/** How long to wait for a table that somebody else reads or writes for long, such as a dump: all others wait behind. */
const longestQueueMs = 2_000;

/** Makes what is missing. Servers that start together do it one after the other. */
export async function followWrites(pool: SessionPool): Promise<void> {
  const session = await pool.connect();
  let isBroken = true;
  const run = async (text: string) => (await session.run({ text, values: [] })).rows;
  try {
    const [found] = await run(`select ${triggersAtWork} as triggers`);
    if (!/ /.test(found.triggers ?? '')) {
      for (const part of [columns, statements]) {
        await run(`begin; set local lock_timeout = ${longestQueueMs}`);
        await run(`select pg_advisory_xact_lock(${migrationLock})`);
        for (const statement of part) await run(statement);
        await run('commit');
      }
    }
    isBroken = false;
  } finally {
    session.release(isBroken);
  }
}
