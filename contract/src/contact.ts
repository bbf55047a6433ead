import { Type, type Static } from 'typebox';
import { AddressInput, AddressOptions } from './address.ts';
import { limits } from './limits.ts';
import { NonEmptyText, Nullable } from './text.ts';
import { addressKinds, wordsOf } from './vocabulary.ts';

/** Why addresses are linked: a caller's own knowledge, or an event of a provider that gave a person a new address. */
export const linkReasons = { same_person: 'Same person', number_changed: 'Number changed', user_id_changed: 'User id changed' } as const;
export type LinkReason = keyof typeof linkReasons;

const addresses = (minItems: number) => Type.Array(AddressInput, { minItems, maxItems: limits.addressesPerItem });

/** Links addresses of one person. Entries stay where they are: a block of the old number holds the new one through the link. */
export const LinkRequest = Type.Object(
  {
    addresses: addresses(2),
    reason: Type.Optional(Type.Enum(wordsOf(linkReasons))),
    batch: Type.Optional(NonEmptyText(limits.batchLength)),
    addressOptions: Type.Optional(AddressOptions),
  },
  { additionalProperties: false },
);
export type LinkRequest = Static<typeof LinkRequest>;

/** Takes addresses out of the contact they are in: two people were linked by mistake. */
export const UnlinkRequest = Type.Object(
  {
    addresses: addresses(1),
    batch: Type.Optional(NonEmptyText(limits.batchLength)),
    addressOptions: Type.Optional(AddressOptions),
  },
  { additionalProperties: false },
);
export type UnlinkRequest = Static<typeof UnlinkRequest>;

export const LinkedAddress = Type.Object({ kind: Type.Enum(wordsOf(addressKinds)), address: Type.String(), key: Type.String() }, { additionalProperties: false });

/** The addresses of one person as they are linked now. `contact` is null where nothing is linked. */
export const Contact = Type.Object({ contact: Nullable(Type.String()), addresses: Type.Array(LinkedAddress) }, { additionalProperties: false });
export type Contact = Static<typeof Contact>;
