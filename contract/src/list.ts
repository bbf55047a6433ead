import { Type, type Static } from 'typebox';
import { Consent } from './entry.ts';
import { languages } from './languages.ts';
import { limits } from './limits.ts';
import { Page, pageQuery } from './page.ts';
import { ListReference } from './scope.ts';
import { NonEmptyText, Nullable, Text } from './text.ts';
import { HttpUrl } from './url.ts';
import { wordsOf } from './vocabulary.ts';

const fields = {
  description: Text(limits.descriptionLength),
  keyword: Nullable(NonEmptyText(limits.keywordLength, 'Whoever writes this and nothing else opts out of the list.')),
  confirmationMessage: Nullable(NonEmptyText(limits.confirmationMessageLength, 'What a person who opted out by a message is told, once.')),
  webhookUrl: Nullable(HttpUrl('Told of every opt-out of the list: opt_list_name, mobile, email and channel_id.')),
  languages: Type.Array(Type.Enum(wordsOf(languages)), { maxItems: wordsOf(languages).length, uniqueItems: true, description: 'Languages whose opt-out words (STOP, PARAR …) opt people out of this list.' }),
};

/** A named opt-out list (B4, B5). The one with id `default` always exists. */
export const List = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    ...fields,
    isDefault: Type.Boolean(),
    members: Type.Integer({ minimum: 0, description: 'Active opt-outs in the list.' }),
    createdAt: Type.String(),
  },
  { additionalProperties: false },
);
export type List = Static<typeof List>;

const optionalFields = {
  description: Type.Optional(fields.description),
  keyword: Type.Optional(fields.keyword),
  confirmationMessage: Type.Optional(fields.confirmationMessage),
  webhookUrl: Type.Optional(fields.webhookUrl),
  languages: Type.Optional(fields.languages),
};

export const CreateListRequest = Type.Object({ name: NonEmptyText(limits.nameLength), ...optionalFields }, { additionalProperties: false });
export type CreateListRequest = Static<typeof CreateListRequest>;

export const UpdateListRequest = Type.Object(
  { name: Type.Optional(NonEmptyText(limits.nameLength)), ...optionalFields },
  { additionalProperties: false, minProperties: 1 },
);
export type UpdateListRequest = Static<typeof UpdateListRequest>;

/**
 * What becomes of the opt-outs of a list that is deleted: `move` puts them into another list; `release` lifts them, with the consent that
 * lifting anybody's opt-out takes. Without either, a list with members is not deleted.
 */
export const DeleteListRequest = Type.Union([
  Type.Object({ members: Type.Literal('move'), to: Type.Optional(ListReference) }, { additionalProperties: false }),
  Type.Object({ members: Type.Literal('release'), consent: Consent }, { additionalProperties: false }),
]);
export type DeleteListRequest = Static<typeof DeleteListRequest>;

export const ListListsQuery = Type.Object({ ...pageQuery }, { additionalProperties: false });
export const ListPage = Page(List);
export type ListPage = Static<typeof ListPage>;
