/**
 * The normal form of a text: NFKC, no emoji or invisible characters, lower case, no accents, apostrophes inside words dropped, and
 * everything else that is neither a letter nor a digit a blank. `Stop!`, `ＳＴＯＰ` and `stóp` are all `stop`.
 */
export interface Words {
  words: string[];
  /** What stands behind each word: nothing that parts it from the next one, a comma or its like, or the end of a sentence. */
  breaks: Break[];
}

export const noBreak = 0;
export const clauseBreak = 1;
export const sentenceBreak = 2;
export type Break = typeof noBreak | typeof clauseBreak | typeof sentenceBreak;

const notAscii = /[^\x00-\x7f]/;
const apostrophes = /[\u2018\u2019\u201b\u02bc\u02b9\u0060\u00b4\uff07]/g;
const emoji = /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\u20e3]/gu;
const ignorable = /\p{Default_Ignorable_Code_Point}/gu;
/** Accents; the vowel signs that Arabic and Hebrew are usually written without; the Arabic line filler. */
const marks = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a\u0640\u064b-\u065f\u0670]/g;
/** Letters that have no decomposition, and are often typed plain. */
const plainLetters: Readonly<Record<string, string>> = { ı: 'i', ß: 'ss', ø: 'o', ł: 'l', đ: 'd', æ: 'ae', œ: 'oe' };
const foldable = /[ıßøłđæœ]/g;
const wordCharacter = /[\p{L}\p{N}\p{M}]/u;
const sentenceMarks = /[.!?;\n\r\u2026\u3002\uff01\uff1f\u061f\u061b\u0964\u2028\u2029]/;
const clauseMarks = /[,:()[\]{}"<>|\u2013\u2014\u00ab\u00bb\u201c-\u201f\u3001\uff0c\u060c\u300c\u300d]/;

/** Lower case without accents, emoji and invisible characters; punctuation stays. */
function folded(text: string): string {
  if (!notAscii.test(text)) return text.toLowerCase().replaceAll('`', "'");
  return text
    .replace(apostrophes, "'")
    .normalize('NFKC')
    .replace(emoji, ' ')
    .replace(ignorable, '')
    .toLowerCase()
    .normalize('NFD')
    .replace(marks, '')
    .replace(foldable, (letter) => plainLetters[letter] ?? letter)
    .normalize('NFC')
    .replace(apostrophes, "'");
}

const isAsciiWord = new Uint8Array(128);
for (const character of 'abcdefghijklmnopqrstuvwxyz0123456789') isAsciiWord[character.charCodeAt(0)] = 1;

/** How many code units the word character at a place takes; 0 when none is there. */
function widthOfWordCharacter(text: string, index: number): number {
  const code = text.charCodeAt(index);
  if (code < 128) return isAsciiWord[code] as number;
  if (Number.isNaN(code)) return 0;
  const character = String.fromCodePoint(text.codePointAt(index) as number);
  return wordCharacter.test(character) ? character.length : 0;
}

const [apostrophe, blank, hyphen] = [39, 32, 45];

/** The words of a text and what parts them. Reads every character once. */
export function readWords(text: string): Words {
  const plain = folded(text);
  const words: string[] = [];
  const breaks: Break[] = [];
  let word = '';
  let start = -1;
  let index = 0;
  const endWord = (): void => {
    words.push(word + plain.slice(start, index));
    breaks.push(noBreak);
    word = '';
    start = -1;
  };
  while (index < plain.length) {
    const width = widthOfWordCharacter(plain, index);
    if (width > 0) {
      if (start < 0) start = index;
      index += width;
      continue;
    }
    const code = plain.charCodeAt(index);
    const next = widthOfWordCharacter(plain, index + 1);
    if (code === apostrophe && start >= 0 && next > 0) {
      word += plain.slice(start, index);
      start = index + 1;
    } else {
      const insideWord = start >= 0 && next > 0;
      if (start >= 0) endWord();
      const last = words.length - 1;
      if (last >= 0 && (code < blank || (code !== blank && !insideWord))) breaks[last] = Math.max(breaks[last] as Break, breakOf(plain, index, code)) as Break;
    }
    index += 1;
  }
  if (start >= 0) endWord();
  return { words, breaks };
}

/** A dash parts clauses only between blanks; other marks only where no word goes on right behind them (`example.com`, `2:30`). */
function breakOf(text: string, index: number, code: number): Break {
  if (code === hyphen) return text.charCodeAt(index - 1) === blank && text.charCodeAt(index + 1) === blank ? clauseBreak : noBreak;
  const character = text[index] as string;
  if (sentenceMarks.test(character)) return sentenceBreak;
  return clauseMarks.test(character) ? clauseBreak : noBreak;
}

/** Normal form of custom keyword rules and list keywords: equal normal forms match. Empty when a text has neither letter nor digit. */
export function normaliseKeyword(text: string): string {
  return readWords(text).words.join(' ');
}
