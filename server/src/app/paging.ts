import { limits } from '@quietlist/contract/limits';
import { Problem } from './problem.ts';

/** Reads the `limit` of a page; the schema has let only digits through. */
export const pageLimit = (limit: string | undefined): number => Math.min(Number(limit ?? limits.pageSize), limits.pageSizeMaximum);

const refused = (): Problem => new Problem('invalid-request', 'The cursor is not one that this list gave.', [{ pointer: 'cursor', message: 'Not a cursor of this list.' }]);

/** A cursor is opaque to callers: where the next page begins, and in which order. */
export const cursorOf = (value: ReadonlyArray<string | number>): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** What a cursor holds; refuses what `cursorOf` cannot have made. */
export function readCursor<T extends ReadonlyArray<string | number>>(cursor: string, isValid: (value: unknown) => value is T): T {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw refused();
  }
  if (!isValid(value)) throw refused();
  return value;
}

/** One page of a short list that is read whole: lists, senders, keys. Its cursor is the position. */
export function pageOf<T>(rows: readonly T[], query: { limit?: string; cursor?: string }): { data: T[]; nextCursor: string | null } {
  const isPosition = (value: unknown): value is [number] => Array.isArray(value) && value.length === 1 && Number.isSafeInteger(value[0]) && value[0] >= 0;
  const start = query.cursor === undefined ? 0 : readCursor(query.cursor, isPosition)[0];
  const end = start + pageLimit(query.limit);
  return { data: rows.slice(start, end), nextCursor: end < rows.length ? cursorOf([end]) : null };
}
