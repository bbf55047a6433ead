import { Type, type Static } from 'typebox';
import { limits } from './limits.ts';
import { Page, pageQuery } from './page.ts';
import { Channel } from './scope.ts';
import { NonEmptyText } from './text.ts';

/** One connected account of ours on a channel: a number, short code, from-address or agent (D2). `channelId` is the small number of B6. */
export const Sender = Type.Object(
  { id: Type.String(), name: Type.String(), channel: Type.String(), channelId: Type.Integer({ minimum: 1 }), createdAt: Type.String() },
  { additionalProperties: false },
);
export type Sender = Static<typeof Sender>;

export const CreateSenderRequest = Type.Object(
  {
    name: NonEmptyText(limits.senderNameLength),
    channel: Channel,
    channelId: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_147_483_647, description: 'Default: the next free number.' })),
  },
  { additionalProperties: false },
);
export type CreateSenderRequest = Static<typeof CreateSenderRequest>;

export const UpdateSenderRequest = Type.Object({ name: NonEmptyText(limits.senderNameLength) }, { additionalProperties: false });
export type UpdateSenderRequest = Static<typeof UpdateSenderRequest>;

export const ListSendersQuery = Type.Object({ ...pageQuery, channel: Type.Optional(Channel) }, { additionalProperties: false });
export const SenderPage = Page(Sender);
export type SenderPage = Static<typeof SenderPage>;
