import { fastEmail, parseEmail } from './email.ts';
import { hasHandles, ofNamedChannel, ofWhatsapp, parseHandle, trimmed } from './handle.ts';
import { fastPhone, parsePhone } from './phone.ts';
import { failure, type AddressOptions, type AddressResult } from './result.ts';
import { readWhatsappId } from './whatsapp-id.ts';

export type { AddressOptions, AddressResult, ParsedAddress } from './result.ts';
export { isOwnKey, mailboxOfOwnKey } from './own-key.ts';
export { rulesVersion } from './rules-version.ts';
export { variants } from './variants.ts';

const mayBeEmail = /[@\uff20\ufe6b]|%40/;
/** A plus before any letter or digit, a URI with a plus, or a link to a number. */
const readsAsPhone = /^[^\p{L}\p{N}]*[+\uff0b\ufe62]|^(?:whatsapp|tel|sms|mms|rcs|callto|sips?):(?:\/\/)?\s*\+|^(?:https?:\/\/)?(?:wa\.me|api\.whatsapp\.com)\//iu;

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
  const fast = fastPhone(input) ?? fastEmail(input);
  if (fast !== undefined) return fast;
  const text = trimmed(input);
  const id = readWhatsappId(text);
  if (id !== undefined) return ofWhatsapp(id) ?? parsePhone(text, options);
  const channel = options.channel === '' ? undefined : options.channel;
  const named = channel === undefined ? ofNamedChannel(text) : undefined;
  if (named !== undefined) return named;
  if (mayBeEmail.test(text)) {
    const email = parseEmail(text);
    if (email.ok || email.code === 'many' || channel === 'email') return email;
    if (channel === undefined) {
      const phone = parsePhone(text, options);
      return phone.ok ? phone : email;
    }
  }
  if ((hasHandles(channel) || channel === 'email') && readsAsPhone.test(text)) {
    const phone = parsePhone(text, options);
    if (phone.ok || phone.code === 'many') return phone;
  }
  return byChannel(text, options);
}

function byChannel(input: unknown, options: AddressOptions): AddressResult {
  if (hasHandles(options.channel)) return parseHandle(input, options);
  if (options.channel === 'email') return parseEmail(input);
  if (typeof input === 'string' || typeof input === 'number' || typeof input === 'bigint') return parsePhone(input, options);
  return failure('not_text');
}
