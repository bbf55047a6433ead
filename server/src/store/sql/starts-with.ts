import { sql, type RawBuilder, type SqlBool } from 'kysely';

const lastCodePoint = 0x10ffff;
const firstSurrogate = 0xd800;
const afterSurrogates = 0xe000;

/** The first text, in the order of code points, that comes after every text with this prefix. Null when there is none. */
export function endOfPrefix(prefix: string): string | null {
  const points = Array.from(prefix, (character) => character.codePointAt(0) ?? 0);
  while (points.at(-1) === lastCodePoint) points.pop();
  const last = points.pop();
  if (last === undefined) return null;
  const next = last + 1 === firstSurrogate ? afterSurrogates : last + 1;
  return String.fromCodePoint(...points, next);
}

/** Whether a column begins with exactly this text, as a range that an index serves. */
export function startsWith(column: string, prefix: string): RawBuilder<SqlBool> {
  const reference = sql.ref(column);
  const end = endOfPrefix(prefix);
  return end === null ? sql`${reference} >= ${prefix}` : sql`${reference} >= ${prefix} and ${reference} < ${end}`;
}
