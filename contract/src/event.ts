import { Type, type Static } from 'typebox';
import { Nullable } from './text.ts';

/** What can happen to an address. */
export const eventActions = ['added', 'widened', 'removed', 'expired', 'linked', 'unlinked', 'rekeyed'] as const;

/**
 * One line of the append-only history. `hash` covers the line and `previousHash`, the hash of the line before it of the same address,
 * so that a line changed, dropped or put in later shows.
 */
export const Event = Type.Object(
  {
    id: Type.String(),
    sequence: Type.Integer({ minimum: 1, description: 'Number of the line within the history of its address.' }),
    at: Type.String(),
    actor: Type.String({ description: 'The key (or job) that made the change.' }),
    action: Type.Enum([...eventActions]),
    key: Type.String(),
    entry: Nullable(Type.String()),
    before: Type.Unknown(),
    after: Type.Unknown(),
    batch: Nullable(Type.String()),
    reason: Nullable(Type.String()),
    previousHash: Nullable(Type.String()),
    hash: Type.String(),
  },
  { additionalProperties: false },
);
export type Event = Static<typeof Event>;
