import { Metadata } from 'libphonenumber-js/min';
import type { CountryCode } from 'libphonenumber-js/min';

/**
 * Decides without libphonenumber about numbers where its reading is plain, from its own metadata; wherever it might do more than that
 * (a carrier code, a rewritten prefix, a country code left out), the answer is undefined and the library decides.
 */
interface NumberingPlan {
  callingCode: string;
  /** Bit n is set when n digits after the country code are possible in every country that shares it. */
  lengths: number;
  /** Bit n is set when n digits are possible in any of them. */
  anyLengths: number;
  nationalPrefix: RegExp | undefined;
  internationalPrefix: RegExp | undefined;
  national: RegExp;
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
  nationalNumberPattern(): string;
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

/** Digits of the longest number that is taken, with its country code; E.164 has 15, some countries more. */
export const longestNumber = 17;

const metadata = new Metadata() as unknown as OpenMetadata;
/** By country code, of the country that libphonenumber takes for it first. */
const plans = Array.from({ length: 1000 }, (_, code) => (metadata.hasCallingCode(String(code)) ? planOf(String(code)) : undefined));
const countryPlans = new Map<string, NumberingPlan>();

function planOf(code: string): NumberingPlan {
  const raw = rawPlan(code);
  const callingCode = raw.callingCode();
  const countries = metadata.getCountryCodesForCallingCode(callingCode) ?? [callingCode];
  const masks = countries.map((country) => bits(rawPlan(country).possibleLengths()));
  const shared = masks.reduce((mask, one) => mask & one, ~0);
  return {
    callingCode,
    lengths: shared & ~bits(specialNumbers[callingCode]?.lengths ?? []),
    anyLengths: masks.reduce((mask, one) => mask | one, 0),
    nationalPrefix: startOf(raw.nationalPrefixForParsing()),
    internationalPrefix: startOf(raw.IDDPrefix()),
    national: new RegExp(`^(?:${raw.nationalNumberPattern()})$`),
  };
}

function countryPlan(country: CountryCode): NumberingPlan {
  const known = countryPlans.get(country) ?? planOf(country);
  countryPlans.set(country, known);
  return known;
}

function rawPlan(code: string): RawPlan {
  metadata.selectNumberingPlan(code);
  return metadata.numberingPlan;
}

function startOf(pattern: string | undefined): RegExp | undefined {
  return pattern ? new RegExp(`^(?:${pattern})`) : undefined;
}

function bits(lengths: readonly number[]): number {
  return lengths.reduce((mask, length) => mask | (1 << length), 0);
}

/** The plan of a number, whose country code begins at `start`, or undefined when no country has that code. No country code begins another. */
function planFor(digits: string, start = 0): NumberingPlan | undefined {
  let code = 0;
  for (let place = start; place < start + 3 && place < digits.length; place += 1) {
    code = code * 10 + digits.charCodeAt(place) - 48;
    if (code === 0) return undefined;
    const plan = plans[code];
    if (plan !== undefined) return plan;
  }
  return undefined;
}

/** How many digits the country code takes (1 to 3), or 0 when no country has it. */
export const callingCodeLength = (digits: string): number => planFor(digits)?.callingCode.length ?? 0;

const hasLength = (plan: NumberingPlan, national: string): boolean => (plan.lengths & (1 << national.length)) !== 0;

/** True when libphonenumber would leave these digits (from `start` on, country code first) as they are and call them possible. False says nothing. */
export function isPlainlyPossible(digits: string, start = 0): boolean {
  const plan = planFor(digits, start);
  if (plan === undefined) return false;
  const national = start + plan.callingCode.length;
  return (plan.lengths & (1 << (digits.length - national))) !== 0 && !takesPrefix(plan, digits.slice(national));
}

/** True when no country of this code has numbers of this length, and libphonenumber would take nothing off. False says nothing. */
export function isPlainlyImpossible(digits: string): boolean {
  const plan = planFor(digits);
  if (plan === undefined) return false;
  const codeLength = plan.callingCode.length;
  return (plan.anyLengths & (1 << (digits.length - codeLength))) === 0 && !takesPrefix(plan, digits.slice(codeLength));
}

/** The same number without the national prefix after its country code, where that is all that libphonenumber would change. */
export function withoutNationalPrefix(digits: string): string | undefined {
  const plan = planFor(digits);
  return plan === undefined ? undefined : stripped(plan, digits.slice(plan.callingCode.length));
}

/** Digits dialled inside a country as a whole number, country code first, where libphonenumber would only take the national prefix away. */
export function plainNational(digits: string, country: CountryCode): string | undefined {
  const plan = countryPlan(country);
  // A national number that begins like the country code may be an international one; that is the library's to weigh.
  return digits.startsWith(plan.callingCode) || plan.internationalPrefix?.test(digits) ? undefined : stripped(plan, digits);
}

function stripped(plan: NumberingPlan, digits: string): string | undefined {
  const match = plan.nationalPrefix?.exec(digits);
  if (match?.slice(1).some((group) => group)) return undefined;
  const national = match ? digits.slice(match[0].length) : digits;
  if (national.length < 7 || !hasLength(plan, national)) return undefined;
  if (national !== digits && plan.national.test(digits) && !plan.national.test(national)) return undefined;
  const whole = plan.callingCode + national;
  return whole.length <= longestNumber && isPlainlyPossible(whole) ? whole : undefined;
}

/** True when a second reading of these digits might take a further national prefix away. */
export function mayTakePrefix(digits: string): boolean {
  const plan = planFor(digits);
  return plan !== undefined && takesPrefix(plan, digits.slice(plan.callingCode.length));
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
  const match = countryPlan(country).internationalPrefix?.exec(digits);
  return match ? digits.slice(match[0].length) : undefined;
}

export const isNorthAmerican = (country: CountryCode): boolean => countryPlan(country).callingCode === '1';
