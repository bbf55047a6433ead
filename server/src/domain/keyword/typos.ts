const letters = 'abcdefghijklmnopqrstuvwxyz';

/**
 * Every text that is one slip away from “unsubscribe”: a letter missing, doubled, wrong or too many, or two neighbours exchanged. The word is so long that
 * none of them is another word, so they act like it. Shorter keywords have no such neighbourhood; slips of theirs are listed in the packs, for review.
 */
export const typosOfUnsubscribe: readonly string[] = oneSlipFrom('unsubscribe');

function oneSlipFrom(word: string): string[] {
  const slips = new Set<string>();
  for (let index = 0; index <= word.length; index += 1) {
    const [before, after] = [word.slice(0, index), word.slice(index)];
    if (after !== '') slips.add(before + after.slice(1));
    if (after.length > 1) slips.add(`${before}${after[1]}${after[0]}${after.slice(2)}`);
    for (const letter of letters) {
      slips.add(before + letter + after);
      if (after !== '') slips.add(before + letter + after.slice(1));
    }
  }
  slips.delete(word);
  return [...slips];
}
