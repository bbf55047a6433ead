import type { LanguageCode } from '@quietlist/contract/languages';
import { builtInIndex } from './built-in-keywords.ts';
import { isNegated } from './negation.ts';
import { noBreak, sentenceBreak, normaliseKeyword, type Words } from './normalise.ts';
import type { LanguagePack } from './pack.ts';
import { packs } from './packs.ts';
import { PhraseIndex } from './phrase-index.ts';
import { readPhrases, type Phrase } from './phrase-notation.ts';
import { longestKeywordMessage } from './whole-message.ts';

/** Wordings by which somebody probably opts out (tier 2). They are looked for in every language, enabled or not, since they only suspect. */
export interface Suspicion {
  language: LanguageCode;
  phrase: string;
}

const languagePacks = Object.entries(packs) as Array<[LanguageCode, LanguagePack]>;

const phrasesOf = (list: 'phrases' | 'footers'): Array<{ phrase: Phrase; value: LanguageCode }> =>
  languagePacks.flatMap(([language, pack]) => (pack[list] ?? []).flatMap((source) => readPhrases(source, pack.classes).map((phrase) => ({ phrase, value: language }))));

export const suspectedPhrases = phrasesOf('phrases');
export const footerPhrases = phrasesOf('footers');
const phraseIndex = new PhraseIndex(suspectedPhrases);
const footerIndex = new PhraseIndex(footerPhrases);
const fragments = languagePacks.flatMap(([language, { fragments: list = [] }]) => list.map((fragment) => ({ language, fragment: normaliseKeyword(fragment) })));
/** Thai, kana, Han, hangul. */
const scriptsWithoutBlanks = /[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;

/** The first wording of the text that somebody opts out with, or undefined. */
export function suspicionIn(text: Words, languages: readonly LanguageCode[]): Suspicion | undefined {
  const joined = withJoinedMail(text);
  // Footers are looked for only where they could matter: most messages hold nothing to suspect.
  return suspicionInAll(joined, languages) && suspicionInAll(withoutFooters(joined), languages);
}

function suspicionInAll(text: Words, languages: readonly LanguageCode[]): Suspicion | undefined {
  const match = phraseIndex.find(text, ({ start }) => !isNegated(text, start));
  if (match !== undefined) return { language: match.value, phrase: text.words.slice(match.start, match.end).join(' ') };
  return keywordAmongClauses(text, languages) ?? fragmentIn(text);
}

/** “E-mail”, “e-post”: one word in the phrases. */
function withJoinedMail(text: Words): Words {
  if (!text.words.includes('e')) return text;
  const joined: Words = { words: [], breaks: [] };
  text.words.forEach((word, index) => {
    const last = joined.words.length - 1;
    if (text.words[index - 1] === 'e' && /^(?:mail|post)/.test(word)) {
      joined.words[last] = `e${word}`;
      joined.breaks[last] = text.breaks[index] ?? noBreak;
    } else {
      joined.words.push(word);
      joined.breaks.push(text.breaks[index] ?? noBreak);
    }
  });
  return joined;
}

/** Our own instructions (“Reply STOP to opt out”), quoted or forwarded, are cut out up to the end of their sentence. */
function withoutFooters(text: Words): Words {
  let own = text;
  for (let match = footerIndex.find(own, () => true); match !== undefined; match = footerIndex.find(own, () => true)) {
    let end = match.end;
    while (end < own.words.length && own.breaks[end - 1] !== sentenceBreak) end += 1;
    own = { words: [...own.words.slice(0, match.start), ...own.words.slice(end)], breaks: [...own.breaks.slice(0, Math.max(match.start - 1, 0)), ...(match.start > 0 ? [sentenceBreak as typeof sentenceBreak] : []), ...own.breaks.slice(end)] };
  }
  return own;
}

/** “Wrong number, please stop”: a clause at the edge of the message, or a sentence, that is a keyword by itself. */
function keywordAmongClauses({ words, breaks }: Words, languages: readonly LanguageCode[]): Suspicion | undefined {
  let start = 0;
  for (let end = 1; end <= words.length; end += 1) {
    const before = start === 0 ? sentenceBreak : breaks[start - 1];
    const after = end === words.length ? sentenceBreak : breaks[end - 1];
    if (after === noBreak) continue;
    const alone = start === 0 || end === words.length || (before === sentenceBreak && after === sentenceBreak);
    if (alone && end - start <= longestKeywordMessage && end - start < words.length) {
      const keyword = builtInIndex.find(words.slice(start, end), ({ kind, context, language }) => kind === 'opt_out' && !context && (language === null || languages.includes(language)))[0];
      if (keyword !== undefined) return { language: keyword.language ?? 'en', phrase: words.slice(start, end).join(' ') };
    }
    start = end;
  }
  return undefined;
}

function fragmentIn({ words }: Words): Suspicion | undefined {
  if (!words.some((word) => scriptsWithoutBlanks.test(word))) return undefined;
  const text = words.join(' ');
  const found = fragments.find(({ fragment }) => text.includes(fragment));
  return found === undefined ? undefined : { language: found.language, phrase: found.fragment };
}
