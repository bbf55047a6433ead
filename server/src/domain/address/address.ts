import { parseEmail } from './email.ts';
import { hasHandles, ofKeyText, ofWhatsapp, parseHandle } from './handle.ts';
import { fastPhone, parsePhone } from './phone.ts';
import { failure, type AddressOptions, type AddressResult } from './result.ts';
import { readWhatsappId } from './whatsapp-id.ts';

export type { AddressOptions, AddressResult, ParsedAddress } from './result.ts';
export { rulesVersion } from './rules-version.ts';

const mayBeEmail = /[@\uff20\ufe6b]|%40/;
const phoneUri = /^\s*(?:\+|(?:whatsapp|tel|sms|mms|rcs|callto|sip|sips):(?:\/\/)?\s*\+|(?:https?:\/\/)?(?:wa\.me|api\.whatsapp\.com)\/)/i;

/**
 * The one way from an address as it was received to the key that matches: every door of the service uses it.
 * Pure; never throws; the same person's listed forms give one key, different people never share one; what is not understood is refused.
 */
export function parseAddress(input: unknown, options: AddressOptions = {}): AddressResult {
  switch (options.kind) {
    case 'phone':
      return parsePhone(input, options);
    case 'email':
      return parseEmail(input);
    case 'handle':
      return parseHandle(input, options);
    default:
      return inferred(input, options);
  }
}

/** Fails closed: what reads as a phone or an e-mail address is one on any channel; only then does the channel say what other text is. */
function inferred(input: unknown, options: AddressOptions): AddressResult {
  if (typeof input !== 'string') return byChannel(input, options);
  const fast = fastPhone(input);
  if (fast !== undefined) return fast;
  const text = input.trim();
  const id = readWhatsappId(text);
  if (id !== undefined) return ofWhatsapp(id) ?? parsePhone(text, options);
  const { channel } = options;
  const noChannel = channel === undefined || channel === '';
  const fromKey = noChannel ? ofKeyText(text) : undefined;
  if (fromKey !== undefined) return fromKey;
  if (mayBeEmail.test(text)) {
    const email = parseEmail(input);
    if (email.ok || email.code === 'many' || channel === 'email') return email;
    if (noChannel) {
      const phone = parsePhone(input, options);
      return phone.ok ? phone : email;
    }
  }
  if (hasHandles(channel) && (phoneUri.test(text) || /^[^0-9a-z]*[+\uff0b\ufe62]/i.test(text))) {
    const phone = parsePhone(input, options);
    if (phone.ok || phone.code === 'many') return phone;
  }
  return byChannel(input, options);
}

function byChannel(input: unknown, options: AddressOptions): AddressResult {
  if (hasHandles(options.channel)) return parseHandle(input, options);
  if (options.channel === 'email') return parseEmail(input);
  if (typeof input === 'string' || typeof input === 'number' || typeof input === 'bigint') return parsePhone(input, options);
  return failure('not_text');
}
