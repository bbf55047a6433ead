import { Type, type Static } from 'typebox';
import { Entry } from './entry.ts';
import { limits } from './limits.ts';
import { Review } from './review.ts';
import { ListReference } from './scope.ts';
import { Nullable } from './text.ts';
import { feedTypes, wordsOf, type FeedType } from './vocabulary.ts';

export { feedTypes, type FeedType };
const types = wordsOf(feedTypes);

/**
 * One event as webhooks and the stream carry it. `position` counts up within the workspace without gaps, in the order in which the changes
 * became visible: whoever has read up to a position has missed nothing before it. `data` holds the entry, or the review.
 */
export const FeedEvent = Type.Object(
  {
    id: Type.String({ description: 'The same event has the same id everywhere: ignore one that was seen.' }),
    position: Type.Integer({ minimum: 1 }),
    type: Type.Enum(types),
    timestamp: Type.String(),
    data: Type.Object(
      {
        entry: Type.Optional(Entry),
        review: Type.Optional(Review),
        actor: Type.String(),
        reason: Nullable(Type.String()),
        batch: Nullable(Type.String()),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
);
export type FeedEvent = Static<typeof FeedEvent>;

/** Several, separated by commas. */
const typeList = Type.String({ maxLength: 400, pattern: `^(${types.map((type) => type.replace('.', '\\.')).join('|')})(,(${types.map((type) => type.replace('.', '\\.')).join('|')}))*$`, description: `Only these, separated by commas: ${types.join(', ')}.` });

export const FeedQuery = Type.Object(
  {
    after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$', description: 'Events after this position. Default for a page: the oldest kept; for the stream: those to come.' })),
    limit: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,3}$', description: `Events a page, at most ${limits.pageSizeMaximum} (default ${limits.pageSize}).` })),
    types: Type.Optional(typeList),
    list: Type.Optional(ListReference),
  },
  { additionalProperties: false },
);
export type FeedQuery = Static<typeof FeedQuery>;

/** A stream has no pages: it goes on. */
export const StreamQuery = Type.Object({ after: FeedQuery.properties.after, types: FeedQuery.properties.types, list: FeedQuery.properties.list }, { additionalProperties: false });
export type StreamQuery = Static<typeof StreamQuery>;

/** Oldest first. `after` of the next page is `position`; `hasMore` says whether there is one now. */
export const FeedPage = Type.Object({ data: Type.Array(FeedEvent), position: Type.Integer({ minimum: 0 }), hasMore: Type.Boolean() }, { additionalProperties: false });
export type FeedPage = Static<typeof FeedPage>;
