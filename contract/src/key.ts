import { Type, type Static } from 'typebox';
import { limits } from './limits.ts';
import { Page, pageQuery } from './page.ts';
import { roles } from './roles.ts';
import { Instant, NonEmptyText, Nullable } from './text.ts';
import { wordsOf } from './vocabulary.ts';

/** An API key without its secret, which nobody can read again. */
export const ApiKey = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    role: Type.Enum(wordsOf(roles)),
    createdAt: Type.String(),
    lastUsedAt: Nullable(Type.String()),
    expiresAt: Nullable(Type.String()),
    revokedAt: Nullable(Type.String()),
  },
  { additionalProperties: false },
);
export type ApiKey = Static<typeof ApiKey>;

export const CreateKeyRequest = Type.Object(
  {
    name: NonEmptyText(limits.nameLength),
    role: Type.Enum(wordsOf(roles)),
    expiresAt: Type.Optional(Nullable(Instant())),
  },
  { additionalProperties: false },
);
export type CreateKeyRequest = Static<typeof CreateKeyRequest>;

/** The only answer that ever carries the secret. */
export const CreatedKey = Type.Object({ ...ApiKey.properties, secret: Type.String() }, { additionalProperties: false });
export type CreatedKey = Static<typeof CreatedKey>;

export const ListKeysQuery = Type.Object({ ...pageQuery }, { additionalProperties: false });
export const KeyPage = Page(ApiKey);
export type KeyPage = Static<typeof KeyPage>;

/** Who the caller is. */
export const Me = Type.Object(
  {
    key: Type.String(),
    keyName: Type.String(),
    role: Type.Enum(wordsOf(roles)),
    workspace: Type.String(),
    workspaceName: Type.String(),
    version: Type.String(),
  },
  { additionalProperties: false },
);
export type Me = Static<typeof Me>;
