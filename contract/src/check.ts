import { Type, type Static } from 'typebox';
import { AddressInput, AddressOptions } from './address.ts';
import { limits } from './limits.ts';
import { Channel, ListReference, SenderReference } from './scope.ts';
import { Instant, Nullable, Text } from './text.ts';
import { checkPurposes, directions, kinds, origins, purposes, reasons, sources, wordsOf } from './vocabulary.ts';

/** One person to check: an address, or all addresses that are known of the person. */
export const Recipient = Type.Union([
  AddressInput,
  Type.Object({ address: AddressInput, ref: Type.Optional(Text(limits.refLength)) }, { additionalProperties: false }),
  Type.Object(
    { addresses: Type.Array(AddressInput, { minItems: 1, maxItems: limits.addressesPerItem }), ref: Type.Optional(Text(limits.refLength)) },
    { additionalProperties: false },
  ),
]);
export type Recipient = Static<typeof Recipient>;

/** The less is said, the more is suppressed: an omitted channel, sender or lists means any. */
export const CheckRequest = Type.Object(
  {
    recipients: Type.Array(Recipient, { minItems: 1, maxItems: limits.itemsPerRequest }),
    channel: Type.Optional(Nullable(Channel)),
    sender: Type.Optional(Nullable(SenderReference)),
    purpose: Type.Optional(Type.Enum(wordsOf(checkPurposes))),
    direction: Type.Optional(Type.Enum(['outbound', 'inbound'])),
    lists: Type.Optional(Type.Array(ListReference, { maxItems: limits.listsPerRequest })),
    asOf: Type.Optional(Instant('Answer as of this past instant, from the history.')),
    view: Type.Optional(Type.Enum(['all', 'held'], { description: '"held": only those held or unknown, by index, beside counts that must add up.' })),
    addressOptions: Type.Optional(AddressOptions),
  },
  { additionalProperties: false },
);
export type CheckRequest = Static<typeof CheckRequest>;

/** An entry that holds a recipient, and by which of its addresses. */
export const Match = Type.Object(
  {
    entry: Type.String(),
    kind: Type.Enum(wordsOf(kinds)),
    channel: Nullable(Type.String()),
    sender: Nullable(Type.String()),
    list: Nullable(Type.String()),
    listName: Nullable(Type.String()),
    purpose: Type.Enum(wordsOf(purposes)),
    direction: Type.Enum(wordsOf(directions)),
    reason: Type.Enum(wordsOf(reasons)),
    source: Type.Enum(wordsOf(sources)),
    by: Type.Enum(wordsOf(origins)),
    createdAt: Type.String(),
    expiresAt: Nullable(Type.String()),
    matchedBy: Type.Enum(['address', 'mailbox', 'linked', 'unverified'], { description: 'The address itself, its mailbox without tags and dots, a linked address, or text that could not be read.' }),
  },
  { additionalProperties: false },
);
export type Match = Static<typeof Match>;

export const Decision = Type.Object(
  {
    index: Type.Integer({ minimum: 0 }),
    ref: Type.Optional(Type.String()),
    decision: Type.Enum(['allow', 'suppress', 'unknown']),
    mayContact: Type.Boolean({ description: 'True only for allow.' }),
    code: Type.String(),
    label: Type.String({ description: 'The code for people, e.g. “Optout Number”.' }),
    explanation: Type.String(),
    matched: Type.Array(Match),
  },
  { additionalProperties: false },
);
export type Decision = Static<typeof Decision>;

/** What was asked, with every default filled in. */
export const Evaluated = Type.Object(
  {
    channel: Nullable(Type.String()),
    sender: Nullable(Type.String()),
    purpose: Type.Enum(wordsOf(checkPurposes)),
    direction: Type.Enum(['outbound', 'inbound']),
    lists: Nullable(Type.Array(Type.String())),
    asOf: Nullable(Type.String()),
  },
  { additionalProperties: false },
);
export type Evaluated = Static<typeof Evaluated>;

const Counts = Type.Object(
  { total: Type.Integer(), allow: Type.Integer(), suppress: Type.Integer(), unknown: Type.Integer() },
  { additionalProperties: false },
);

/** One decision a recipient in the order asked; with view "held" only those that are not allow. */
export const CheckResponse = Type.Object(
  {
    view: Type.Enum(['all', 'held']),
    decisions: Type.Array(Decision),
    counts: Counts,
    evaluated: Evaluated,
    checkedAt: Type.String(),
  },
  { additionalProperties: false },
);
export type CheckResponse = Static<typeof CheckResponse>;
