import { readWords, type Words } from './normalise.ts';
import { ownWords } from './own-words.ts';

/** The words of a message that its sender wrote, and whether they are the whole message. */
interface Reading {
  words: Words;
  whole: boolean;
}

let last: { text: string; read: Reading } | null = null;

/** Reads the sender's own words. A message is looked up in several indexes, one after the other: it is read for the first of them. */
export function readOwnWords(text: string): Reading {
  if (last?.text === text) return last.read;
  const own = ownWords(text);
  const read = { words: readWords(own.text), whole: own.whole };
  last = { text, read };
  return read;
}
