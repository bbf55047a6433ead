import type { AddressInput, AddressOptions } from '@quietlist/contract/address';
import type { AddressProblemCode } from '@quietlist/contract/address-problems';
import { limits } from '@quietlist/contract/limits';
import { parseAddress, type ParsedAddress } from './address/address.ts';

/** An address that could not be read, kept under its own text so that an opt-out is never lost. */
export interface UnreadableAddress {
  code: AddressProblemCode;
  /** The text as it was received, trimmed; empty when there was none. */
  text: string;
  key: string;
}

/** The addresses of one person: those that were read, and those that could not be. */
export interface Person {
  addresses: ParsedAddress[];
  unreadable: UnreadableAddress[];
  /**
   * Keys under which the texts of `addresses` would be kept had they not been read: an opt-out that came without its country was kept
   * so, and must still hold when a check reads the same text with one.
   */
  textKeys: string[];
}

/** How addresses are read when they do not say so themselves. */
export interface ReadingOptions extends AddressOptions {
  channel: string | null;
}

/** The text as it is kept: canonical Unicode, so that one text has one key, and without control characters, which not every store takes. */
const keptText = (value: string | number): string =>
  String(value).toWellFormed().replace(/\p{Cc}+/gu, ' ').normalize('NFC').trim().slice(0, limits.addressLength);

/** The key of a text that could not be read. */
const unverifiedKey = (text: string): string => `unverified::${text}`;

/** Reads one address. An object may say kind, channel and scope itself; the rest comes from the options. */
function readInto(person: Person, input: AddressInput, options: ReadingOptions): void {
  const { value, kind, channel, scope } =
    typeof input === 'object' ? input : { value: input, kind: undefined, channel: undefined, scope: undefined };
  const ownChannel = channel ?? options.channel;
  const result = parseAddress(value, {
    ...(kind ? { kind } : {}),
    ...(ownChannel ? { channel: ownChannel } : {}),
    ...(scope ? { scope } : {}),
    ...(options.digits ? { digits: options.digits } : {}),
    ...(options.defaultCountry ? { defaultCountry: options.defaultCountry } : {}),
  });
  if (result.ok && !person.addresses.some((address) => address.key === result.value.key)) person.addresses.push(result.value);
  if (result.ok && value === result.value.key) return;
  const text = result.ok || result.code !== 'empty' ? keptText(value) : '';
  if (result.ok) person.textKeys.push(unverifiedKey(text));
  else person.unreadable.push({ code: result.code, text, key: unverifiedKey(text) });
}

/** Reads all addresses of one person. */
export function readPerson(inputs: readonly AddressInput[], options: ReadingOptions): Person {
  const person: Person = { addresses: [], unreadable: [], textKeys: [] };
  for (const input of inputs) readInto(person, input, options);
  return person;
}

/** The e-mail key without tags and dots, where it says more than the key itself. */
export const mailboxOf = (address: ParsedAddress): string | null =>
  address.mailbox !== undefined && address.mailbox !== address.key ? address.mailbox : null;
