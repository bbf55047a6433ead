/**
 * Ways in which people write a number that libphonenumber does not undo: dialling prefixes that a country has abolished, or two marks
 * of a mobile at once. Tried only when the number as written is not possible. `pattern` is matched against the digits, country code first.
 */
export interface WrittenForm {
  id: string;
  country: string;
  pattern: string;
  replacement: string;
  why: string;
}

export const writtenForms: readonly WrittenForm[] = [
  { id: 'mx_dialling_prefix', country: 'MX', pattern: '^52(?:01|04[45])(\\d{10})$', replacement: '52$1', why: 'Trunk prefix 01 and mobile prefixes 044 and 045, abolished on 3 August 2019' },
  { id: 'ar_9_and_trunk', country: 'AR', pattern: '^5490(\\d{10}|\\d{12})$', replacement: '549$1', why: 'Trunk zero written after the mobile 9' },
  { id: 'ar_9_and_15', country: 'AR', pattern: '^549(\\d{12})$', replacement: '54$1', why: 'Mobile 15 after the area code written beside the mobile 9' },
];

const startsListed = /^5[24]/;
const compiled = writtenForms.map(({ pattern, replacement }) => ({ pattern: new RegExp(pattern), replacement }));

/** The usual form of a number, or undefined when it is in none of the listed forms. */
export function usualForm(digits: string): string | undefined {
  if (!startsListed.test(digits)) return undefined;
  for (const { pattern, replacement } of compiled) {
    if (pattern.test(digits)) return digits.replace(pattern, replacement);
  }
  return undefined;
}
