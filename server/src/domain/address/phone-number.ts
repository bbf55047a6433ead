import { ParseError, parsePhoneNumberWithError } from 'libphonenumber-js/min';
import type { CountryCode } from 'libphonenumber-js/min';
import type { AddressProblemCode } from '@quietlist/contract/address-problems';
import { aliasOf } from './phone-aliases.ts';
import { callingCodeLength, countryOf, hasShortNumbers, isPlainlyImpossible, isPlainlyPossible, lacksAreaCode, longestNumber, mayTakePrefix, plainNational, withoutInternationalPrefix, withoutNationalPrefix } from './numbering-plan.ts';
import { usualForm } from './phone-written-forms.ts';

/** A number that was understood (digits, country code first), or why it was not. `valid` only ever decides between two readings. */
export type NumberReading = { ok: true; digits: string; valid: () => boolean } | { ok: false; code: AddressProblemCode };

const refused = (code: AddressProblemCode): NumberReading => ({ ok: false, code });
const shortest = 7;

/** Reads digits that begin with a country code. */
export function readInternational(digits: string): NumberReading {
  if (digits.startsWith('00')) return readInternational(digits.slice(2));
  if (digits.length < shortest) return refused('short_code');
  if (digits.length > longestNumber) return refused('too_long');
  if (callingCodeLength(digits) === 0) return refused('unknown_country_code');
  const plain = isPlainlyPossible(digits) ? digits : withoutNationalPrefix(digits);
  if (plain !== undefined) return plainly(plain);
  return isPlainlyImpossible(digits) ? listedOr(digits, refused('not_possible')) : readByLibrary(digits);
}

const plainly = (digits: string): NumberReading => ({ ok: true, digits, valid: () => byLibrary(`+${digits}`)?.isValid() ?? false });

/** The slow path of `readInternational`: libphonenumber decides, then the listed forms that it does not know. */
export function readByLibrary(digits: string): NumberReading {
  const reading = settled(byLibrary(`+${digits}`));
  return reading.ok ? reading : listedOr(digits, reading);
}

/** The reading by the listed forms that libphonenumber does not know, or else the given refusal. */
function listedOr(digits: string, refusal: NumberReading): NumberReading {
  const usual = usualForm(digits);
  if (usual !== undefined) {
    const repaired = readInternational(usual);
    if (repaired.ok) return repaired;
  }
  if (aliasOf(digits).matchedBy !== undefined) return { ok: true, digits, valid: () => true };
  return refusal;
}

/** Reads digits as they are dialled inside that country. */
export function readNational(digits: string, defaultCountry: string | undefined): NumberReading {
  if (defaultCountry === undefined || defaultCountry === '') return refused('national_format_needs_country');
  const country = countryOf(defaultCountry);
  if (country === undefined) return refused('unknown_country');
  if (digits.length > longestNumber + 3) return refused('too_long');
  const plain = plainNational(digits, country);
  return plain === undefined ? readNationalByLibrary(digits, country) : plainly(plain);
}

/** The slow path of `readNational`. */
export function readNationalByLibrary(digits: string, country: CountryCode): NumberReading {
  const number = byLibrary(digits, country);
  const tooShort = refused(digits.length < shortest ? 'short_code' : 'not_possible');
  if (number === undefined) return tooShort;
  if (number.nationalNumber.length < shortest && !(hasShortNumbers(country) && number.isValid())) return tooShort;
  const reading = settled(number);
  return reading.ok ? reading : readByLibrary(number.countryCallingCode + number.nationalNumber);
}

/**
 * Reads digits that begin with 00: the prefix that ITU recommends, or the one of the default country when that also begins with 00
 * (0011 in Australia, 00 and a carrier in Brazil). Where both readings stand and only one is an assigned number, that one; else neither.
 */
export function readAfterDoubleZero(digits: string, defaultCountry: string | undefined): NumberReading {
  const usual = readInternational(digits.slice(2));
  const country = defaultCountry === undefined ? undefined : countryOf(defaultCountry);
  const rest = country === undefined ? undefined : withoutInternationalPrefix(digits, country);
  if (rest === undefined || rest.length === digits.length - 2) return usual;
  const ofCountry = readInternational(rest);
  if (!usual.ok || !ofCountry.ok) return usual.ok ? usual : ofCountry.ok ? ofCountry : usual;
  if (usual.digits === ofCountry.digits) return usual;
  const [usualValid, ofCountryValid] = [usual.valid(), ofCountry.valid()];
  if (usualValid === ofCountryValid) return refused('ambiguous');
  return usualValid ? usual : ofCountry;
}

type LibraryNumber = ReturnType<typeof parsePhoneNumberWithError>;

/** The library's reading of these digits, taken again until no further national prefix comes off, so that a result read again is itself. */
function byLibrary(text: string, country?: CountryCode): LibraryNumber | undefined {
  try {
    let number = parsePhoneNumberWithError(text, country === undefined ? { extract: false } : { defaultCountry: country, extract: false });
    for (let round = 0; round < longestNumber && mayTakePrefix(number.number.slice(1)); round += 1) {
      const again = parsePhoneNumberWithError(number.number, { extract: false });
      if (again.number === number.number) break;
      number = again;
    }
    return number;
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

function settled(number: LibraryNumber | undefined): NumberReading {
  if (number === undefined || !number.isPossible()) return refused('not_possible');
  if (lacksAreaCode(number.countryCallingCode, number.nationalNumber)) return refused('not_possible');
  const digits = number.number.slice(1);
  if (digits.length < shortest) return refused('short_code');
  if (digits.length > longestNumber) return refused('too_long');
  return { ok: true, digits, valid: () => number.isValid() };
}
