import { asciiDomain } from './email-domain.ts';
import { placeOfAt } from './email-fast.ts';
import { localPart } from './email-local.ts';
import { findAddrSpec } from './email-text.ts';
import { mailboxOf, mailboxRuleOf } from './mailbox-rules.ts';
import { failure, longestText, type AddressResult } from './result.ts';

export const longestEmail = 254;
const longestLocal = 64;
const encoder = new TextEncoder();

/** Reads an e-mail address: `key` is the address without differences of case and form, `mailbox` the mailbox where its provider has a rule. */
export function parseEmail(input: unknown): AddressResult {
  if (typeof input !== 'string') return failure('not_text');
  return fastEmail(input) ?? fastEmail(input.trim()) ?? slowEmail(input);
}

/** An address that is its own key but for upper case; undefined leaves the decision to the slow path, with which it always agrees. */
export function fastEmail(text: string): AddressResult | undefined {
  if (text.length > longestEmail) return undefined;
  const at = placeOfAt(text);
  if (at < 0) return undefined;
  const key = text.toLowerCase();
  const domain = key.slice(at + 1);
  if (isDigit(key) && jidServers.has(domain)) return undefined;
  const rule = mailboxRuleOf(domain);
  const mailbox = rule === undefined ? key : (mailboxOf(rule, key.slice(0, at), domain) ?? key);
  return { ok: true, value: { kind: 'email', address: key === text ? text : text.slice(0, at + 1) + domain, key, mailbox } };
}

export function slowEmail(text: string): AddressResult {
  if (text.length > longestText) return failure('too_long');
  const found = findAddrSpec(text);
  if (!found.ok) return failure(found.code);
  const local = localPart(found.local);
  if (local === undefined) return failure('syntax');
  const domain = asciiDomain(found.domain);
  if (domain === undefined || isJid(local, domain)) return failure('domain');
  const folded = local.toLowerCase().normalize('NFC');
  if (exceeds(folded, longestLocal) || exceeds(local, longestLocal)) return failure('local_too_long');
  if (exceeds(folded, longestEmail - 1 - domain.length)) return failure('too_long');
  const key = `${folded}@${domain}`;
  const rule = mailboxRuleOf(domain);
  const mailbox = rule === undefined ? key : (mailboxOf(rule, folded, domain) ?? key);
  return { ok: true, value: { kind: 'email', address: `${local}@${domain}`, key, mailbox } };
}

/** True when the text has more bytes in UTF-8; one UTF-16 unit is never more than three. */
const exceeds = (text: string, limit: number): boolean => text.length * 3 > limit && encoder.encode(text).length > limit;

/** Ids of WhatsApp look like mail; their servers receive none. */
const isJid = (local: string, domain: string): boolean => jidServers.has(domain) && /^\d[\d_.:-]*$/.test(local);
const jidServers = new Set(['s.whatsapp.net', 'c.us', 'g.us', 'hosted.lid']);
const isDigit = (text: string): boolean => text.charCodeAt(0) >= 48 && text.charCodeAt(0) <= 57;
