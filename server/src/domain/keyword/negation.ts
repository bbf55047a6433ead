import { noBreak, normaliseKeyword, type Words } from './normalise.ts';
import { packs } from './packs.ts';

const wordsOf = (lists: ReadonlyArray<readonly string[] | undefined>): ReadonlySet<string> => new Set(lists.flatMap((list) => list ?? []).map(normaliseKeyword));

const negators = wordsOf(Object.values(packs).map(({ negators: list }) => list));
const between = wordsOf(Object.values(packs).map(({ betweenNegatorAndPhrase: list }) => list));
/** “Why won't you stop”, “you never stop”: a complaint about somebody, not the opposite of the phrase. */
const addressed = new Set(['you', 'u', 'ya', 'yall', 'they']);
const farthest = 6;

/** Whether a negator governs the phrase that begins at a word: “please don't unsubscribe me”, “I do not want to opt out”. */
export function isNegated({ words, breaks }: Words, start: number): boolean {
  for (let index = start - 1; index >= Math.max(0, start - farthest); index -= 1) {
    if (breaks[index] !== noBreak) return false;
    const word = words[index] as string;
    if (negators.has(word)) return !(addressed.has(words[index + 1] ?? '') && index + 2 === start) && !addressed.has(words[index - 1] ?? '');
    if (!between.has(word)) return false;
  }
  return false;
}
