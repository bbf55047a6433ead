import type { NodeDef } from 'node-red';
import type { AddressOptions } from '@quietlist/contract/address';
import { limits } from '@quietlist/contract/limits';
import { contactOfMessage } from '@quietlist/client/contacts';
import type { Person } from '@quietlist/client/types';
import type { Fields, Read } from './fields.ts';
import { peopleOf } from './people.ts';

export interface ScopeDefinition extends NodeDef {
  digits?: AddressOptions['digits'] | '';
}

/** Whom a message is about, and where the question or the write applies. */
export interface Scope {
  /** None, one, or several (A5). */
  people: Person[];
  /** Several (A5); one undefined channel is any. */
  channels: Array<string | undefined>;
  shared: { sender?: string; addressOptions?: AddressOptions };
}

/** Reads contact, channels, sender and address options, which all action nodes share. */
export const scopeOf = (fields: Fields, definition: ScopeDefinition, { strict }: { strict: boolean }): Read<Scope> => {
  const contact = fields.any('contact', { defaultType: 'message', ofMessage: (msg) => contactOfMessage(msg)?.people });
  const channels = fields.texts('channels', { strict, ofMessage: (msg) => contactOfMessage(msg)?.channel });
  const sender = fields.text('sender', limits.senderNameLength, { strict });
  const country = fields.text('defaultCountry', limits.addressLength);

  return async (msg) => {
    const [given, channelNames, senderName, defaultCountry] = await Promise.all([contact(msg), channels(msg), sender(msg), country(msg)]);
    const addressOptions: AddressOptions = {
      ...(definition.digits ? { digits: definition.digits } : {}),
      ...(defaultCountry ? { defaultCountry: defaultCountry.toUpperCase() } : {}),
    };
    return {
      people: peopleOf(given),
      channels: channelNames.length > 0 ? channelNames : [undefined],
      shared: {
        ...(senderName === undefined ? {} : { sender: senderName }),
        ...(Object.keys(addressOptions).length > 0 ? { addressOptions } : {}),
      },
    };
  };
};
