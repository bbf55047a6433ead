import { StoreUnavailable, UniqueConflict } from '../../app/ports.ts';

/** Primary result codes of SQLite: https://sqlite.org/rescode.html */
const codes = { busy: 5, locked: 6, noMemory: 7, readOnly: 8, ioError: 10, corrupt: 11, full: 13, cannotOpen: 14, protocol: 15, notADatabase: 26 } as const;
const unique = 2067;
const primaryKey = 1555;

/** An id of the application is in use, by another process or from before the clock stepped back. Fresh ids will do. */
export class IdTaken extends Error {
  override readonly name = 'IdTaken';
}

const reasons: ReadonlyMap<number, string> = new Map([
  [codes.busy, 'another process holds the database'],
  [codes.locked, 'another process holds the database'],
  [codes.noMemory, 'the memory is used up'],
  [codes.readOnly, 'the database cannot be written to'],
  [codes.ioError, 'the disk could not be read or written'],
  [codes.corrupt, 'the database file is damaged'],
  [codes.full, 'the disk is full'],
  [codes.cannotOpen, 'the database file cannot be opened'],
  [codes.protocol, 'another process holds the database'],
  [codes.notADatabase, 'the file is not a database'],
]);

/** The extended result code of an error of SQLite, or null for any other error. */
const resultCode = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : null;

const primaryCode = (error: unknown): number => (resultCode(error) ?? 0) & 0xff;

/** Whether another process holds the lock that was asked for. */
export const isBusy = (error: unknown): boolean => primaryCode(error) === codes.busy;
export const isNotADatabase = (error: unknown): boolean => primaryCode(error) === codes.notADatabase;

/** What an error of SQLite means to the application. Errors of ours, and those that only a mistake in our SQL can cause, stay as they are. */
export function storeError(error: unknown): unknown {
  const code = resultCode(error);
  if (code === null) return error;
  if (code === unique) return new UniqueConflict('A name or number that must be unique is taken.', { cause: error });
  if (code === primaryKey) return new IdTaken('An id is taken.', { cause: error });
  const reason = reasons.get(code & 0xff);
  if (reason === undefined) return error;
  return new StoreUnavailable(`The store cannot be used now: ${reason}.`, { full: (code & 0xff) === codes.full, cause: error });
}
