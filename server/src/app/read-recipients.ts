import type { AddressInput } from '@quietlist/contract/address';
import type { Recipient } from '@quietlist/contract/check';
import { isOwnKey, mailboxOfOwnKey } from '../domain/address/address.ts';
import { keysOf, type Person } from '../domain/person.ts';
import type { KeyScreen } from './ports.ts';

/** A recipient whom something may hold, or who could not be read. */
export interface Candidate {
  /** Its place in the request. */
  index: number;
  person: Person;
}

/** The addresses of one recipient, in whichever of the three shapes they came. */
function addressesOf(recipient: Recipient): readonly AddressInput[] {
  if (typeof recipient === 'object') {
    if ('addresses' in recipient) return recipient.addresses;
    if ('address' in recipient) return [recipient.address];
  }
  return [recipient];
}

/** Whether a text is an address that certainly leads to nothing: the way of nearly everybody in a bulk check, which makes no objects. */
function leadsNowhere(text: string, screen: KeyScreen, withMailboxes: boolean): boolean {
  if (!isOwnKey(text) || screen(text)) return false;
  const mailbox = withMailboxes ? mailboxOfOwnKey(text) : null;
  return mailbox === null || mailbox === text || !screen(mailbox);
}

/** What can be ruled out: of any text, or of those alone that are their own key, and their mailboxes. */
export interface Screens {
  any: KeyScreen | null;
  plain: KeyScreen | null;
}

/**
 * Reads recipients and answers those who are not certainly clear: without a screen everybody. Whoever is left out could be read, and
 * nothing in the store has any of their keys.
 */
export function readRecipients(
  recipients: readonly Recipient[],
  read: (inputs: readonly AddressInput[]) => Person,
  { any, plain }: Screens,
  withMailboxes: boolean,
): Candidate[] {
  const candidates: Candidate[] = [];
  for (let index = 0; index < recipients.length; index += 1) {
    const recipient = recipients[index] as Recipient;
    if (plain && typeof recipient === 'string' && leadsNowhere(recipient, plain, withMailboxes)) continue;
    const person = read(addressesOf(recipient));
    if (any && person.unreadable.length === 0 && !keysOf(person, withMailboxes).some(any)) continue;
    candidates.push({ index, person });
  }
  return candidates;
}
