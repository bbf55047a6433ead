import { asciiDomain } from './email-domain.ts';
import { localPart } from './email-local.ts';
import { findAddrSpec } from './email-text.ts';
import { mailboxOf } from './mailbox-rules.ts';
import { failure, longestText, type AddressResult } from './result.ts';

/** Lower case, no quotes, no comments, a plain domain without punycode: cleaning would change nothing. */
const simple = /^[a-z0-9._+-]{1,64}@(?!.*xn--)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const longestAddress = 254;
const longestLocal = 64;
const encoder = new TextEncoder();

/** Reads an e-mail address: `key` is the address without differences of case and form, `mailbox` the mailbox where its provider has a rule. */
export function parseEmail(input: unknown): AddressResult {
  if (typeof input !== 'string') return failure('not_text');
  return fastEmail(input) ?? slowEmail(input);
}

/** An address that is its own key; undefined leaves the decision to the slow path, with which it always agrees. */
export function fastEmail(text: string): AddressResult | undefined {
  if (text.length > longestAddress || !simple.test(text)) return undefined;
  const at = text.indexOf('@');
  const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
  return isJid(local, domain) ? undefined : { ok: true, value: { kind: 'email', address: text, key: text, mailbox: mailboxOf(text, local, domain) } };
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
  if (bytes(folded) > longestLocal || bytes(local) > longestLocal) return failure('local_too_long');
  if (bytes(folded) + 1 + domain.length > longestAddress) return failure('too_long');
  const key = `${folded}@${domain}`;
  return { ok: true, value: { kind: 'email', address: `${local}@${domain}`, key, mailbox: mailboxOf(key, folded, domain) } };
}

const bytes = (text: string): number => encoder.encode(text).length;

/** Ids of WhatsApp look like mail; their servers receive none. */
const isJid = (local: string, domain: string): boolean => jidServers.has(domain) && /^\d[\d_.:-]*$/.test(local);
const jidServers = new Set(['s.whatsapp.net', 'c.us', 'g.us']);
