import { domainToASCII, domainToUnicode } from 'node:url';
import { withoutJoiners } from './text.ts';

const ascii = /^[a-z0-9._-]+$/;
const labels = /^(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+(?=[^.]*[a-z])(?!0x[0-9a-f]*$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
// domainToASCII is a parser of URL hosts: it would cut at a slash, decode escapes and read numbers as IPv4.
const hostCharacters = /^(?:[A-Za-z0-9._-]|[^\x00-\x7f])+$/;
const joiner = /[\u200c\u200d]/;
/** Without a hyphen, or what is folded to one, no label was punycode before it was mapped. */
const hyphen = /[-\ufe63\uff0d]/;

/** A mail domain in lower-case ASCII (UTS 46 non-transitional, punycode checked), or undefined. Look-alike letters stay different domains. */
export function asciiDomain(domain: string): string | undefined {
  const lower = domain.toLowerCase();
  if (ascii.test(lower)) return isDomain(lower) && hasGoodPunycode(lower) ? lower : undefined;
  if (!hostCharacters.test(domain)) return undefined;
  // Joiners are letters' business in some scripts and refused elsewhere, where they were only invisible.
  const mapped = domainToASCII(domain) || (joiner.test(domain) ? domainToASCII(withoutJoiners(domain)) : '');
  if (!isDomain(mapped)) return undefined;
  return hyphen.test(domain) && !hasGoodPunycode(mapped) ? undefined : mapped;
}

const isDomain = (domain: string): boolean => domain.length <= 253 && labels.test(domain);
const hasGoodPunycode = (domain: string): boolean => !domain.includes('xn--') || isPunycode(domain);

/** Every encoded label must decode, and encode to itself again: Node versions differ in what they let pass. */
function isPunycode(domain: string): boolean {
  const decoded = domainToUnicode(domain);
  return !/(?:^|\.)xn--/.test(decoded) && domainToASCII(decoded) === domain;
}
