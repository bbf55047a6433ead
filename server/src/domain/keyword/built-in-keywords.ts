import type { LanguageCode } from '@quietlist/contract/languages';
import type { LanguagePack } from './pack.ts';
import { packs } from './packs.ts';
import { everywhere } from './packs/everywhere.ts';
import { normaliseKeyword } from './normalise.ts';
import { typosOfUnsubscribe } from './typos.ts';
import { WholeMessageIndex } from './whole-message.ts';

/** A keyword of ours, as the table of whole messages knows it. `language` is null for those that act in every language. */
export interface BuiltInKeyword {
  kind: 'opt_out' | 'opt_in' | 'help' | 'yes' | 'no';
  language: LanguageCode | null;
  word: string;
  /** Acts only outside a flow, or on SMS and RCS. */
  context: boolean;
}

/** The lists of a pack, in order of weight: a word that is in several lists of one language means the first of them. */
const lists: ReadonlyArray<readonly [list: keyof LanguagePack & ('optOut' | 'contextOptOut' | 'help' | 'optIn' | 'contextOptIn' | 'no' | 'yes'), kind: BuiltInKeyword['kind'], context: boolean]> = [
  ['optOut', 'opt_out', false],
  ['contextOptOut', 'opt_out', true],
  ['help', 'help', false],
  ['optIn', 'opt_in', false],
  ['contextOptIn', 'opt_in', true],
  ['no', 'no', false],
  ['yes', 'yes', false],
];

const keywordsOf = (language: LanguageCode, pack: LanguagePack): BuiltInKeyword[] =>
  lists.flatMap(([list, kind, context]) => pack[list].map((word) => ({ kind, language, word: normaliseKeyword(word), context })));

const languagePacks = Object.entries(packs) as Array<[LanguageCode, LanguagePack]>;

export const builtInKeywords: readonly BuiltInKeyword[] = [
  ...everywhere.optOut.map((word): BuiltInKeyword => ({ kind: 'opt_out', language: null, word, context: false })),
  ...everywhere.optIn.map((word): BuiltInKeyword => ({ kind: 'opt_in', language: null, word, context: false })),
  ...languagePacks.flatMap(([language, pack]) => keywordsOf(language, pack)),
];

const unsubscribe: BuiltInKeyword = { kind: 'opt_out', language: null, word: 'unsubscribe', context: false };

/** The keywords of all languages; who looks one up leaves out the languages that are not enabled. */
export const builtInIndex = new WholeMessageIndex<BuiltInKeyword>([
  ...builtInKeywords.map((value) => ({ words: value.word.split(' '), value })),
  ...typosOfUnsubscribe.map((typo) => ({ words: [typo], value: unsubscribe })),
]);
