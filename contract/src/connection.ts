import { Type, type Static } from 'typebox';
import { InboundResponse } from './inbound.ts';
import { limits } from './limits.ts';
import { Page, pageQuery } from './page.ts';
import { providers } from './providers.ts';
import { ListReference, SenderReference } from './scope.ts';
import { NonEmptyText, Nullable, Text } from './text.ts';
import { wordsOf } from './vocabulary.ts';

/**
 * A provider that calls Quietlist by itself, without a flow in between. Its webhook goes to `url`; requests are believed when the
 * provider's signature, made with `secret`, is right.
 */
export const Connection = Type.Object(
  {
    id: Type.String(),
    provider: Type.Enum(wordsOf(providers)),
    name: Type.String(),
    sender: Nullable(Type.String()),
    list: Nullable(Type.String({ description: 'The list that unsubscribes of this provider go to. Null: the default list.' })),
    url: Type.String({ description: 'Where the provider is to send its webhooks.' }),
    hasSecret: Type.Boolean(),
    createdAt: Type.String(),
  },
  { additionalProperties: false },
);
export type Connection = Static<typeof Connection>;

const secret = Text(limits.providerSecretLength, 'What the provider signs with: Meta’s app secret, Twilio’s auth token, SendGrid’s public key, Mailgun’s signing key. Never shown again.');

export const CreateConnectionRequest = Type.Object(
  {
    provider: Type.Enum(wordsOf(providers)),
    name: NonEmptyText(limits.nameLength),
    sender: Type.Optional(Nullable(SenderReference)),
    list: Type.Optional(Nullable(ListReference)),
    secret: Type.Optional(secret),
  },
  { additionalProperties: false },
);
export type CreateConnectionRequest = Static<typeof CreateConnectionRequest>;

export const ListConnectionsQuery = Type.Object({ ...pageQuery }, { additionalProperties: false });
export const ConnectionPage = Page(Connection);
export type ConnectionPage = Static<typeof ConnectionPage>;

/** What became of each thing that one webhook of a provider said, in its order. */
export const ProviderAnswer = Type.Object(
  {
    messages: Type.Array(InboundResponse),
    suppressed: Type.Integer({ minimum: 0, description: 'Bounces, complaints and unsubscribes that were written, or held already.' }),
    resumed: Type.Integer({ minimum: 0 }),
    linked: Type.Integer({ minimum: 0, description: 'Changed numbers and user ids that were linked.' }),
    ignored: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
);
export type ProviderAnswer = Static<typeof ProviderAnswer>;
