import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languages, type LanguageCode } from '@quietlist/contract/languages';
import { limits } from '@quietlist/contract/limits';
import { builtInKeywords } from '../../server/src/domain/keyword/built-in-keywords.ts';
import { withoutFillers } from '../../server/src/domain/keyword/fillers.ts';
import { KeywordIndex } from '../../server/src/domain/keyword/keyword-index.ts';
import { normaliseKeyword } from '../../server/src/domain/keyword/normalise.ts';
import { stepsOf } from '../../server/src/domain/keyword/phrase-notation.ts';
import { readMessage, type Meaning } from '../../server/src/domain/keyword/read-message.ts';
import { footerPhrases, suspectedPhrases } from '../../server/src/domain/keyword/suspicion.ts';
import { typosOfUnsubscribe } from '../../server/src/domain/keyword/typos.ts';

const seed = 20_261_126;
const every = Object.keys(languages) as LanguageCode[];
const read = (text: string): Meaning => readMessage(text, { languages: every, channel: 'whatsapp', inFlow: false });

const keyword = fc.constantFrom(...builtInKeywords.filter(({ kind }) => kind === 'opt_out').map(({ word }) => word));
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.array(fc.constantFrom('stop', 'STOP', 'don’t', 'text', 'me', ' ', '  ', '\n', '.', '!', '“', '>', '🛑', 'ß', 'İ', 'ﬃ', 'baja', '退订', 'e\u0301', '\u200b', '-'), { maxLength: 30 }).map((parts) => parts.join('')));
const filler = fc.constantFrom('please', 'pls', 'Thanks!', 'por favor', 'svp', 'bitte', 'now', 'grazie');
const marks = fc.constantFrom('', '!', '!!!', '.', '...', ' 🙏', ' 🛑', '?!', '"');

describe('the normal form', () => {
  it('of a normal form is itself', () => {
    fc.assert(fc.property(anyText, (text) => {
      const normal = normaliseKeyword(text);
      expect(normaliseKeyword(normal)).toBe(normal);
    }), { numRuns: 20_000, seed });
  });

  it('does not depend on case, accents written apart, invisible characters or marks around words', () => {
    fc.assert(fc.property(keyword, marks, (word, mark) => {
      for (const text of [word.toUpperCase(), word.normalize('NFD'), `\u200b${word}\u2060`, `${mark} ${word}${mark}`]) expect(normaliseKeyword(text)).toBe(normaliseKeyword(word));
    }), { numRuns: 3_000, seed });
  });
});

describe('a keyword acts', () => {
  it('whatever fillers, marks and case it has around it', () => {
    fc.assert(fc.property(keyword, fc.option(filler), fc.option(filler), marks, fc.boolean(), (word, before, after, mark, upper) => {
      fc.pre(`${before ?? ''} ${word} ${after ?? ''}`.trim().split(' ').length <= 8);
      const text = `${before === null ? '' : `${before} `}${upper ? word.toUpperCase() : word}${mark}${after === null ? '' : ` ${after}`}`;
      expect(read(text)).toMatchObject({ kind: 'opt_out', tier: 1 });
    }), { numRuns: 10_000, seed });
  });

  it('however its last letter is stretched, and however often it is repeated', () => {
    fc.assert(fc.property(keyword, fc.integer({ min: 3, max: 40 }), fc.integer({ min: 1, max: 3 }), (word, length, times) => {
      fc.pre(word.split(' ').length * times <= 8 && !/[^a-z]$/.test(word));
      const stretched = word + (word.at(-1) as string).repeat(length);
      expect(read(Array.from({ length: times }, () => stretched).join(' '))).toMatchObject({ kind: 'opt_out', tier: 1 });
    }), { numRuns: 5_000, seed });
  });
});

describe('a message that is no keyword', () => {
  /** Letters without repeats: the coarsest reading that could be a keyword. Written apart from the code under test. */
  const coarse = (words: readonly string[]): string => words.join('').replace(/(\p{L})\1+/gu, '$1');
  const known = new Set([...builtInKeywords.map(({ word }) => word), ...typosOfUnsubscribe].map((word) => coarse(word.split(' '))));
  const isMade = (text: string): boolean => {
    const words = normaliseKeyword(text).split(' ');
    return [words, withoutFillers(words), ...words.flatMap((_, start) => words.map((__, end) => words.slice(start, end + 1)))].some((reading) => {
      const letters = coarse(reading);
      return known.has(letters) || reading.some((_, index) => known.has(coarse(reading.slice(0, index + 1))) && reading.length % (index + 1) === 0);
    });
  };

  it('never acts', () => {
    fc.assert(fc.property(anyText, (text) => {
      const meaning = read(text);
      if ('tier' in meaning && meaning.tier === 1) expect(isMade(text)).toBe(true);
    }), { numRuns: 20_000, seed });
  });

  it('never acts because a keyword is in it', () => {
    fc.assert(fc.property(keyword, fc.stringMatching(/^[bcdfghjkmqvwxz]{4,9}$/), fc.boolean(), (word, other, first) => {
      expect(read(first ? `${other} ${word}` : `${word} ${other}`)).not.toHaveProperty('tier', 1);
    }), { numRuns: 10_000, seed });
  });
});

it('a reaction does nothing, whatever it quotes', () => {
  const lead = fc.constantFrom('Liked', 'Loved', 'Disliked', 'Laughed at', 'Emphasized', 'Questioned', 'Reacted 👍 to', '❤️ to', 'Removed a like from', 'A aimé', 'Le gustó', 'Gostou de', 'Gefällt', 'A réagi avec 🔥 à', 'Reagiu com 👍 a');
  fc.assert(fc.property(lead, fc.oneof(keyword, anyText), (words, quoted) => {
    expect(read(`${words} “${quoted}”`)).toEqual({ kind: 'reaction' });
  }), { numRuns: 5_000, seed });
});

describe('the work of a message is bounded', () => {
  it('only the beginning of a long text is read', () => {
    const options = { languages: every, channel: null, inFlow: false };
    fc.assert(fc.property(fc.constantFrom('stop ', 'a', 'no me ', '“', 'x\n', 'please ', 'dont text ', '停止', '🛑', 'e\u0301'), anyText, anyText, (part, one, other) => {
      const long = part.repeat(Math.ceil(limits.inboundTextRead / part.length));
      expect(readMessage(`${long}.${one}`, options)).toEqual(readMessage(`${long}.${other}`, options));
    }), { numRuns: 200, seed });
  });

  it('looking for a phrase at one place takes at most 800 steps, whatever the text', () => {
    const widest = [...suspectedPhrases, ...footerPhrases].map(({ phrase }) => phrase).filter((phrase) => stepsOf(phrase) > 800);
    expect(widest.map(({ source }) => source)).toEqual([]);
  });

  it('a text beyond the limit never acts, and finds no custom keyword', () => {
    const index = new KeywordIndex([{ keyword: 'stop', value: 1 }]);
    const long = 'stop'.padEnd(limits.inboundTextRead + 1, '!');
    expect(index.find(long)).toEqual([]);
    expect(read(long)).not.toHaveProperty('tier', 1);
  });
});
