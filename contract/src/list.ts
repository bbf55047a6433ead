import { Type, type Static } from 'typebox';
import { limits } from './limits.ts';
import { Page, pageQuery } from './page.ts';
import { NonEmptyText, Text } from './text.ts';

/** A named opt-out list. The one with id `default` always exists. */
export const List = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    description: Type.String(),
    isDefault: Type.Boolean(),
    members: Type.Integer({ minimum: 0, description: 'Active opt-outs in the list.' }),
    createdAt: Type.String(),
  },
  { additionalProperties: false },
);
export type List = Static<typeof List>;

export const CreateListRequest = Type.Object(
  { name: NonEmptyText(limits.nameLength), description: Type.Optional(Text(limits.descriptionLength)) },
  { additionalProperties: false },
);
export type CreateListRequest = Static<typeof CreateListRequest>;

export const UpdateListRequest = Type.Object(
  { name: Type.Optional(NonEmptyText(limits.nameLength)), description: Type.Optional(Text(limits.descriptionLength)) },
  { additionalProperties: false, minProperties: 1 },
);
export type UpdateListRequest = Static<typeof UpdateListRequest>;

export const ListListsQuery = Type.Object({ ...pageQuery }, { additionalProperties: false });
export const ListPage = Page(List);
export type ListPage = Static<typeof ListPage>;
