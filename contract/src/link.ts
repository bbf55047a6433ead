import { Type, type Static } from 'typebox';
import { AddressInput, AddressOptions } from './address.ts';
import { limits } from './limits.ts';
import { Channel, ListReference, SenderReference } from './scope.ts';
import { Nullable, Text } from './text.ts';

/** One unsubscribe link to make. The same address, list, channel and sender always give the same link. */
export const NewLink = Type.Object(
  {
    address: AddressInput,
    list: Type.Optional(ListReference),
    channel: Type.Optional(Nullable(Channel)),
    sender: Type.Optional(Nullable(SenderReference)),
    ref: Type.Optional(Text(limits.refLength)),
  },
  { additionalProperties: false },
);
export type NewLink = Static<typeof NewLink>;

export const CreateLinksRequest = Type.Object(
  {
    links: Type.Array(NewLink, { minItems: 1, maxItems: limits.itemsPerRequest }),
    mailto: Type.Optional(Type.String({ maxLength: 254, pattern: '^[^\\s<>,@\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]+@[^\\s<>,@\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]+$', description: 'An address of yours that takes unsubscribe requests by mail: named in List-Unsubscribe, too.' })),
    addressOptions: Type.Optional(AddressOptions),
  },
  { additionalProperties: false },
);
export type CreateLinksRequest = Static<typeof CreateLinksRequest>;

/** One result an item, in the order asked. An address that cannot be read has a code and no link. */
export const LinkResult = Type.Object(
  {
    index: Type.Integer({ minimum: 0 }),
    ref: Type.Optional(Type.String()),
    url: Nullable(Type.String({ description: 'For the body of the message. Opening it changes nothing; its button does.' })),
    headers: Nullable(
      Type.Object(
        { 'List-Unsubscribe': Type.String(), 'List-Unsubscribe-Post': Type.String(), 'List-Id': Type.String() },
        { additionalProperties: false, description: 'RFC 2369, RFC 8058 and RFC 2919; DKIM must cover them.' },
      ),
    ),
    code: Type.Optional(Type.String()),
    message: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type LinkResult = Static<typeof LinkResult>;

export const CreateLinksResponse = Type.Object({ results: Type.Array(LinkResult) }, { additionalProperties: false });
export type CreateLinksResponse = Static<typeof CreateLinksResponse>;
