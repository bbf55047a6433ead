import type { LanguageCode } from '@quietlist/contract/languages';
import { limits } from '@quietlist/contract/limits';
import { builtInIndex, type BuiltInKeyword } from './built-in-keywords.ts';
import { isReaction } from './reactions.ts';
import { readOwnWords } from './read-own-words.ts';
import { suspectedWord } from './suspected-words.ts';
import { suspicionIn } from './suspicion.ts';

/** What a text means. Tier 1: the whole message is a keyword. Tier 2: suspected only, and never acted on in silence. */
export type Meaning =
  | { kind: 'none' }
  /** A delivery reaction that quotes us (`Liked “…”`): to be ignored. */
  | { kind: 'reaction' }
  | { kind: 'opt_out' | 'opt_in' | 'help'; tier: 1; language: LanguageCode; word: string }
  | { kind: 'opt_out'; tier: 2; language: LanguageCode; phrase: string }
  /** A bare answer. It means something only while a confirmation is pending. */
  | { kind: 'yes' | 'no'; language: LanguageCode; word: string };

export interface ReadMessageOptions {
  /** The languages whose keywords act: those of one list. Without any nothing acts; keywords of others are suspected at most. */
  languages: readonly LanguageCode[];
  channel: string | null;
  /** Whether a conversation waits for an answer, so that “cancel” or “end” may be meant for it. */
  inFlow: boolean;
}

const none: Meaning = { kind: 'none' };

/** Reads an inbound text. Pure; reads a bounded part of the text, each character a bounded number of times, whatever the text is. */
export function readMessage(text: string, options: ReadMessageOptions): Meaning {
  if (isReaction(text.slice(0, limits.inboundTextRead))) return { kind: 'reaction' };
  const { words, whole } = readOwnWords(text);
  if (words.words.length === 0) return none;
  return (whole ? wholeMessage(words.words, options) : undefined) ?? suspected(suspicionIn(words, options.languages)) ?? none;
}

function suspected(found: { language: LanguageCode; phrase: string } | undefined): Meaning | undefined {
  return found === undefined ? undefined : { kind: 'opt_out', tier: 2, language: found.language, phrase: found.phrase };
}

/** On these channels carriers act on the context words themselves, in a flow or not. */
const carrierChannels: ReadonlySet<string> = new Set(['sms', 'rcs']);

function wholeMessage(words: readonly string[], { languages, channel, inFlow }: ReadMessageOptions): Meaning | undefined {
  const steersFlow = inFlow && !carrierChannels.has(channel ?? '');
  const [first] = languages;
  const isEnabled = ({ language }: BuiltInKeyword): boolean => (language === null ? first !== undefined : languages.includes(language));
  const acting = builtInIndex.find(words, (keyword) => isEnabled(keyword) && !(keyword.context && steersFlow))[0];
  if (acting !== undefined && first !== undefined) return meaningOf(acting, first);
  const known = builtInIndex.find(words, (keyword) => isEnabled(keyword) || keyword.kind === 'opt_out');
  if (known.some((keyword) => isEnabled(keyword) && keyword.kind !== 'opt_out')) return none;
  const optOut = known[0];
  if (optOut !== undefined) return suspected({ language: optOut.language ?? 'en', phrase: optOut.word });
  return steersFlow ? undefined : suspected(suspectedWord(words, languages));
}

function meaningOf({ kind, language, word }: BuiltInKeyword, first: LanguageCode): Meaning {
  const common = { language: language ?? first, word };
  return kind === 'yes' || kind === 'no' ? { kind, ...common } : { kind, tier: 1, ...common };
}
