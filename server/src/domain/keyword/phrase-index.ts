import { noBreak, sentenceBreak, type Words } from './normalise.ts';
import type { Alternatives, Part, Phrase } from './phrase-notation.ts';

export interface PhraseMatch<T> {
  value: T;
  start: number;
  /** The word after the last one of the match. */
  end: number;
}

interface Entry<T> {
  phrase: Phrase;
  value: T;
}

/** Finds phrases in a message. Only phrases that can begin with the word at hand are tried, so their number costs little. */
export class PhraseIndex<T> {
  readonly #byWord = new Map<string, Array<Entry<T>>>();
  readonly #byBeginning = new Map<string, Array<Entry<T>>>();
  /** By the first character of a word, how long the beginnings are that it may have. */
  readonly #lengths = new Map<number, number[]>();

  constructor(entries: Iterable<{ phrase: Phrase; value: T }>) {
    for (const entry of entries) {
      for (const word of entry.phrase.first.words) append(this.#byWord, word, entry);
      for (const beginning of entry.phrase.first.beginnings) append(this.#byBeginning, beginning, entry);
    }
    for (const beginning of this.#byBeginning.keys()) {
      const lengths = this.#lengths.get(beginning.charCodeAt(0)) ?? [];
      if (!lengths.includes(beginning.length)) this.#lengths.set(beginning.charCodeAt(0), [...lengths, beginning.length]);
    }
  }

  /** The first match, in the order of the text, that is accepted. */
  find(text: Words, accepts: (match: PhraseMatch<T>) => boolean): PhraseMatch<T> | undefined {
    for (let start = 0; start < text.words.length; start += 1) {
      const word = text.words[start] as string;
      const match = this.#among(this.#byWord.get(word), text, start, accepts) ?? this.#byBeginningOf(word, text, start, accepts);
      if (match !== undefined) return match;
    }
    return undefined;
  }

  #byBeginningOf(word: string, text: Words, start: number, accepts: (match: PhraseMatch<T>) => boolean): PhraseMatch<T> | undefined {
    const lengths = this.#lengths.get(word.charCodeAt(0));
    if (lengths === undefined) return undefined;
    for (const length of lengths) {
      if (length > word.length) continue;
      const match = this.#among(this.#byBeginning.get(word.slice(0, length)), text, start, accepts);
      if (match !== undefined) return match;
    }
    return undefined;
  }

  #among(entries: ReadonlyArray<Entry<T>> | undefined, text: Words, start: number, accepts: (match: PhraseMatch<T>) => boolean): PhraseMatch<T> | undefined {
    for (const { phrase, value } of entries ?? []) {
      if (!mayBegin(phrase, text, start)) continue;
      const end = endOf(phrase.rest, 0, text, start + 1);
      if (end < 0) continue;
      const match = { value, start, end };
      if (accepts(match)) return match;
    }
    return undefined;
  }
}

function append<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

export function isAmong(word: string | undefined, { words, beginnings }: Alternatives): boolean {
  return word !== undefined && (words.has(word) || beginnings.some((beginning) => word.startsWith(beginning)));
}

/** Whether a sentence begins with the word. */
const beginsSentence = ({ breaks }: Words, index: number): boolean => index === 0 || breaks[index - 1] === sentenceBreak;

function mayBegin({ begins, notAfter }: Phrase, text: Words, start: number): boolean {
  if (begins === 'message' && start > 0) return false;
  if (begins === 'sentence' && !beginsSentence(text, start)) return false;
  return notAfter === null || start === 0 || text.breaks[start - 1] !== noBreak || !isAmong(text.words[start - 1], notAfter);
}

/** Where the match ends when the parts from one on stand from a word on; -1 when they do not. */
function endOf(parts: readonly Part[], at: number, text: Words, index: number): number {
  const part = parts[at];
  if (part === undefined) return index;
  const sentenceOver = index >= text.words.length || beginsSentence(text, index);
  switch (part.kind) {
    case 'edge':
      return (part.message ? index >= text.words.length : sentenceOver) ? endOf(parts, at + 1, text, index) : -1;
    case 'not':
      return !sentenceOver && isAmong(text.words[index], part) ? -1 : endOf(parts, at + 1, text, index);
    case 'gap':
      return endAfterGap(parts, at, part.most, text, index);
    case 'word': {
      if (!sentenceOver && isAmong(text.words[index], part)) {
        const end = endOf(parts, at + 1, text, index + 1);
        if (end >= 0) return end;
      }
      return part.optional || (part.orEnd && sentenceOver) ? endOf(parts, at + 1, text, index) : -1;
    }
  }
}

function endAfterGap(parts: readonly Part[], at: number, most: number, text: Words, index: number): number {
  for (let skipped = 0; skipped <= most; skipped += 1) {
    if (skipped > 0 && (index + skipped > text.words.length || beginsSentence(text, index + skipped - 1))) return -1;
    const end = endOf(parts, at + 1, text, index + skipped);
    if (end >= 0) return end;
  }
  return -1;
}
