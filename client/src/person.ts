import type { AddressInput } from '@quietlist/contract/address';
import { limits } from '@quietlist/contract/limits';
import { isRemoveEntriesRequest } from '@quietlist/contract/validators';
import type { Person } from './types.ts';

/** Why a person is not sent at all. The words are for the user of a flow. */
export const personProblems = {
  missing_contact: 'No contact was given. Fill in a phone number, an e-mail address or a channel handle.',
  invalid_contact: `The contact is not text, a number or an address object, or it is too long (at most ${limits.addressLength} characters an address, ${limits.addressesPerItem} addresses a person). Correct it.`,
} as const;

export type PersonProblem = keyof typeof personProblems;

/** A person as it can be sent, with an upper bound of its bytes in JSON; or why not. */
export type PreparedPerson = { person: Person; bytes: number } | { problem: PersonProblem };

const visibleAscii = /^[!-~]/;

const isBlank = (address: unknown): boolean => {
  if (typeof address === 'string') return !visibleAscii.test(address) && address.trim() === '';
  if (typeof address === 'object' && address !== null && 'value' in address) return isBlank(address.value);
  return address === undefined || address === null;
};

/** A character of JSON text takes at most 6 bytes: as an escape, or 3 as UTF-8. */
export const jsonBytes = (value: unknown): number => 6 * (typeof value === 'string' ? value.length : JSON.stringify(value).length) + 64;

/** Whether a person is given as one text that is not blank, and not too long: nearly everybody is. */
export const isPlainText = (person: unknown): person is string => typeof person === 'string' && person.length <= limits.addressLength && !isBlank(person);

/** Blank addresses of a person are left out, so that a sheet with an empty e-mail column works; nobody is left: `missing_contact`. */
export const preparePerson = (input: unknown): PreparedPerson => {
  if (isPlainText(input)) return { person: input, bytes: jsonBytes(input) };
  let person: unknown = input;
  if (Array.isArray(input)) {
    const given: unknown[] = input.filter((address) => !isBlank(address));
    if (given.length === 0) return { problem: 'missing_contact' };
    person = given.length === 1 && !Array.isArray(given[0]) ? given[0] : given;
  } else if (isBlank(input)) return { problem: 'missing_contact' };
  return isPerson(person) ? { person, bytes: jsonBytes(person) } : { problem: 'invalid_contact' };
};

/** An address or the addresses of one person: exactly what a removal takes, so its validator is asked. */
const isPerson = (value: unknown): value is AddressInput | AddressInput[] => isRemoveEntriesRequest({ addresses: [value] });
