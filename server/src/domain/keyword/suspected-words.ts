import type { LanguageCode } from '@quietlist/contract/languages';
import { normaliseKeyword } from './normalise.ts';
import type { LanguagePack } from './pack.ts';
import { packs } from './packs.ts';
import type { Suspicion } from './suspicion.ts';
import { WholeMessageIndex } from './whole-message.ts';

const index = new WholeMessageIndex<Suspicion>(
  (Object.entries(packs) as Array<[LanguageCode, LanguagePack]>).flatMap(([language, { suspected }]) =>
    suspected.map((text) => {
      const phrase = normaliseKeyword(text);
      return { words: phrase.split(' '), value: { language, phrase } };
    }),
  ),
);

/** The word of an enabled language that a whole message is, when it is one that is often meant as an opt-out and often is not. */
export function suspectedWord(words: readonly string[], languages: readonly LanguageCode[]): Suspicion | undefined {
  return index.find(words).find(({ language }) => languages.includes(language));
}
