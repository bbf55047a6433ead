import type { AddressProblemCode } from '@quietlist/contract/address-problems';
import { halfWidth, isPlainAscii, percentDecoded, visibleText, withoutEdges, withoutEnd, withoutJoiners, withoutQuotes } from './text.ts';

/** The one `local@domain` in a text and where its @ is, or why there is none. */
export type AddrSpec = { ok: true; local: string; domain: string } | { ok: false; code: AddressProblemCode };

const refused = (code: AddressProblemCode): AddrSpec => ({ ok: false, code });
/** What any step of `unwrapped` begins with: nothing of it, and there is nothing to take off. */
const wrapping = /^[^\p{L}\p{N}]|[^\p{L}\p{N}>]$|^(?:mailto|smtp):|%40/iu;
const closing = /[\s.,;:!?\u3002\uff61]/;

/** Finds the address in a header field, a link, a spreadsheet cell or a sentence's end. Never takes the first of several. */
export function findAddrSpec(input: string): AddrSpec {
  const text = unwrapped(visible(input));
  if (text === undefined) return refused('syntax');
  const parts = splitAngle(text);
  if (parts === undefined) return refused(severalIn(text) ? 'many' : 'syntax');
  const bare = withoutComments(parts.address);
  if (bare === undefined) return refused(/@[^(]*\([^)]*@/.test(parts.address) ? 'many' : 'syntax');
  const ats = positions(bare, '@');
  if (ats.length !== 1) return refused(severalIn(bare) ? 'many' : 'syntax');
  const at = ats[0] as number;
  const [local, domain] = [withoutJoiners(bare.slice(0, at)).trim(), bare.slice(at + 1).trim()];
  if (local === '' || domain === '') return refused('syntax');
  if (parts.display !== undefined && !displayAgrees(parts.display, `${local}@${domain}`)) return refused('many');
  return { ok: true, local, domain };
}

const visible = (text: string): string => (isPlainAscii(text) ? text : halfWidth(visibleText(text)).replaceAll('\n', ' ').replaceAll('\ufe6b', '@')).trim();

function unwrapped(text: string): string | undefined {
  let inner = text;
  for (;;) {
    if (!wrapping.test(inner)) return inner;
    const before = inner;
    inner = withoutEnd(inner.trim().replace(/^=(?=["'])/, ''), closing);
    inner = withoutQuotes(inner) ?? withoutBrackets(inner) ?? inner.replace(/^'/, '');
    const link = /^(?:mailto|smtp):(?:\/\/)?(.*)$/is.exec(inner)?.[1];
    if (link !== undefined || (!inner.includes('@') && /%40/.test(inner))) {
      const decoded = percentDecoded((link ?? inner).split('?')[0] as string);
      if (decoded === undefined) return undefined;
      inner = visible(decoded);
    }
    if (inner === before) return inner;
  }
}

function withoutBrackets(text: string): string | undefined {
  const inner = /^\(([^()]*@[^()]*)\)$/.exec(text)?.[1] ?? /^\[([^[\]]*@[^[\]]*)\]$/.exec(text)?.[1];
  return inner;
}

/** `Ann <ann@example.com>` in its parts; the text itself when it has no angle brackets; undefined when they do not fit. */
function splitAngle(text: string): { address: string; display?: string } | undefined {
  const [open, close] = [positions(text, '<'), positions(text, '>')];
  if (open.length === 0 && close.length === 0) return { address: text };
  if (open.length !== 1 || close.length !== 1) return undefined;
  const [start, end] = [open[0] as number, close[0] as number];
  const after = withoutComments(text.slice(end + 1));
  if (start > end || after === undefined || withoutEdges(after, closing) !== '') return undefined;
  const inside = text.slice(start + 1, end).split('|')[0] as string;
  const address = /^\s*(?:mailto|smtp):/i.test(inside) ? unwrapped(inside) : inside;
  return address === undefined ? undefined : { address, display: text.slice(0, start) };
}

/** An unquoted display name may repeat the address and may not be another one. */
function displayAgrees(display: string, address: string): boolean {
  const name = display.trim().replace(/^'(.*)'$/s, '$1');
  if (positions(name, '@').length === 0) return true;
  return name.toLowerCase() === address.toLowerCase() || !/[^\s@]@[^\s@]+\.[^\s@]/.test(name);
}

/** The text with every comment (RFC 5322, 3.2.2) made a blank. Undefined when brackets do not fit, or when a comment holds an address. */
function withoutComments(text: string): string | undefined {
  if (!text.includes('(') && !text.includes(')')) return text;
  let result = '';
  let comment = '';
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] as string;
    if (character === '\\') {
      if (depth === 0) result += text.slice(index, index + 2);
      index += 1;
      continue;
    }
    if (character === '"' && depth === 0) quoted = !quoted;
    if (character === '(' && !quoted) depth += 1;
    if (depth === 0) result += character;
    else comment += character;
    if (character === ')' && !quoted) {
      if (depth === 0) return undefined;
      depth -= 1;
      if (depth === 0) result += ' ';
    }
  }
  return depth === 0 && !comment.includes('@') ? result : undefined;
}

/** Where a character stands outside quoted strings. */
function positions(text: string, wanted: string): number[] {
  const found: number[] = [];
  if (!text.includes(wanted)) return found;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '\\' && quoted) index += 1;
    else if (character === '"') quoted = !quoted;
    else if (character === wanted && !quoted) found.push(index);
  }
  return found;
}

const severalIn = (text: string): boolean => text.split(/[\s,;|/<>]+/).filter((part) => /[^@]@[^@]/.test(part)).length > 1;
