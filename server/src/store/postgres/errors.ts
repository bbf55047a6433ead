import { StoreUnavailable, UniqueConflict } from '../../app/ports.ts';

/** Error codes of PostgreSQL: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const uniqueViolation = '23505';
const serializationFailures: ReadonlySet<string> = new Set(['40001', '40P01', '55P03']);
const diskFull = '53100';

/** Classes of codes under which the server cannot serve for now, whatever was asked of it. */
const unavailableClasses: ReadonlyMap<string, string> = new Map([
  ['08', 'the connection to the database failed'],
  ['25', 'the database is read-only or the transaction was ended'],
  ['28', 'the database refuses the user or the password'],
  ['3D', 'the database does not exist'],
  ['53', 'the database has no free connections, memory or disk'],
  ['57', 'the database is starting, stopping or too slow'],
  ['58', 'the database cannot read or write its disk'],
  ['XX', 'the database reports a fault of its own'],
]);

/** What Node and the driver say of a connection that could not be made or was lost. */
const lostCodes = /^(?:ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|ENOTFOUND|EAI_AGAIN|ENOENT|EADDRNOTAVAIL)|^(?:08|57P0[123])/;
const lostMessages = /^(?:Connection terminated|timeout e|Query read timeout|Client has encountered|Client was closed|Cannot use a pool|Connection ended)/;

/** A fault of the database without the values of the statement: its own messages quote them. */
class DatabaseFault extends Error {
  override readonly name = 'DatabaseFault';
  readonly code: string;

  constructor(code: string) {
    super(`PostgreSQL error ${code}`);
    this.code = code;
  }
}

/** The connection was lost: whether what was under way happened is not known. */
export class ConnectionLost extends StoreUnavailable {
  /** Whether somebody has waited in vain for it already, and should not wait again. */
  readonly hasTimedOut: boolean;

  constructor(code: string, hasTimedOut: boolean) {
    super('The store cannot be used now: the connection to the database failed.', { cause: new DatabaseFault(code) });
    this.hasTimedOut = hasTimedOut;
  }
}

/** Another transaction got in the way. Nothing of this one stays; run again, it may succeed. */
export class SerializationFailure extends Error {
  override readonly name = 'SerializationFailure';
}

/**
 * A unique constraint refused a row. Either another transaction was quicker, and run again the work sees its rows, or the row is truly
 * taken, and the same constraint refuses the same values again: `values` tells which. It holds an address and is shown to nobody.
 */
export class DuplicateRow extends UniqueConflict {
  readonly #values: string;
  /** What is taken: a name that people give, or the place of a row that belongs to an address. */
  readonly kind: 'name' | 'address';

  constructor(constraint: string, values: string, cause: unknown) {
    super('A name or number that must be unique is taken.', { cause });
    this.#values = `${constraint} ${values}`;
    this.kind = /^(?:workspace|list|sender|record)_/.test(constraint) ? 'name' : 'address';
  }

  isSameAs(other: unknown): boolean {
    return other instanceof DuplicateRow && other.#values === this.#values;
  }
}

const fieldOf = (error: unknown, field: string): string => {
  const value = typeof error === 'object' && error !== null && field in error ? (error as Record<string, unknown>)[field] : undefined;
  return typeof value === 'string' ? value : '';
};

export const codeOf = (error: unknown): string => fieldOf(error, 'code');
const isOfServer = (error: unknown): boolean => fieldOf(error, 'severity') !== '' || /^[0-9A-Z]{5}$/.test(codeOf(error));

/** What an error of the driver or the server means to the application. Errors of ours stay as they are. */
export function storeError(error: unknown): unknown {
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : '';
  if (lostCodes.test(code) || (code === '' && lostMessages.test(message))) {
    return new ConnectionLost(code || 'lost', code === 'ETIMEDOUT' || /timeout/.test(message));
  }
  if (!isOfServer(error)) return error;
  const cause = new DatabaseFault(code);
  if (serializationFailures.has(code)) return new SerializationFailure('Another transaction got in the way.', { cause });
  if (code === uniqueViolation) return new DuplicateRow(fieldOf(error, 'constraint'), fieldOf(error, 'detail'), cause);
  const reason = unavailableClasses.get(code.slice(0, 2));
  if (reason !== undefined) return new StoreUnavailable(`The store cannot be used now: ${reason}.`, { full: code === diskFull, cause });
  // A statement that the server does not take is a mistake of ours: its message names tables and columns, never values.
  if (code.startsWith('42')) return Object.assign(new Error(`PostgreSQL refused a statement (${code}): ${message}`), { code });
  return cause;
}
