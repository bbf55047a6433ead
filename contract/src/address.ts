import { Type, type Static } from 'typebox';
import { limits } from './limits.ts';
import { addressKinds, channelPattern, wordsOf } from './vocabulary.ts';

/**
 * An address as it was received. Its characters are judged by the canonicaliser and not here, so that one unreadable
 * address is one `invalid` or `unknown` item and never the end of its whole batch. A number is read only as a safe integer.
 */
const RawAddress = Type.Union([Type.String({ maxLength: limits.addressLength }), Type.Number()]);

export const AddressInput = Type.Union(
  [
    Type.String({ maxLength: limits.addressLength }),
    Type.Number(),
    Type.Object(
      {
        value: RawAddress,
        kind: Type.Optional(Type.Enum(wordsOf(addressKinds))),
        channel: Type.Optional(Type.String({ pattern: channelPattern })),
        scope: Type.Optional(Type.String({ maxLength: limits.scopeLength, pattern: '^[!-~]*$' })),
      },
      { additionalProperties: false },
    ),
  ],
  {
    description:
      'A phone number, an e-mail address or a channel handle. Text is enough for phones and e-mail; a handle is text on its own channel, or an object with kind "handle".',
  },
);
export type AddressInput = Static<typeof AddressInput>;

/** How phone digits without a plus are read. Never guessed: the default is `international`. */
export const AddressOptions = Type.Object(
  {
    digits: Type.Optional(
      Type.Enum(['international', 'national'], {
        description: 'What digits without a plus mean: with country code (default), or a national number of defaultCountry.',
      }),
    ),
    defaultCountry: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166 country of national numbers, e.g. BR.' })),
  },
  { additionalProperties: false },
);
export type AddressOptions = Static<typeof AddressOptions>;

/** What one address means: where one would send to, and what matches. */
export const AddressReading = Type.Object(
  {
    kind: Type.Enum(wordsOf(addressKinds)),
    address: Type.String(),
    key: Type.String(),
    mailbox: Type.Optional(Type.String()),
    matchedBy: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type AddressReading = Static<typeof AddressReading>;
