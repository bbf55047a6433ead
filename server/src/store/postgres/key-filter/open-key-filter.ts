import { StoreRefused } from '../../../app/ports.ts';
import { codeOf } from '../errors.ts';
import type { SessionPool } from '../session.ts';
import { followWrites } from './follow-writes.ts';
import { KeyFilter, type KeyFilterOptions } from './key-filter.ts';

/** One connection with which the filter follows what is written, and one for what is made for it once. */
export interface FilterPools {
  tail: SessionPool;
  change: SessionPool;
}

const noFilterHere =
  'The key filter needs PostgreSQL on one server, whose user may make a function and a trigger: this database is another one. Leave --key-filter out.';

const inUse = 'Something works on the tables for long, such as a dump or a bulk change, and the key filter needs a moment alone with them. Start again when it is done, or without --key-filter.';
const lockNotAvailable = '55P03';

/** Engines that speak like PostgreSQL and whose transactions are numbered by each of their nodes, or otherwise. */
const relatives = /cockroach|yugabyte|-YB-|greenplum|redshift/i;

/** Makes the database tell what is written, and begins to build the filter. */
export async function openKeyFilter({ tail, change }: FilterPools, { isSharded, ...options }: Omit<KeyFilterOptions, 'pool'> & { isSharded: boolean }): Promise<KeyFilter> {
  if (isSharded || (await isRelative(change))) throw new StoreRefused(noFilterHere);
  await followWrites(change).catch((cause: unknown) => {
    if (codeOf(cause) === lockNotAvailable) throw new StoreRefused(inUse, { cause });
    // Features and names that the server does not have, and rights that the user does not.
    throw /^(?:0A|42)/.test(codeOf(cause)) ? new StoreRefused(noFilterHere, { cause }) : cause;
  });
  await change.close();
  const filter = new KeyFilter({ pool: tail, ...options });
  filter.build();
  return filter;
}

async function isRelative(pool: SessionPool): Promise<boolean> {
  const session = await pool.connect();
  let isBroken = true;
  try {
    const { rows } = await session.run({ text: 'select version() as version', values: [] });
    isBroken = false;
    return relatives.test(rows[0].version);
  } finally {
    session.release(isBroken);
  }
}
