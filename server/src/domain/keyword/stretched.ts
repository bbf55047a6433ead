/**
 * The letters of some words written together, as runs of equal ones: `stoppp` and `stop` have the same letters, and longer runs.
 * A run may be longer than the keyword's where nobody would take it for another word: from three letters on, or twice at the end
 * of a word of four letters or more (`stopp`). Digits never stretch: 100 is not 10.
 */
export interface Runs {
  /** One character a run. Equal for every stretching of the same word. */
  letters: string;
  lengths: readonly number[];
  /** Whether a word ends with the run. */
  ends: readonly boolean[];
}

const stretching = /\p{L}/u;
const shortestDoubled = 4;

export function runsOf(words: readonly string[]): Runs {
  let letters = '';
  let previous = '';
  const lengths: number[] = [];
  const ends: boolean[] = [];
  for (const word of words) {
    for (const character of word) {
      const last = lengths.length - 1;
      if (character === previous && stretching.test(character)) {
        lengths[last] = (lengths[last] as number) + 1;
      } else {
        letters += character;
        lengths.push(1);
        ends.push(false);
        previous = character;
      }
    }
    if (ends.length > 0) ends[ends.length - 1] = true;
  }
  return { letters, lengths, ends };
}

/** The letters of a text: `runsOf` without the lengths, and fast for the usual word, whose letters differ from their neighbours. */
export function lettersOf(text: string): string {
  for (let index = 1; index < text.length; index += 1) {
    if (text.charCodeAt(index) === text.charCodeAt(index - 1)) return runsOf([text]).letters;
  }
  return text;
}

/** Whether one is the other, perhaps stretched. Both have the same letters. */
export function isStretched(text: Runs, keyword: Runs): boolean {
  return keyword.lengths.every((length, run) => {
    const found = text.lengths[run] as number;
    if (found === length) return true;
    if (found < length) return false;
    return found >= 3 || (text.ends[run] === true && keyword.lengths.length >= shortestDoubled);
  });
}
