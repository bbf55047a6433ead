import type { AddressProblemCode } from '@quietlist/contract/address-problems';
import { isPlainAscii, percentDecoded, visibleText, withoutEnd, withoutJoiners, withoutQuotes } from './text.ts';

// Compatibility folding would make digits of these, and a footnote mark is not part of a number.
const raised = /[\u00b2\u00b3\u00b9\u2070-\u209f\u00bc-\u00be\u2150-\u215f\u2460-\u24ff]/;
const dashes = /[\p{Pd}\u2212\u30fc\uff70~\u301c]/gu;
const dots = /[\u00b7\u2022\u2027\u2219\u30fb]/g;
const doubleQuotes = /[\u201c-\u201f\u2033\u00ab\u00bb]/g;
const singleQuotes = /[\u2018-\u201b\u2032\u02bc\u00b4]/g;
const keycap = /\u20e3/g;
const digit = /\p{Nd}/u;
const otherDigits = /(?![0-9])\p{Nd}/gu;
const closing = /[\s.,;:]/;
const escapedStart = /^(?:[a-z]+%3a|%2b)/i;

/** The text in ASCII as far as a phone number is concerned: digits of every script, dashes, quotes and spaces. Undefined where folding would invent digits. */
export function asciiPhoneText(text: string): string | undefined {
  const decoded = escapedStart.test(text.trim()) ? (percentDecoded(text) ?? text) : text;
  if (isPlainAscii(decoded)) return decoded.replace(/~/g, '-').trim();
  if (raised.test(decoded)) return undefined;
  return withoutJoiners(visibleText(decoded.replace(singleQuotes, "'").normalize('NFKC')))
    .replace(doubleQuotes, '"')
    .replace(dashes, '-')
    .replace(dots, '.')
    .replace(keycap, '')
    .replace(otherDigits, digitValue)
    .trim();
}

const digitValues = new Map<string, string>();

/** Decimal digits of every script stand in runs of ten, beginning with zero (Unicode, section 4.6). */
function digitValue(character: string): string {
  const known = digitValues.get(character);
  if (known !== undefined) return known;
  const codePoint = character.codePointAt(0) as number;
  let zero = codePoint;
  while (digit.test(String.fromCodePoint(zero - 1))) zero -= 1;
  const value = String((codePoint - zero) % 10);
  digitValues.set(character, value);
  return value;
}

/** Takes off what spreadsheets and sentences put around a number: `="…"`, quotes, a leading apostrophe, angle brackets, closing punctuation. */
export function withoutWrapping(text: string): string {
  let inner = text;
  for (;;) {
    const before = inner;
    inner = inner.trim().replace(/^=(?=["'+(\d])/, '');
    inner = withoutQuotes(inner) ?? inner;
    inner = inner.replace(/^'+|^"(?=[^"]*$)/, '').replace(/^(?:[^<>]*\s)?<\s*((?:tel|sip|sips|sms|whatsapp):[^<>|]+|\+?[\d().\s-]+)(?:\|[^<>]*)?>(?:;.*)?$/i, '$1');
    inner = withoutEnd(inner, closing);
    if (inner === before) return inner;
  }
}

const extensions = [
  /;\s*(?:ext(?:ension)?)\s*[=:]\s*\d{1,20}$/i,
  /[\s,;(]{0,4}(?:e?xt(?:ensi[oó]n)?|extn|x|int(?:erno)?|anexo|ramal|poste|доб(?:авочный)?|durchwahl|dw|tlnr)[.:\s]*#?\s*\d{1,9}\s*\)?#?$/iu,
  /\s*#\s*\d{1,7}$/,
  /\s*[,;pw]{1,3}\s*\d{1,6}#?$/i,
];

/** An extension rings inside one phone system; the message goes to the number before it. */
export function withoutExtension(text: string): string {
  for (const pattern of extensions) {
    const match = pattern.exec(text);
    if (match !== null && countDigits(text.slice(0, match.index)) >= 7 && !/[#*]/.test(text.slice(0, match.index))) return text.slice(0, match.index).trim();
  }
  return text;
}

const countDigits = (text: string): number => text.replace(/[^0-9]/g, '').length;

/** Undoes what spreadsheets and programs do to numbers: `.0`, separators of thousands, the n of a BigInt. A code where digits are lost. */
export function withoutNumberFormat(text: string): { text: string } | { code: AddressProblemCode } {
  if (/^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i.test(text)) return { code: 'scientific_notation' };
  if (/^\d+n$/.test(text)) return { text: text.slice(0, -1) };
  const whole = /^(\+?\d{7,})[.,]0{1,2}$/.exec(text)?.[1];
  if (whole !== undefined) return { text: whole };
  if (/^\+?\d{8,}[.,]\d{1,2}$/.test(text)) return { code: 'lossy_number' };
  if (/^\d{1,3}(?:,\d{3}){2,}(?:\.0{1,2})?$/.test(text) || /^\d{1,3}(?:'\d{3}){2,}(?:[.,]0{1,2})?$/.test(text) || /^\d{1,3}(?:\.\d{3}){2,},0{1,2}$/.test(text)) {
    return { text: text.replace(/[.,]0{1,2}$/, '').replace(/[,.']/g, '') };
  }
  return { text };
}

/** True when more than one number stands in the text: several of seven digits or more, or one with another ending behind a slash. */
export function holdsSeveral(text: string): boolean {
  if (/\d[^+]*\+[^+]*\d{3}/.test(text) && text.split('+').filter((part) => countDigits(part) >= 7).length > 1) return true;
  const parts = text.split(/[,;|&/\n]|\s(?:or|and|oder|und|ou|et|y|o|e)\s/i);
  if (parts.filter((part) => countDigits(part) >= 7).length > 1) return true;
  if (text.trim().split(/\s+/).filter((part) => countDigits(part) >= 10).length > 1) return true;
  const slashed = text.split('/');
  const [last, previous] = [slashed.at(-1) ?? '', slashed.at(-2) ?? ''];
  return slashed.length > 1 && /^\s*\d{1,2}\s*$/.test(last) && countDigits(previous) >= 6;
}
