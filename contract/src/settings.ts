import { Type, type Static } from 'typebox';
import { Nullable } from './text.ts';
import { optOutChannels, revocationScopes, uncertainPolicies, wordsOf } from './vocabulary.ts';

/** What a workspace decides for all its flows. */
export const Settings = Type.Object(
  {
    listMatching: Type.Enum(['any', 'named'], {
      description: '"any": a check that names no list meets them all, and the default list always counts. "named": only lists that the check names count (the literal behaviour of B13 and C9).',
    }),
    mailboxMatching: Type.Boolean({ description: 'Match mail of listed providers without tags and dots, too.' }),
    digits: Type.Enum(['international', 'national']),
    defaultCountry: Nullable(Type.String({ pattern: '^[A-Z]{2}$' })),
    uncertainMessages: Type.Enum(wordsOf(uncertainPolicies), {
      description: 'What to do with a message that may be an opt-out but does not say so in a word: hold its sender until somebody decides (`review`), ask the sender (`confirm`), take it for an opt-out, or ignore it.',
    }),
    optOutChannels: Type.Enum(wordsOf(optOutChannels), { description: 'Whether a STOP that came on one channel holds every channel, or that one only.' }),
    revocationScope: Type.Enum(wordsOf(revocationScopes), {
      description: 'What a STOP ends. `message_purpose`: marketing when it answers marketing, everything when it answers anything else or nobody knows what. `all`: everything.',
    }),
    reviewDays: Type.Integer({ minimum: 1, maximum: 30, description: 'Days until an undecided review becomes an opt-out.' }),
    messageDays: Type.Integer({ minimum: 0, maximum: 90, description: 'Days for which inbound messages are kept, for previews of rules and against repeats. 0: a day, without their text.' }),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof Settings>;

export const defaultSettings: Settings = {
  listMatching: 'any', mailboxMatching: true, digits: 'international', defaultCountry: null,
  uncertainMessages: 'review', optOutChannels: 'all', revocationScope: 'message_purpose', reviewDays: 10, messageDays: 14,
};

export const UpdateSettingsRequest = Type.Object(
  {
    listMatching: Type.Optional(Settings.properties.listMatching),
    mailboxMatching: Type.Optional(Settings.properties.mailboxMatching),
    digits: Type.Optional(Settings.properties.digits),
    defaultCountry: Type.Optional(Settings.properties.defaultCountry),
    uncertainMessages: Type.Optional(Settings.properties.uncertainMessages),
    optOutChannels: Type.Optional(Settings.properties.optOutChannels),
    revocationScope: Type.Optional(Settings.properties.revocationScope),
    reviewDays: Type.Optional(Settings.properties.reviewDays),
    messageDays: Type.Optional(Settings.properties.messageDays),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type UpdateSettingsRequest = Static<typeof UpdateSettingsRequest>;
