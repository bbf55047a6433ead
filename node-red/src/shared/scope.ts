import type { NodeDef, NodeMessageInFlow } from 'node-red';
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

interface ScopeReading {
  /** Naming a place that holds nothing is an error. */
  strict: boolean;
  /** Whom a message names by itself; default: who is in contact with us by it. */
  peopleOfMessage?(msg: NodeMessageInFlow): Person[] | undefined;
}

/** How phone digits are read, where the node says so. */
export const addressOptionsOf = (fields: Fields, { digits }: ScopeDefinition): Read<{ addressOptions?: AddressOptions }> => {
  const country = fields.text('defaultCountry', limits.addressLength);
  return async (msg) => {
    const defaultCountry = await country(msg);
    const addressOptions: AddressOptions = { ...(digits ? { digits } : {}), ...(defaultCountry ? { defaultCountry: defaultCountry.toUpperCase() } : {}) };
    return Object.keys(addressOptions).length > 0 ? { addressOptions } : {};
  };
};

/** Reads contact, channels, sender and address options, which checks and writes share. */
export const scopeOf = (fields: Fields, definition: ScopeDefinition, { strict, peopleOfMessage = (msg) => contactOfMessage(msg)?.people }: ScopeReading): Read<Scope> => {
  const contact = fields.any('contact', { defaultType: 'message', ofMessage: peopleOfMessage });
  const channels = fields.texts('channels', { strict, ofMessage: (msg) => contactOfMessage(msg)?.channel });
  const sender = fields.text('sender', limits.senderNameLength, { strict });
  const addressOptions = addressOptionsOf(fields, definition);

  return async (msg) => {
    const [given, channelNames, senderName, options] = await Promise.all([contact(msg), channels(msg), sender(msg), addressOptions(msg)]);
    return {
      people: peopleOf(given),
      channels: channelNames.length > 0 ? channelNames : [undefined],
      shared: { ...(senderName === undefined ? {} : { sender: senderName }), ...options },
    };
  };
};
