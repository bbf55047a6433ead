/**
 * Numbers that reach the same person in an old and a new form. Every rule maps the old form to the new one, only where that map is a
 * function: two people never share a key. `pattern` is matched against the digits of the whole number, country code first.
 * Adding, changing or removing a rule changes `rulesVersion`, and stored keys are made again.
 */
export interface PhoneAliasRule {
  id: string;
  country: string;
  /** When the numbering plan changed, as far as it did. */
  since: string;
  pattern: string;
  replacement: string;
  why: string;
  source: string;
}

const brazil = 'Anatel resolution 553/2010: a ninth digit for mobiles; WhatsApp keeps the form of registration (WAHA #1974, PR 1976; evolution-api #2062)';
const coteDivoire = 'ARTCI, plan of 31 January 2021: ten digits, two-digit prefix by operator; WhatsApp keeps the old form (whapi.cloud)';

export const phoneAliasRules: readonly PhoneAliasRule[] = [
  {
    id: 'mx_mobile_1',
    country: 'MX',
    since: '2019-08-03',
    pattern: '^521([2-9]\\d{9})$',
    replacement: '52$1',
    why: 'The 1 before mobiles was abolished; WhatsApp still sends it',
    source: 'IFT numbering plan of 3 August 2019; libphonenumber 8.13.38; chatwoot #14048; odoo PR 202295',
  },
  { id: 'br_ninth_digit', country: 'BR', since: '2016-11-06', pattern: '^55([1-9][1-9])([6-9]\\d{7})$', replacement: '55$19$2', why: 'Mobiles got a ninth digit; landlines (2 to 5) did not', source: brazil },
  {
    id: 'ar_mobile_9',
    country: 'AR',
    since: '1999-01-24',
    pattern: '^54([123]\\d{9})$',
    replacement: '549$1',
    why: 'Mobiles are written with and without the 9, over one flat plan',
    source: 'Google libphonenumber FAQ, “Argentina and Mexico”; green-api',
  },
  { id: 'ci_mobile_01', country: 'CI', since: '2021-01-31', pattern: '^225([04-9][0-3]\\d{6})$', replacement: '22501$1', why: 'Moov mobiles got the prefix 01', source: coteDivoire },
  { id: 'ci_mobile_05', country: 'CI', since: '2021-01-31', pattern: '^225([04-9][4-6]\\d{6})$', replacement: '22505$1', why: 'MTN mobiles got the prefix 05', source: coteDivoire },
  { id: 'ci_mobile_07', country: 'CI', since: '2021-01-31', pattern: '^225([04-9][7-9]\\d{6})$', replacement: '22507$1', why: 'Orange mobiles got the prefix 07', source: coteDivoire },
  { id: 'ci_fixed_25', country: 'CI', since: '2021-01-31', pattern: '^225([23]\\d0\\d{5})$', replacement: '22525$1', why: 'MTN fixed lines got the prefix 25', source: coteDivoire },
  { id: 'ci_fixed_21', country: 'CI', since: '2021-01-31', pattern: '^225([23]\\d8\\d{5})$', replacement: '22521$1', why: 'Moov fixed lines got the prefix 21', source: coteDivoire },
  { id: 'ci_fixed_27', country: 'CI', since: '2021-01-31', pattern: '^225([23]\\d[1-79]\\d{5})$', replacement: '22527$1', why: 'Orange fixed lines got the prefix 27', source: coteDivoire },
  {
    id: 'bj_prefix_01',
    country: 'BJ',
    since: '2024-11-30',
    pattern: '^229([24-79]\\d{7})$',
    replacement: '22901$1',
    why: 'All numbers of people got the prefix 01; service numbers (8) did not',
    source: 'ARCEP Bénin, plan of 30 November 2024; libphonenumber 8.13.50',
  },
];

interface CompiledRule {
  id: string;
  /** Digits of every number that the pattern takes: the rest is ruled out without asking it. */
  length: number;
  pattern: RegExp;
  replacement: string;
}

/** By country code. */
const ruleIndex = new Array<CompiledRule[] | undefined>(1_000).fill(undefined);
for (const { id, pattern, replacement } of phoneAliasRules) {
  (ruleIndex[callingCodeOf(pattern)] ??= []).push({ id, length: lengthOf(pattern), pattern: new RegExp(pattern), replacement });
}

const digitAt = (digits: string, index: number): number => digits.charCodeAt(index) - 48;

/** The rule that applies to a number, from `start` on, if any. */
function ruleOf(digits: string, start = 0): CompiledRule | undefined {
  const twoDigits = digitAt(digits, start) * 10 + digitAt(digits, start + 1);
  const rules = ruleIndex[twoDigits] ?? ruleIndex[twoDigits * 10 + digitAt(digits, start + 2)];
  return rules?.find(({ length, pattern }) => length === digits.length - start && pattern.test(digits.slice(start)));
}

/** Whether the number, from `start` on, has a newer form than this. */
export const hasAlias = (digits: string, start = 0): boolean => ruleOf(digits, start) !== undefined;

/** The new form of a number (digits, country code first) and the rule that made it; the number itself when no rule applies. */
export function aliasOf(digits: string): { digits: string; matchedBy?: string } {
  const rule = ruleOf(digits);
  return rule === undefined ? { digits } : { digits: digits.replace(rule.pattern, rule.replacement), matchedBy: rule.id };
}

/** Every part of a pattern takes one digit, or as many as it says in braces. */
function lengthOf(pattern: string): number {
  let length = 0;
  for (const [, times] of pattern.matchAll(/(?:\d|\\d|\[[^\]]*\])(?:\{(\d+)\})?/g)) length += times === undefined ? 1 : Number(times);
  return length;
}

/** A pattern begins with its country code: 52, 55 and 54, or the three digits of others. */
function callingCodeOf(pattern: string): number {
  return Number(/^\^(22[59]|5[245])/.exec(pattern)?.[1]);
}
