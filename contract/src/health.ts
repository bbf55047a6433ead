import { Type, type Static } from 'typebox';

export const Health = Type.Object({ status: Type.Enum(['ok', 'unavailable']), version: Type.String() }, { additionalProperties: false });
export type Health = Static<typeof Health>;
