import { Metadata } from 'libphonenumber-js/min';
import type { CountryCode } from 'libphonenumber-js/min';

/** What the fast path may decide without libphonenumber about the numbers of one country code. */
interface NumberingPlan {
  /** Bit n is set when n digits after the country code are possible in every country that shares it. */
  lengths: number;
  /** Where libphonenumber may take a national prefix away, it decides. */
  nationalPrefix: RegExp | undefined;
}

/**
 * Lengths that only special numbers of a country have, and those numbers. Any other number of such a length has lost its area code,
 * and without it would be somebody else's.
 */
const specialNumbers: Record<string, { lengths: readonly number[]; pattern: RegExp }> = {
  55: { lengths: [8, 9], pattern: /^(?:[3589]00\d{6}|30[03]\d{5}|40(?:0\d|20)\d{4}|(?:4370|4864)\d{4})$/ },
};

interface RawPlan {
  callingCode(): string;
  possibleLengths(): number[];
  nationalPrefixForParsing(): string | undefined;
  IDDPrefix(): string | undefined;
}

// `numberingPlan` and the list of countries are of the library's own Metadata class; its type declarations leave them out.
type OpenMetadata = {
  numberingPlan: RawPlan;
  selectNumberingPlan(code: string): void;
  getCountryCodesForCallingCode(code: string): string[] | undefined;
  hasCallingCode(code: string): boolean | undefined;
  hasCountry(code: string): boolean;
};

const metadata = new Metadata() as unknown as OpenMetadata;
/** By country code. */
const plans = Array.from({ length: 1000 }, (_, code) => planOf(String(code)));

function planOf(code: string): NumberingPlan | undefined {
  if (!metadata.hasCallingCode(code)) return undefined;
  const countries = metadata.getCountryCodesForCallingCode(code) ?? [code];
  let lengths = ~0;
  for (const country of countries) lengths &= bits(rawPlan(country).possibleLengths());
  lengths &= ~bits(specialNumbers[code]?.lengths ?? []);
  const prefix = rawPlan(code).nationalPrefixForParsing();
  return { lengths, nationalPrefix: prefix ? new RegExp(`^(?:${prefix})`) : undefined };
}

function rawPlan(code: string): RawPlan {
  metadata.selectNumberingPlan(code);
  return metadata.numberingPlan;
}

function bits(lengths: readonly number[]): number {
  return lengths.reduce((mask, length) => mask | (1 << length), 0);
}

/** How many digits the country code takes (1 to 3), or 0 when no country has it. No country code begins another. */
export function callingCodeLength(digits: string): number {
  let code = 0;
  for (let length = 1; length <= 3 && length <= digits.length; length += 1) {
    code = code * 10 + digits.charCodeAt(length - 1) - 48;
    if (code === 0) return 0;
    if (plans[code] !== undefined) return length;
  }
  return 0;
}

/** True when libphonenumber would leave these digits (country code first) as they are and call them possible. False says nothing. */
export function isPlainlyPossible(digits: string): boolean {
  const codeLength = callingCodeLength(digits);
  if (codeLength === 0) return false;
  const plan = plans[Number(digits.slice(0, codeLength))] as NumberingPlan;
  return (plan.lengths & (1 << (digits.length - codeLength))) !== 0 && !takesPrefix(plan, digits.slice(codeLength));
}

/** True when a second reading of these digits might take a further national prefix away. */
export function mayTakePrefix(digits: string): boolean {
  const codeLength = callingCodeLength(digits);
  if (codeLength === 0) return false;
  return takesPrefix(plans[Number(digits.slice(0, codeLength))] as NumberingPlan, digits.slice(codeLength));
}

function takesPrefix(plan: NumberingPlan, national: string): boolean {
  const match = plan.nationalPrefix?.exec(national);
  return match !== null && match !== undefined && match[0] !== '';
}

/** True when the number has a length of special numbers only, and is none of them. */
export function lacksAreaCode(callingCode: string, national: string): boolean {
  const special = specialNumbers[callingCode];
  return special !== undefined && special.lengths.includes(national.length) && !special.pattern.test(national);
}

/** True in countries whose ordinary numbers may have fewer than seven digits (Andorra, the Faroes, Pacific islands): elsewhere those are short codes. */
export const hasShortNumbers = (country: CountryCode): boolean => Math.max(...rawPlan(country).possibleLengths()) <= 9;

/** ISO letters of a country that libphonenumber knows; UK, which people write, is GB. */
export function countryOf(text: string): CountryCode | undefined {
  const letters = text.trim().toUpperCase();
  const code = letters === 'UK' ? 'GB' : letters;
  return /^[A-Z]{2}$/.test(code) && metadata.hasCountry(code) ? (code as CountryCode) : undefined;
}

/** The digits without the international prefix of that country, or undefined when they do not begin with it. */
export function withoutInternationalPrefix(digits: string, country: CountryCode): string | undefined {
  const prefix = rawPlan(country).IDDPrefix();
  const match = prefix ? new RegExp(`^(?:${prefix})`).exec(digits) : null;
  return match ? digits.slice(match[0].length) : undefined;
}

export const isNorthAmerican = (country: CountryCode): boolean => rawPlan(country).callingCode() === '1';
