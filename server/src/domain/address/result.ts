import type { AddressProblemCode } from '@quietlist/contract/address-problems';
import type { AddressKind } from '@quietlist/contract/vocabulary';

export interface AddressOptions {
  kind?: AddressKind;
  channel?: string;
  /** The page, provider, team or widget that an id belongs to, where the channel's ids are not global. */
  scope?: string;
  /** What digits without a plus are. Never guessed: `international` unless told. */
  digits?: 'international' | 'national';
  defaultCountry?: string;
}

export interface ParsedAddress {
  kind: AddressKind;
  /** What one would send to. */
  address: string;
  /** What matches. Never used to send. */
  key: string;
  /** The second key of an e-mail address; equals `key` where its provider has no listed rule. */
  mailbox?: string;
  /** The id of the listed rule that made `key` differ from `address`. */
  matchedBy?: string;
}

export type AddressFailure = { ok: false; code: AddressProblemCode };
export type AddressResult = { ok: true; value: ParsedAddress } | AddressFailure;

export const failure = (code: AddressProblemCode): AddressFailure => ({ ok: false, code });

/** The longest text that is looked at: `limits.addressLength` of the contract. */
export const longestText = 512;
