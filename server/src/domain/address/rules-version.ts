import { mailboxRules } from './mailbox-rules.ts';
import { phoneAliasRules } from './phone-aliases.ts';
import { writtenForms } from './phone-written-forms.ts';

/** Raised by hand when the same tables and the same library would give another key. */
export const algorithmVersion = 1;
/** The pinned version of libphonenumber-js; a test compares it with the one that is installed. */
export const phoneLibraryVersion = '1.13.16';

/** Changes whenever a stored key might be made differently today; stored keys of another version are made again. */
export const rulesVersion = `${algorithmVersion}-${fingerprint(JSON.stringify([phoneAliasRules, writtenForms, mailboxRules]))}-${phoneLibraryVersion}`;

/** FNV-1a, 32 bits. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
