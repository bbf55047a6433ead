import { placeOfAt } from './email-fast.ts';
import { longestEmail } from './email.ts';
import { mailboxOf, mailboxRuleOf, mayHaveMailboxRule } from './mailbox-rules.ts';
import { isOwnPhoneKey } from './phone.ts';

const [plus, zero, nine] = [43, 48, 57];

/** Whether this text is plainly an address and already its own key, under whichever options it is read. False leaves it to `parseAddress`. */
export const isOwnKey = (text: string): boolean => (text.charCodeAt(0) === plus ? isOwnPhoneKey(text) : isOwnEmailKey(text));

function isOwnEmailKey(text: string): boolean {
  const first = text.charCodeAt(0);
  // What begins with a digit may be an id of WhatsApp.
  return !(first >= zero && first <= nine) && text.length <= longestEmail && placeOfAt(text) >= 0 && !hasUpperCase(text);
}

/** Of a text in ASCII. */
function hasUpperCase(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code >= 65 && code <= 90) return true;
  }
  return false;
}

/** The mailbox of a text that is its own key, where it is an e-mail address of a provider with a rule; else null. */
export function mailboxOfOwnKey(key: string): string | null {
  if (key.charCodeAt(0) === plus) return null;
  const at = key.indexOf('@');
  if (!mayHaveMailboxRule(key, at + 1)) return null;
  const domain = key.slice(at + 1);
  const rule = mailboxRuleOf(domain);
  return rule === undefined ? null : (mailboxOf(rule, key.slice(0, at), domain) ?? key);
}
