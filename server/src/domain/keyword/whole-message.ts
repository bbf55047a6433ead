import { readingsWithoutFillers } from './fillers.ts';
import { isStretched, lettersOf, runsOf, type Runs } from './stretched.ts';

/** Words of a message that may be a keyword with fillers around it. A longer one says more than a keyword. */
export const longestKeywordMessage = 8;

interface Entry<T> {
  runs: Runs;
  values: T[];
}

/**
 * Finds the values of the keyword that a whole message is: as it stands, or spaced out (“S T O P”, “opt-out”), repeated, stretched,
 * or with fillers around it. What a look-up costs does not depend on the number of keywords.
 */
export class WholeMessageIndex<T> {
  readonly #exact = new Map<string, T[]>();
  readonly #byLetters = new Map<string, Array<Entry<T>>>();
  #mostWords = longestKeywordMessage;

  constructor(entries: Iterable<{ words: readonly string[]; value: T }>) {
    for (const { words, value } of entries) this.#add(words, value);
  }

  #add(words: readonly string[], value: T): void {
    const text = words.join(' ');
    if (text === '') return;
    const known = this.#exact.get(text);
    if (known !== undefined) {
      known.push(value);
      return;
    }
    const values = [value];
    this.#exact.set(text, values);
    this.#mostWords = Math.max(this.#mostWords, words.length);
    const runs = runsOf(words);
    const entry = { runs, values };
    const same = this.#byLetters.get(runs.letters);
    if (same === undefined) this.#byLetters.set(runs.letters, [entry]);
    else same.push(entry);
  }

  /** The values of the closest reading of which any is accepted: the text as it stands before a stretched one, with fillers before without. */
  find(words: readonly string[], accepts: (value: T) => boolean = () => true): T[] {
    if (words.length > this.#mostWords && !areSpelled(words)) return [];
    const exact = (this.#exact.get(words.join(' ')) ?? []).filter(accepts);
    if (exact.length > 0 || (words.length > longestKeywordMessage && !areSpelled(words))) return exact;
    for (const reading of [words, ...readingsWithoutFillers(words)]) {
      const found = this.#written(reading).filter(accepts);
      if (found.length > 0) return found;
    }
    return [];
  }

  /** The keyword that the words are once, or twice and more. */
  #written(words: readonly string[]): T[] {
    const letters = words.map(lettersOf);
    for (let length = words.length; length > 0; length -= 1) {
      if (words.length % length !== 0 || !letters.every((word, at) => word === letters[at % length])) continue;
      const entries = this.#byLetters.get(lettersOf(letters.slice(0, length).join(''))) ?? [];
      const same = entries.filter(({ runs }) => everyPart(words, length).every((part) => isStretched(runsOf(part), runs)));
      if (same.length > 0) return same.flatMap(({ values }) => values);
    }
    return [];
  }
}

const everyPart = (words: readonly string[], length: number): string[][] => Array.from({ length: words.length / length }, (_, part) => words.slice(part * length, (part + 1) * length));

/** “U N S U B S C R I B E” */
const areSpelled = (words: readonly string[]): boolean => words.length <= 24 && words.every((word) => word.length === 1);
