import type { AddressInput } from '@quietlist/contract/address';
import type { Recipient } from '@quietlist/contract/check';
import { isOwnKey, mailboxOfOwnKey } from '../domain/address/address.ts';
import { keysOf, type Person } from '../domain/person.ts';

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
  /** The places of those texts, ascending, that may lead to something. `mailboxes` are those of them that are the mailbox of an address. */
  leading(texts: readonly string[], mailboxes: readonly string[]): readonly number[] | Promise<readonly number[]>;
  isForPlainTextsOnly: boolean;
}

/** Texts by which recipients may be found, with whose they are, to be asked about all at once. */
class Keys {
  readonly #texts: string[] = [];
  readonly #mailboxes: string[] = [];
  readonly #owners: number[] = [];

  add(text: string, owner: number): void {
    this.#texts.push(text);
    this.#owners.push(owner);
  }

  /** A text that is its own key, and its mailbox. */
  addOwnKey(text: string, owner: number, withMailboxes: boolean): void {
    this.add(text, owner);
    const mailbox = withMailboxes ? mailboxOfOwnKey(text) : null;
    if (mailbox === null) return;
    this.#mailboxes.push(mailbox);
    if (mailbox !== text) this.add(mailbox, owner);
  }

  /** Whose texts lead to something. */
  async owners(screen: Screen): Promise<number[]> {
    return (await screen.leading(this.#texts, this.#mailboxes)).map((place) => this.#owners[place] as number);
  }
}

/**
 * Reads recipients and answers those who are not certainly clear, in their order: without a screen everybody. Whoever is left out could be
 * read, and nothing in the store has any of their keys. Nearly everybody in a bulk check is left out, and no object is made of them.
 */
export async function readRecipients(
  recipients: readonly Recipient[],
  read: (inputs: readonly AddressInput[]) => Person,
  screen: Screen | null,
  withMailboxes: boolean,
): Promise<Candidate[]> {
  const people = new Map<number, Person>();
  const candidates = new Set<number>();
  const keys = new Keys();
  for (let index = 0; index < recipients.length; index += 1) {
    const recipient = recipients[index] as Recipient;
    if (screen && typeof recipient === 'string' && isOwnKey(recipient)) {
      keys.addOwnKey(recipient, index, withMailboxes);
      continue;
    }
    const person = read(addressesOf(recipient));
    people.set(index, person);
    if (screen === null || screen.isForPlainTextsOnly || person.unreadable.length > 0) candidates.add(index);
    else for (const key of keysOf(person, withMailboxes)) keys.add(key, index);
  }
  if (screen) for (const owner of await keys.owners(screen)) candidates.add(owner);
  return [...candidates].sort((a, b) => a - b).map((index) => ({ index, person: people.get(index) ?? read(addressesOf(recipients[index] as Recipient)) }));
}
