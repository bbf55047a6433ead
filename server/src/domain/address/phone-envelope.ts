import type { AddressProblemCode } from '@quietlist/contract/address-problems';
import { percentDecoded } from './text.ts';

/**
 * The number inside a URI or a link. `international` is true where the form itself says that a country code comes first.
 * Undefined when the text is neither.
 */
export type Envelope = { ok: true; text: string; international: boolean } | { ok: false; code: AddressProblemCode };

const scheme = /^([a-z][a-z-]*):(?:\/\/)?(.*)$/is;
const numberSchemes = new Set(['whatsapp', 'tel', 'sms', 'smsto', 'mms', 'mmsto', 'rcs', 'callto', 'skype', 'facetime', 'facetime-audio', 'viber', 'imessage']);
const link = /^(?:(?:https?|whatsapp|viber|tg|sgnl):\/\/)?(?:www\.)?([a-z0-9.-]+)(\/[^?#]*)?(?:\?([^#]*))?(?:#(.*))?$/i;
const vcard = /^tel;[^:]*:(.+)$/is;

const inside = (text: string, international = false): Envelope => ({ ok: true, text, international });
const refused = (code: AddressProblemCode): Envelope => ({ ok: false, code });

export function openEnvelope(text: string): Envelope | undefined {
  const card = vcard.exec(text);
  if (card !== null) return openEnvelope(card[1] as string) ?? inside(card[1] as string);
  const fromLink = openLink(text);
  if (fromLink !== undefined) return fromLink;
  const match = scheme.exec(text);
  if (match === null) return undefined;
  const [name, rest] = [(match[1] as string).toLowerCase(), (match[2] as string).trim()];
  if (name === 'sip' || name === 'sips') return openSip(rest);
  return numberSchemes.has(name) ? openNumberUri(name, rest) : undefined;
}

/** RFC 3966 `tel:` with its parameters, and the schemes modelled on it. */
function openNumberUri(name: string, rest: string): Envelope {
  const withoutQuery = rest.split('?')[0] as string;
  const body = name.startsWith('sms') || name.startsWith('mms') ? (withoutQuery.split(/[&:]/)[0] as string) : withoutQuery;
  const [number = '', ...parameters] = body.split(';');
  const decoded = percentDecoded(number);
  if (decoded === undefined) return refused('bad_characters');
  const context = parameters.map((parameter) => /^\s*phone-context\s*=\s*(.*?)\s*$/i.exec(parameter)?.[1]).find((value) => value !== undefined);
  if (context === undefined || /^\s*\+/.test(decoded)) return inside(decoded);
  return context.startsWith('+') ? inside(context + decoded) : refused('not_global');
}

/** A SIP user part is a phone number only when it is global or `user=phone` says so (RFC 3261, 19.1.1). */
function openSip(rest: string): Envelope {
  const at = rest.indexOf('@');
  const user = percentDecoded((at < 0 ? rest : rest.slice(0, at)).split(/[;:?]/)[0] as string);
  if (user === undefined) return refused('bad_characters');
  if (user.startsWith('+') || /;user=phone\b/i.test(rest)) return inside(user);
  return refused(/^[\d().-]+$/.test(user) ? 'not_global' : 'not_a_phone');
}

/** Links that carry the number in a parameter: web hosts, and the hosts of app links. */
const sendPath = /^\/send\/?$/;
const webHosts = new Set(['api.whatsapp.com', 'web.whatsapp.com', 'whatsapp.com']);
const appHosts = new Map([['send', 'phone'], ['resolve', 'phone'], ['chat', 'number'], ['contact', 'number'], ['add', 'number']]);

function openLink(text: string): Envelope | undefined {
  const match = link.exec(text);
  if (match === null) return undefined;
  const [host, path, query, fragment] = [(match[1] as string).toLowerCase(), match[2] ?? '', match[3] ?? '', match[4] ?? ''];
  const appParameter = /^(?:whatsapp|viber|tg):\/\//i.test(text) ? appHosts.get(host) : undefined;
  if (appParameter !== undefined) return openParameter(query, appParameter);
  if (host === 'chat.whatsapp.com' || (host === 'whatsapp.com' && path.startsWith('/channel'))) return refused('group');
  if (webHosts.has(host)) return sendPath.test(path) ? openParameter(query, 'phone') : refused('not_a_phone');
  if (host === 'wa.me') return openPath(path, /^\/(?:c\/)?([+\s\d().-]+)\/?$/);
  if (host === 't.me' || host === 'telegram.me') return openPath(path, /^\/(\+\d{7,15})\/?$/);
  if (host === 'signal.me') return openPath(`/${fragment}`, /^\/p\/(\+\d+)$/);
  return /^https?:\/\//i.test(text) ? refused('not_a_phone') : undefined;
}

function openPath(path: string, pattern: RegExp): Envelope {
  const number = pattern.exec(percentDecoded(path) ?? '')?.[1];
  return number === undefined ? refused('not_a_phone') : inside(number, true);
}

function openParameter(query: string, name: string): Envelope {
  for (const pair of query.split('&')) {
    const [key, value] = pair.split('=', 2);
    const number = key?.toLowerCase() === name && value ? percentDecoded(value) : undefined;
    if (number !== undefined) return inside(number, true);
  }
  return refused('not_a_phone');
}
