/** What Quietlist knows of a language. Words are written as people write them; they are compared in their normal form. */
export interface LanguagePack {
  /** Whole messages that act, wherever they are sent. */
  optOut: readonly string[];
  optIn: readonly string[];
  /** Answered with information; they change nothing. */
  help: readonly string[];
  /** Whole messages that also steer a conversation (“cancel”, “end”): inside a flow they act on SMS and RCS only. */
  contextOptOut: readonly string[];
  contextOptIn: readonly string[];
  /** Bare answers, heard only while a confirmation is pending. */
  yes: readonly string[];
  no: readonly string[];
  /** Whole messages that are held for review outside a flow: slips of the pen, and words that are too often meant otherwise. */
  suspected: readonly string[];
  /** Wordings inside a message that are held for review, in the notation of `phrase-notation.ts`. */
  phrases: readonly string[];
  /** The same for scripts that put no blanks between words: held wherever the characters stand. */
  fragments?: readonly string[];
  /** Names for alternatives in the phrases: `@message`. */
  classes?: Readonly<Record<string, string>>;
  /** Instructions of ours that come back quoted or forwarded (“Reply STOP to opt out”), in the same notation. They are not the writer's words. */
  footers?: readonly string[];
  /** Words that turn a phrase behind them into its opposite, and the words that may stand between. */
  negators?: readonly string[];
  betweenNegatorAndPhrase?: readonly string[];
}
