import type { AddressProblemCode } from '@quietlist/contract/address-problems';
import { aliasOf, hasAlias } from './phone-aliases.ts';
import { countryOf, isNorthAmerican, isPlainlyPossible, longestNumber } from './numbering-plan.ts';
import { openEnvelope } from './phone-envelope.ts';
import { readAfterDoubleZero, readInternational, readNational, type NumberReading } from './phone-number.ts';
import { asciiPhoneText, holdsSeveral, withoutExtension, withoutNumberFormat, withoutWrapping } from './phone-text.ts';
import { failure, longestText, type AddressOptions, type AddressResult } from './result.ts';
import { readWhatsappId } from './whatsapp-id.ts';

type PhoneOptions = Pick<AddressOptions, 'digits' | 'defaultCountry'>;

const plain = /^\+?\(?\d[\d ().-]*$/;
/** A trunk zero in brackets, or what may be a decimal fraction. */
const doubtful = /\( *0 *\)|\.\d{1,2}[^0-9]*$/;
/** No form of one number is longer once its link is opened; the patterns below it take the square of the length. */
const longestForm = 128;
const separators = /[^0-9]+/g;
/** At most one plus, before the first digit; then digits, spaces, brackets, dots, slashes and hyphens. */
const numberShape = /^[\s([]*(?:\+[\s+]*)?[\s([]*\d[()[\]\d\s./-]*$/;

/** Reads a phone number in any of the forms of docs/reference/addresses.md. */
export function parsePhone(input: unknown, options: PhoneOptions = {}): AddressResult {
  if (typeof input === 'string') return fastPhone(input) ?? plainPhone(input, options) ?? slowPhone(input, options);
  if (typeof input === 'number') {
    if (!Number.isSafeInteger(input)) return failure('lossy_number');
    return input < 0 ? failure('not_a_phone') : slowPhone(String(input), options);
  }
  if (typeof input === 'bigint') return input < 0n ? failure('not_a_phone') : slowPhone(String(input), options);
  return failure('not_text');
}

/** E.164 that libphonenumber would not change; undefined leaves the decision to the slow path, with which it always agrees. */
export function fastPhone(text: string): AddressResult | undefined {
  if (!isE164(text)) return undefined;
  return isPlainlyPossible(text, 1) ? phoneOf(text.slice(1), text) : undefined;
}

/** Whether the text is E.164 that neither libphonenumber nor an alias would change. */
export const isOwnPhoneKey = (text: string): boolean => isE164(text) && isPlainlyPossible(text, 1) && !hasAlias(text, 1);

/** `^\+[1-9]\d{6,14}$`, in a third of the time: a bulk check asks it of nearly everybody. */
function isE164(text: string): boolean {
  if (text.length < 8 || text.length > 16 || text.charCodeAt(0) !== 43 || text.charCodeAt(1) === 48) return false;
  for (let index = 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

/**
 * Digits with the usual separators, which have nothing to be taken off; undefined leaves the decision to the slow path, with which it
 * always agrees.
 */
export function plainPhone(text: string, options: PhoneOptions): AddressResult | undefined {
  const start = text.startsWith('whatsapp:+') ? 9 : text.startsWith('tel:+') ? 4 : 0;
  const number = start === 0 ? text : text.slice(start);
  if (number.length > 32 || !plain.test(number) || doubtful.test(number)) return undefined;
  const digits = number.replace(separators, '');
  return digits.length > longestNumber ? undefined : resultOf(readDigits(digits, number.startsWith('+'), options));
}

export function slowPhone(input: string, options: PhoneOptions): AddressResult {
  if (input.length > longestText) return failure('too_long');
  const ascii = asciiPhoneText(input);
  if (ascii === undefined) return failure('bad_characters');
  if (ascii === '') return failure('empty');
  return plainPhone(ascii, options) ?? dissectedPhone(ascii.replace(/ {2,}/g, ' '), options);
}

/** Takes off, one after another, all that may stand around a number. */
export function dissectedPhone(ascii: string, options: PhoneOptions): AddressResult {
  const wrapped = withoutWrapping(ascii);
  const envelope = openEnvelope(wrapped);
  if (envelope !== undefined && !envelope.ok) return failure(envelope.code);
  const text = envelope === undefined ? wrapped : withoutWrapping(envelope.text);
  const id = readWhatsappId(text);
  if (id?.what === 'phone') return resultOf(readInternational(id.digits));
  if (id !== undefined) return failure(text.includes('@') ? 'not_a_phone' : 'letters');
  if (text.includes('@')) return failure('not_a_phone');
  return readText(text, envelope?.international ?? false, options);
}

function readText(text: string, international: boolean, options: PhoneOptions): AddressResult {
  if (text.length > longestForm) return failure(holdsSeveral(text.slice(0, longestForm)) ? 'many' : 'too_long');
  const unformatted = withoutNumberFormat(text);
  if ('code' in unformatted) return failure(unformatted.code);
  const number = withoutExtension(unformatted.text);
  const code = problemOf(number);
  if (code !== undefined) return failure(code);
  const plus = /^[\s([]*\+[\s+]*/.exec(number)?.[0] ?? '';
  const withZero = number.slice(plus.length);
  const read = (part: string): NumberReading => readDigits(part.replace(/[^0-9]/g, ''), plus !== '' || international, options);
  const withoutZero = withZero.replace(/^(.*?\d.*?)\(\s*0\s*\)/, '$1');
  return resultOf(withoutZero === withZero ? read(withZero) : betterOf(read(withoutZero), read(withZero)));
}

function problemOf(text: string): AddressProblemCode | undefined {
  if (holdsSeveral(text)) return 'many';
  if (/\p{L}/u.test(text)) return 'letters';
  if (/[*#]/.test(text)) return 'not_a_phone';
  if (!/\d/.test(text) || /^-/.test(text)) return 'not_a_phone';
  return numberShape.test(text) ? undefined : 'bad_characters';
}

function readDigits(digits: string, international: boolean, options: PhoneOptions): NumberReading {
  const country = options.defaultCountry === undefined ? undefined : countryOf(options.defaultCountry);
  if (international) {
    return digits.startsWith('011') && country !== undefined && isNorthAmerican(country) ? readInternational(digits.slice(3)) : readInternational(digits);
  }
  if (digits.startsWith('00')) return readAfterDoubleZero(digits, options.defaultCountry);
  if (digits.startsWith('0') || options.digits === 'national') return readNational(digits, options.defaultCountry);
  return readInternational(digits);
}

/** “(0)” after a country code is a trunk prefix to leave out, except in countries whose numbers keep their zero: the assigned reading wins. */
function betterOf(withoutZero: NumberReading, withZero: NumberReading): NumberReading {
  if (!withoutZero.ok || !withZero.ok) return withZero.ok ? withZero : withoutZero;
  if (withoutZero.digits === withZero.digits || withoutZero.valid()) return withoutZero;
  return withZero.valid() ? withZero : withoutZero;
}

const resultOf = (reading: NumberReading): AddressResult => (reading.ok ? phoneOf(reading.digits, `+${reading.digits}`) : failure(reading.code));

function phoneOf(digits: string, address: string): AddressResult {
  const alias = aliasOf(digits);
  if (alias.matchedBy === undefined) return { ok: true, value: { kind: 'phone', address, key: address } };
  return { ok: true, value: { kind: 'phone', address, key: `+${alias.digits}`, matchedBy: alias.matchedBy } };
}
