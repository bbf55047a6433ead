import { Type, type Static } from 'typebox';
import { AddressInput, AddressOptions } from './address.ts';
import { limits } from './limits.ts';
import { Channel, ListReference, SenderReference } from './scope.ts';
import { Instant, NonEmptyText, Nullable, Text } from './text.ts';
import { addressKinds, consentMethods, directions, kinds, origins, purposes, reasons, sources, statuses, wordsOf } from './vocabulary.ts';

/** Facts about how an entry came about: workflow, execution, message, file, line … Names start with a letter, so no `__proto__`. */
export const Evidence = Type.Record(
  Type.String({ pattern: `^[a-zA-Z][\\w.-]{0,${limits.evidenceNameLength - 1}}$` }),
  Type.Union([Text(limits.evidenceValueLength), Type.Number(), Type.Boolean()]),
  { maxProperties: limits.evidenceFields, additionalProperties: false },
);
export type Evidence = Static<typeof Evidence>;

/** Proof that a recipient agreed to be contacted again (D7), or that the operator may add these addresses (D8). */
export const Consent = Type.Object(
  {
    method: Type.Enum(wordsOf(consentMethods)),
    statement: NonEmptyText(limits.statementLength, 'What was agreed to, in the words used.'),
    at: Instant('When the consent was given.'),
    by: NonEmptyText(limits.nameLength, 'Who recorded it.'),
  },
  { additionalProperties: false },
);
export type Consent = Static<typeof Consent>;

/** One suppression to add. A person's several addresses go in `addresses`: all are written, and linked. */
export const NewEntry = Type.Object(
  {
    kind: Type.Enum(wordsOf(kinds)),
    address: Type.Optional(AddressInput),
    addresses: Type.Optional(Type.Array(AddressInput, { minItems: 1, maxItems: limits.addressesPerItem })),
    channel: Type.Optional(Nullable(Channel)),
    sender: Type.Optional(Nullable(SenderReference)),
    list: Type.Optional(ListReference),
    purpose: Type.Optional(Type.Enum(wordsOf(purposes))),
    direction: Type.Optional(Type.Enum(wordsOf(directions))),
    reason: Type.Optional(Type.Enum(wordsOf(reasons))),
    note: Type.Optional(Text(limits.noteLength, 'For people; never changes what is held.')),
    source: Type.Optional(Type.Enum(wordsOf(sources))),
    evidence: Type.Optional(Evidence),
    by: Type.Optional(Type.Enum(wordsOf(origins))),
    expiresAt: Type.Optional(Nullable(Instant('When the entry stops to hold.'))),
  },
  { additionalProperties: false },
);
export type NewEntry = Static<typeof NewEntry>;

export const AddEntriesRequest = Type.Object(
  {
    entries: Type.Array(NewEntry, { minItems: 1, maxItems: limits.itemsPerRequest }),
    batch: Type.Optional(NonEmptyText(limits.batchLength, 'Writes made together carry the same batch.')),
    consent: Type.Optional(Consent),
    addressOptions: Type.Optional(AddressOptions),
  },
  { additionalProperties: false },
);
export type AddEntriesRequest = Static<typeof AddEntriesRequest>;

export const addOutcomes = ['added', 'unchanged', 'widened', 'invalid'] as const;

/** What became of one item, in the order of the request. */
export const AddResult = Type.Object(
  {
    index: Type.Integer({ minimum: 0 }),
    outcome: Type.Enum([...addOutcomes]),
    entries: Type.Array(Type.String(), { description: 'Ids of the entries that now hold, one an address.' }),
    unverified: Type.Optional(
      Type.Literal(true, { description: 'The address could not be read. The opt-out was kept as it was received, and every check of it answers suppress.' }),
    ),
    code: Type.Optional(Type.String()),
    message: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type AddResult = Static<typeof AddResult>;

export const AddEntriesResponse = Type.Object(
  {
    results: Type.Array(AddResult),
    counts: Type.Object(
      { added: Type.Integer(), unchanged: Type.Integer(), widened: Type.Integer(), invalid: Type.Integer() },
      { additionalProperties: false },
    ),
    batch: Nullable(Type.String()),
  },
  { additionalProperties: false },
);
export type AddEntriesResponse = Static<typeof AddEntriesResponse>;

/**
 * What to remove: entries by id, or by what they are about. An omitted channel or sender means whichever; `null` means
 * only the entry for any channel; omitted lists mean the default list, `["*"]` every list. Less said lifts less.
 */
export const RemoveEntriesRequest = Type.Object(
  {
    ids: Type.Optional(Type.Array(Type.String({ pattern: '^ent_[0-9a-z]{1,20}$' }), { minItems: 1, maxItems: limits.itemsPerRequest })),
    kind: Type.Optional(Type.Enum(wordsOf(kinds))),
    addresses: Type.Optional(
      Type.Array(
        Type.Union([AddressInput, Type.Array(AddressInput, { minItems: 1, maxItems: limits.addressesPerItem })]),
        { minItems: 1, maxItems: limits.itemsPerRequest, description: 'One item a person; a person with several addresses is an array.' },
      ),
    ),
    channel: Type.Optional(Nullable(Channel)),
    sender: Type.Optional(Nullable(SenderReference)),
    lists: Type.Optional(Type.Array(ListReference, { minItems: 1, maxItems: limits.listsPerRequest })),
    by: Type.Optional(Type.Enum(['recipient', 'operator'], { description: 'Whose will the removal is. Anybody but the recipient needs consent to lift an opt-out.' })),
    consent: Type.Optional(Consent),
    note: Type.Optional(Text(limits.noteLength)),
    source: Type.Optional(Type.Enum(wordsOf(sources))),
    evidence: Type.Optional(Evidence),
    batch: Type.Optional(NonEmptyText(limits.batchLength)),
    addressOptions: Type.Optional(AddressOptions),
    dryRun: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export type RemoveEntriesRequest = Static<typeof RemoveEntriesRequest>;

export const RemoveResult = Type.Object(
  {
    index: Type.Integer({ minimum: 0 }),
    outcome: Type.Enum(['removed', 'absent', 'invalid']),
    entries: Type.Array(Type.String(), { description: 'Ids of the entries that were removed.' }),
    remaining: Type.Integer({ minimum: 0, description: 'Active entries of the same kind that still hold this address in another scope.' }),
    code: Type.Optional(Type.String()),
    message: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
);
export type RemoveResult = Static<typeof RemoveResult>;

export const RemoveEntriesResponse = Type.Object(
  {
    results: Type.Array(RemoveResult),
    counts: Type.Object({ removed: Type.Integer(), absent: Type.Integer(), invalid: Type.Integer() }, { additionalProperties: false }),
    dryRun: Type.Boolean(),
    batch: Nullable(Type.String()),
  },
  { additionalProperties: false },
);
export type RemoveEntriesResponse = Static<typeof RemoveEntriesResponse>;

/** One suppression as it is kept. `null` channel or sender means any. */
export const Entry = Type.Object(
  {
    id: Type.String(),
    kind: Type.Enum(wordsOf(kinds)),
    address: Type.String(),
    addressKind: Type.Enum(wordsOf(addressKinds)),
    key: Type.String(),
    unverified: Type.Boolean(),
    channel: Nullable(Type.String()),
    sender: Nullable(Type.String()),
    senderName: Nullable(Type.String()),
    list: Nullable(Type.String()),
    listName: Nullable(Type.String()),
    purpose: Type.Enum(wordsOf(purposes)),
    direction: Type.Enum(wordsOf(directions)),
    reason: Type.Enum(wordsOf(reasons)),
    note: Nullable(Type.String()),
    source: Type.Enum(wordsOf(sources)),
    evidence: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
    by: Type.Enum(wordsOf(origins)),
    batch: Nullable(Type.String()),
    createdAt: Type.String(),
    expiresAt: Nullable(Type.String()),
    status: Type.Enum(wordsOf(statuses)),
  },
  { additionalProperties: false },
);
export type Entry = Static<typeof Entry>;
