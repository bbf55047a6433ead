import { Type, type Static } from 'typebox';
import { limits } from './limits.ts';
import { Page, pageQuery } from './page.ts';
import { Nullable, Text } from './text.ts';
import { reviewStatuses, wordsOf } from './vocabulary.ts';

/**
 * A message that may be an opt-out. Until somebody decides, its sender is held; when nobody does before `dueAt`, the hold becomes an
 * opt-out: when in doubt, nothing is sent.
 */
export const Review = Type.Object(
  {
    id: Type.String(),
    status: Type.Enum(wordsOf(reviewStatuses)),
    text: Type.String(),
    phrase: Type.String({ description: 'The part of the text that raised the doubt.' }),
    address: Type.String(),
    channel: Type.String(),
    sender: Nullable(Type.String()),
    lists: Type.Array(Type.String(), { description: 'Ids of the lists that the hold is in.' }),
    entries: Type.Array(Type.String(), { description: 'Ids of the entries that hold.' }),
    isConfirmationAsked: Type.Boolean({ description: 'The person was asked whether they want to opt out; YES or NO decides.' }),
    createdAt: Type.String(),
    dueAt: Type.String(),
    decidedAt: Nullable(Type.String()),
    decidedBy: Nullable(Type.String()),
    note: Nullable(Type.String()),
  },
  { additionalProperties: false },
);
export type Review = Static<typeof Review>;

export const ListReviewsQuery = Type.Object(
  { ...pageQuery, status: Type.Optional(Type.Enum([...wordsOf(reviewStatuses), 'any'], { description: 'Default: pending.' })) },
  { additionalProperties: false },
);
export const ReviewPage = Page(Review);
export type ReviewPage = Static<typeof ReviewPage>;

/** Approve: it is an opt-out. Dismiss: it is none, and the hold is lifted. */
export const DecideReviewRequest = Type.Object({ note: Type.Optional(Text(limits.noteLength)) }, { additionalProperties: false });
export type DecideReviewRequest = Static<typeof DecideReviewRequest>;
