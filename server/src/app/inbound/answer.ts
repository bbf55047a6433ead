import type { InboundResponse } from '@quietlist/contract/inbound';
import type { InboundAction } from '@quietlist/contract/vocabulary';
import type { Intent } from '../../domain/rule-book.ts';

/** What an act adds to the answer. */
export type Done = Partial<Pick<InboundResponse, 'entries' | 'reply' | 'review' | 'unverified'>>;

const explanations: Record<InboundAction, string> = {
  opted_out: 'The person opted out.',
  opted_in: 'The person’s own opt-outs were lifted.',
  blacklisted: 'A rule added the person to the blacklist.',
  blocked: 'The sender is on the blacklist: do not answer.',
  help: 'The person asked for help.',
  review: 'This may be an opt-out. The person is held until somebody decides.',
  confirm: 'This may be an opt-out. The person is held and asked.',
  ignored: 'A reaction to a message of ours: nothing to do.',
  none: 'An ordinary message.',
};

/** The answer to a message. Quotes no more of it than the words that decided, and never whose it is. */
export const answerOf = (action: InboundAction, intent: Intent, done: Done = {}): InboundResponse => ({
  action,
  handled: action !== 'none',
  entries: done.entries ?? [],
  reply: done.reply ?? null,
  review: done.review ?? null,
  matched: intent.by === null || action === 'none' ? null : { by: intent.by, text: intent.words, rule: intent.rule, language: intent.language },
  explanation: explanations[action],
  unverified: done.unverified ?? false,
  wasSeen: false,
  dryRun: false,
});
