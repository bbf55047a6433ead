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

/** What can rule people out: whoever they are, or those alone who are given as a text that is its own key. */
export interface Screen {
  leading: KeyScreen;
  isForPlainTextsOnly: boolean;
}

/** Texts by which recipients may be found, with whose they are, to be asked about all at once. */
class Keys {
  readonly #texts: string[] = [];
  readonly #owners: number[] = [];

  add(text: string, owner: number): void {
    this.#texts.push(text);
    this.#owners.push(owner);
  }

  /** Whose texts lead to something. */
  owners(leading: KeyScreen): number[] {
    return leading(this.#texts).map((place) => this.#owners[place] as number);
  }
}

/**
 * Reads recipients and answers those who are not certainly clear, in their order: without a screen everybody. Whoever is left out could be
 * read, and nothing in the store has any of their keys. Nearly everybody in a bulk check is left out, and no object is made of them.
 */
export function readRecipients(
  recipients: readonly Recipient[],
  read: (inputs: readonly AddressInput[]) => Person,
  screen: Screen | null,
  withMailboxes: boolean,
): Candidate[] {
  const people = new Map<number, Person>();
  const candidates = new Set<number>();
  const keys = new Keys();
  for (let index = 0; index < recipients.length; index += 1) {
    const recipient = recipients[index] as Recipient;
    if (screen && typeof recipient === 'string' && isOwnKey(recipient)) {
      keys.add(recipient, index);
      const mailbox = withMailboxes ? mailboxOfOwnKey(recipient) : null;
      if (mailbox !== null && mailbox !== recipient) keys.add(mailbox, index);
      continue;
    }
    const person = read(addressesOf(recipient));
    people.set(index, person);
    if (screen === null || screen.isForPlainTextsOnly || person.unreadable.length > 0) candidates.add(index);
    else for (const key of keysOf(person, withMailboxes)) keys.add(key, index);
  }
  if (screen) for (const owner of keys.owners(screen.leading)) candidates.add(owner);
  return [...candidates].sort((a, b) => a - b).map((index) => ({ index, person: people.get(index) ?? read(addressesOf(recipients[index] as Recipient)) }));
}
