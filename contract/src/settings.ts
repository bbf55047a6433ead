import { Type, type Static } from 'typebox';
import { Nullable } from './text.ts';

/** What a workspace decides for all its flows. */
export const Settings = Type.Object(
  {
    listMatching: Type.Enum(['any', 'named'], {
      description: '"any": a check that names no list meets them all, and the default list always counts. "named": only lists that the check names count (the literal behaviour of B13 and C9).',
    }),
    mailboxMatching: Type.Boolean({ description: 'Match mail of listed providers without tags and dots, too.' }),
    digits: Type.Enum(['international', 'national']),
    defaultCountry: Nullable(Type.String({ pattern: '^[A-Z]{2}$' })),
  },
  { additionalProperties: false },
);
export type Settings = Static<typeof Settings>;

export const defaultSettings: Settings = { listMatching: 'any', mailboxMatching: true, digits: 'international', defaultCountry: null };

export const UpdateSettingsRequest = Type.Object(
  {
    listMatching: Type.Optional(Settings.properties.listMatching),
    mailboxMatching: Type.Optional(Settings.properties.mailboxMatching),
    digits: Type.Optional(Settings.properties.digits),
    defaultCountry: Type.Optional(Settings.properties.defaultCountry),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type UpdateSettingsRequest = Static<typeof UpdateSettingsRequest>;
