import { limits } from '@quietlist/contract/limits';

/** Buttons: the values whose text is the given one, character by character, at most 256 characters long. Built once. */
export class ExactIndex<T> {
  readonly #values = new Map<string, T[]>();

  constructor(entries: Iterable<{ text: string; value: T }>) {
    for (const { text, value } of entries) {
      if (text === '' || text.length > limits.ruleTextLength) continue;
      const known = this.#values.get(text);
      if (known === undefined) this.#values.set(text, [value]);
      else known.push(value);
    }
  }

  find(text: string): T[] {
    return text.length > limits.ruleTextLength ? [] : [...(this.#values.get(text) ?? [])];
  }
}
