import type { AddressInput, AddressOptions } from '@quietlist/contract/address';
import type { AddressProblemCode } from '@quietlist/contract/address-problems';
import { limits } from '@quietlist/contract/limits';
import { parseAddress, type AddressOptions as AddressParsing, type AddressResult, type ParsedAddress } from './address/address.ts';
import { mailboxRuleOf } from './address/mailbox-rules.ts';

/** An address that could not be read, kept under its own text so that an opt-out is never lost. */
export interface UnreadableAddress {
  code: AddressProblemCode;
  /** The text as it was received, trimmed; empty when there was none. */
  text: string;
  key: string;
}

/** The addresses of one person: those that were read, and those that could not be. */
export interface Person {
  addresses: readonly ParsedAddress[];
  unreadable: readonly UnreadableAddress[];
  /**
   * Keys under which the texts of `addresses` would be kept had they not been read: an opt-out that came without its country was kept
   * so, and must still hold when a check reads the same text with one.
   */
  textKeys: readonly string[];
}

/** How addresses are read when they do not say so themselves. */
export interface ReadingOptions extends AddressOptions {
  channel: string | null;
}

/** The text as it is kept: canonical Unicode, so that one text has one key, and without control characters, which not every store takes. */
const keptText = (value: string | number): string =>
  String(value).toWellFormed().replace(/\p{Cc}+/gu, ' ').normalize('NFC').trim().slice(0, limits.addressLength).toWellFormed();

/** The key of a text that could not be read. */
const unverifiedKey = (text: string): string => `unverified::${text}`;

/** One address as it is given to the canonicaliser. An object may say kind, channel and scope itself; the rest comes from the options. */
function parseInput(input: AddressInput, options: AddressParsing): { value: string | number; result: AddressResult } {
  if (typeof input !== 'object') return { value: input, result: parseAddress(input, options) };
  const { value, kind, channel, scope } = input;
  return { value, result: parseAddress(value, { ...options, ...(kind ? { kind } : {}), ...(channel ? { channel } : {}), ...(scope ? { scope } : {}) }) };
}

/** What most people have none of. Shared, because a bulk check reads 10,000 people at once. */
const none: readonly never[] = [];

/** Makes a function that reads all addresses of one person, in whichever of the listed forms they come. */
export function personReader({ channel, digits, defaultCountry }: ReadingOptions): (inputs: readonly AddressInput[]) => Person {
  const options: AddressParsing = { ...(channel ? { channel } : {}), ...(digits ? { digits } : {}), ...(defaultCountry ? { defaultCountry } : {}) };
  return (inputs) => {
    let person: Person | undefined;
    for (const input of inputs) {
      const { value, result } = parseInput(input, options);
      const read = personOf(value, result);
      person = person === undefined ? read : merged(person, read);
    }
    return person ?? { addresses: none, unreadable: none, textKeys: none };
  };
}

function personOf(value: string | number, result: AddressResult): Person {
  if (result.ok && value === result.value.key) return { addresses: [result.value], unreadable: none, textKeys: none };
  const text = result.ok || result.code !== 'empty' ? keptText(value) : '';
  const key = unverifiedKey(text);
  return result.ok
    ? { addresses: [result.value], unreadable: none, textKeys: [key] }
    : { addresses: none, unreadable: [{ code: result.code, text, key }], textKeys: none };
}

const merged = (one: Person, other: Person): Person => ({
  addresses: [...one.addresses, ...other.addresses.filter(({ key }) => !one.addresses.some((address) => address.key === key))],
  unreadable: [...one.unreadable, ...other.unreadable],
  textKeys: [...one.textKeys, ...other.textKeys],
});

/** Reads all addresses of one person. */
export const readPerson = (inputs: readonly AddressInput[], options: ReadingOptions): Person => personReader(options)(inputs);

/** The mailbox by which other addresses of the same person may be found: only providers with a rule have one. */
export function sharedMailboxOf({ kind, mailbox }: ParsedAddress): string | null {
  if (kind !== 'email' || mailbox === undefined) return null;
  return mailboxRuleOf(mailbox.slice(mailbox.lastIndexOf('@') + 1)) === undefined ? null : mailbox;
}

/** Every text by which an entry of this person may be found, but for addresses that are linked to it. */
export function keysOf(person: Person, withMailboxes: boolean): string[] {
  const keys = [...person.textKeys];
  for (const { key } of person.unreadable) keys.push(key);
  for (const address of person.addresses) {
    keys.push(address.key);
    const mailbox = withMailboxes ? sharedMailboxOf(address) : null;
    if (mailbox !== null && mailbox !== address.key) keys.push(mailbox);
  }
  return keys;
}

/** The e-mail key without tags and dots, where it says more than the key itself. */
export const mailboxOf = (address: ParsedAddress): string | null =>
  address.mailbox !== undefined && address.mailbox !== address.key ? address.mailbox : null;
