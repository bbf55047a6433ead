import { Type, type Static } from 'typebox';
import { Entry } from './entry.ts';
import { limits } from './limits.ts';
import { Page, pageQuery } from './page.ts';
import { Channel, ListReference, SenderReference } from './scope.ts';
import { Instant, NonEmptyText } from './text.ts';
import { kinds, origins, reasons, sources, statuses, wordsOf } from './vocabulary.ts';

/** Filters of `GET /v1/entries`. `text` finds an address exactly as it is matched, or by how its key begins. */
export const ListEntriesQuery = Type.Object(
  {
    ...pageQuery,
    kind: Type.Optional(Type.Enum(wordsOf(kinds))),
    status: Type.Optional(Type.Enum([...wordsOf(statuses), 'any'], { description: 'Default: active.' })),
    list: Type.Optional(ListReference),
    channel: Type.Optional(Channel),
    sender: Type.Optional(SenderReference),
    reason: Type.Optional(Type.Enum(wordsOf(reasons))),
    source: Type.Optional(Type.Enum(wordsOf(sources))),
    by: Type.Optional(Type.Enum(wordsOf(origins))),
    batch: Type.Optional(NonEmptyText(limits.batchLength)),
    createdFrom: Type.Optional(Instant()),
    createdTo: Type.Optional(Instant()),
    text: Type.Optional(NonEmptyText(limits.searchLength)),
    sort: Type.Optional(Type.Enum(['-createdAt', 'createdAt', 'address', '-address'], { description: 'Default: -createdAt, newest first.' })),
  },
  { additionalProperties: false },
);
export type ListEntriesQuery = Static<typeof ListEntriesQuery>;

export const EntryPage = Page(Entry);
export type EntryPage = Static<typeof EntryPage>;
