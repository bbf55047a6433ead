import { Type, type Static } from 'typebox';

/** The channels to choose from: those everybody has, and the workspace's own that a sender uses. */
export const ChannelList = Type.Object(
  { data: Type.Array(Type.Object({ id: Type.String(), label: Type.String() }, { additionalProperties: false })) },
  { additionalProperties: false },
);
export type ChannelList = Static<typeof ChannelList>;
