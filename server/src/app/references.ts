import type { DirectoryReader, ListRecord, SenderRecord } from './ports.ts';
import { Problem } from './problem.ts';
import type { Names } from '../domain/explanation.ts';

/**
 * Turns the lists and senders that a request names, by id or by exact name, into ids. A name that does not exist is refused:
 * a check with a misspelt list must not answer allow.
 */
export class References {
  readonly #lists: readonly ListRecord[];
  readonly #senders: readonly SenderRecord[];
  readonly names: Names;

  constructor(lists: readonly ListRecord[], senders: readonly SenderRecord[]) {
    this.#lists = lists;
    this.#senders = senders;
    this.names = {
      lists: new Map(lists.map((list) => [list.id, list.name])),
      senders: new Map(senders.map((sender) => [sender.id, sender.name])),
    };
  }

  list(reference: string, pointer: string): string {
    const found = this.#lists.find((list) => list.id === reference) ?? this.#lists.find((list) => list.name === reference);
    if (!found) throw new Problem('unknown-list', 'A list that the request names does not exist.', [{ pointer, message: 'No list has this id or name.' }]);
    return found.id;
  }

  sender(reference: string, pointer: string): SenderRecord {
    const found = this.#senders.find((sender) => sender.id === reference) ?? this.#senders.find((sender) => sender.name === reference);
    if (!found) throw new Problem('unknown-sender', 'A sender that the request names does not exist.', [{ pointer, message: 'No sender has this id or name.' }]);
    return found;
  }

  /** The id of a sender that may not be there, or may be one of another channel: null, which means any. */
  knownSender(reference: string | null, channel: string): string | null {
    if (reference === null) return null;
    const found = this.#senders.find((sender) => sender.id === reference) ?? this.#senders.find((sender) => sender.name === reference);
    return found?.channel === channel ? found.id : null;
  }
}

export async function loadReferences(directory: DirectoryReader, workspaceId: number): Promise<References> {
  const [lists, senders] = await Promise.all([directory.lists(workspaceId), directory.senders(workspaceId)]);
  return new References(lists, senders);
}
