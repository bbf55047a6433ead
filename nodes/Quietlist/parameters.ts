import { NodeOperationError, type IDataObject } from 'n8n-workflow';
import { splitContacts } from '@quietlist/client/split-contacts';
import type { Person } from '@quietlist/client/types';
import type { AddressInput, AddressOptions } from '@quietlist/contract/address';
import { limits } from '@quietlist/contract/limits';
import { toInstant } from './instants.ts';
import type { Run } from './run.ts';

/** Stands for “any” in the dropdowns of channels and lists; no channel can be called so. */
export const anyValue = '*';

/**
 * The contacts of a field (A5): text with commas between them, a number, or a list of such from an expression. Never none: a
 * blank one stands for a missing contact, which the client holds or reports.
 */
export const contactsOf = (value: unknown): AddressInput[] => {
  const contacts = given(value);
  return contacts.length > 0 ? contacts : [''];
};

const given = (value: unknown): AddressInput[] => {
  if (typeof value === 'string') return splitContacts(value);
  if (typeof value === 'number') return [value];
  return Array.isArray(value) ? value.flatMap(given) : [];
};

/**
 * The people of an item. Each contact is one of their own; the other addresses belong to the one person that the contact names, and are
 * written and checked with it.
 */
export const peopleOf = (run: Run, itemIndex: number, { otherAddresses }: IDataObject): Person[] => {
  const contacts = contactsOf(run.read('contact', itemIndex));
  const others = given(otherAddresses);
  if (others.length === 0) return contacts;
  if (contacts.length === 1) return [[...contacts, ...others].filter((contact) => contact !== '')];
  throw parameterError(run, itemIndex, '“Other Addresses” belong to one person, and “Contact” names several', 'Give one contact, or leave the other addresses out.');
};

/** Chosen channels or lists: a selection, or text from an expression. “Any” among them takes in all others. */
export const choicesOf = (value: unknown): string[] => {
  const given = Array.isArray(value) ? value : String(value ?? '').split(',');
  const choices = [...new Set(given.map((choice) => String(choice ?? '').trim()).filter((choice) => choice !== ''))];
  return choices.includes(anyValue) ? [anyValue] : choices;
};

/** Channels are slugs in lower case; what people write for them is not always. `null` means any. */
export const channelsOf = (value: unknown): Array<string | null> =>
  choicesOf(value).map((channel) => (channel === anyValue ? null : channel.toLowerCase()));

/** Of an add: the less is said, the more is suppressed. */
export const channelsOrAny = (value: unknown): Array<string | null> => {
  const channels = channelsOf(value);
  return channels.length > 0 ? channels : [null];
};

/** Text of a field, or undefined when it says nothing. Whether it is a word of the contract is the client's to judge. */
export const textOf = <Word extends string = string>(value: unknown): Word | undefined => {
  const text = value === undefined || value === null ? '' : String(value).trim();
  return text === '' ? undefined : (text as Word);
};

/** One line, cut at the limit: a note is for people, and a long one must never be why an opt-out is refused. */
export const noteOf = (value: unknown): string | undefined =>
  textOf(value)
    ?.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .slice(0, limits.noteLength)
    .replace(/[\ud800-\udfff]/gu, '\ufffd');

type Defined<T> = { [Name in keyof T]?: Exclude<T[Name], undefined> };

/** Without the fields that say nothing: the service fills in every default itself. */
export const defined = <T extends object>(fields: T): Defined<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;

const noOptions: IDataObject = Object.freeze({});

export const optionsOf = (run: Run, itemIndex: number): IDataObject => (run.read('options', itemIndex) ?? noOptions) as IDataObject;

export const addressOptionsOf = (options: IDataObject): AddressOptions | undefined => {
  const addressOptions = defined({ digits: textOf<'international' | 'national'>(options.digits), defaultCountry: textOf(options.defaultCountry)?.toUpperCase() });
  return Object.keys(addressOptions).length > 0 ? addressOptions : undefined;
};

/** The parameter is wrong, not the service: said with its own name, and before anything is sent. */
export const parameterError = (run: Run, itemIndex: number, message: string, description: string): NodeOperationError =>
  new NodeOperationError(run.node, message, { description, itemIndex });

/** A checkbox, also from an expression or a sheet where it is the word true or false. Nothing else is taken for a yes or a no. */
export const booleanOf = (run: Run, itemIndex: number, name: string, label: string): boolean => {
  const word = String(run.read(name, itemIndex) ?? '').trim().toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  throw parameterError(run, itemIndex, `“${label}” is neither true nor false`, 'Let the expression answer true or false for every item.');
};

export const instantOf = (run: Run, itemIndex: number, value: unknown, label: string): string | undefined => {
  if (textOf(value) === undefined) return undefined;
  const instant = toInstant(value, run.context.getTimezone());
  if (instant !== null) return instant;
  throw parameterError(run, itemIndex, `“${label}” is not a date`, 'Pick a date, or give one such as 2026-12-31T18:00:00Z.');
};

/** What is lifted, and by whose consent, is said and never assumed: an expression that answers nothing lifts nothing. */
export const said = <T extends string | unknown[]>(run: Run, itemIndex: number, value: T | undefined, label: string): T => {
  if (value !== undefined && value.length > 0) return value;
  throw parameterError(run, itemIndex, `“${label}” says nothing`, 'Fill it in, and see that its expression has a value for every item.');
};
