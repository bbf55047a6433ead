import { Type, type TSchema } from 'typebox';
import { limits } from './limits.ts';

/** The query of every paged list. Query values are text; the service reads the number itself, nothing is coerced. */
export const pageQuery = {
  limit: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,3}$', description: `Rows a page, at most ${limits.pageSizeMaximum} (default ${limits.pageSize}).` })),
  cursor: Type.Optional(Type.String({ maxLength: 512, pattern: '^[A-Za-z0-9_-]+$', description: 'nextCursor of the page before.' })),
};

/** A page of rows; `nextCursor` is null on the last one. */
export const Page = <T extends TSchema>(item: T) =>
  Type.Object({ data: Type.Array(item), nextCursor: Type.Union([Type.String(), Type.Null()]) }, { additionalProperties: false });
