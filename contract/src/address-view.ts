import { Type, type Static } from 'typebox';
import { AddressReading } from './address.ts';
import { LinkedAddress } from './contact.ts';
import { Entry } from './entry.ts';
import { Event } from './event.ts';
import { limits } from './limits.ts';
import { Channel } from './scope.ts';
import { Nullable } from './text.ts';
import { addressKinds, wordsOf } from './vocabulary.ts';

/** How to read the address in the path of `GET /v1/addresses/{address}`. */
export const AddressQuery = Type.Object(
  {
    kind: Type.Optional(Type.Enum(wordsOf(addressKinds))),
    channel: Type.Optional(Channel),
    scope: Type.Optional(Type.String({ maxLength: limits.scopeLength, pattern: '^[!-~]*$' })),
    digits: Type.Optional(Type.Enum(['international', 'national'])),
    defaultCountry: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
  },
  { additionalProperties: false },
);
export type AddressQuery = Static<typeof AddressQuery>;

/** Everything known of one address: its entries, active and ended, in all lists (B10), its linked addresses and its timeline. */
export const AddressView = Type.Object(
  {
    reading: AddressReading,
    contact: Nullable(Type.String()),
    linked: Type.Array(LinkedAddress),
    entries: Type.Array(Entry),
    events: Type.Array(Event),
    historyIntact: Type.Boolean({ description: 'Whether the hash chain of the timeline holds.' }),
  },
  { additionalProperties: false },
);
export type AddressView = Static<typeof AddressView>;
