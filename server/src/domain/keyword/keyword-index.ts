import { normaliseKeyword } from './normalise.ts';
import { readOwnWords } from './read-own-words.ts';
import { WholeMessageIndex } from './whole-message.ts';

/**
 * Custom keywords: the values of those that a whole message equals, by the rules of tier 1 (normal form, fillers dropped, repeated,
 * stretched). Built once; what a look-up costs does not depend on the number of keywords. A keyword without letters or digits matches nothing.
 */
export class KeywordIndex<T> {
  readonly #index: WholeMessageIndex<T>;

  constructor(entries: Iterable<{ keyword: string; value: T }>) {
    this.#index = new WholeMessageIndex([...entries].map(({ keyword, value }) => ({ words: normaliseKeyword(keyword).split(' '), value })));
  }

  find(text: string): T[] {
    const own = readOwnWords(text);
    return own.whole ? this.#index.find(own.words.words) : [];
  }
}
