import type { EntryPage, ListEntriesQuery } from '@quietlist/contract/entry-page';
import { instantOf } from '../domain/instant.ts';
import { readPerson } from '../domain/person.ts';
import type { Caller } from './context.ts';
import { entryView } from './entry-view.ts';
import { cursorOf, pageLimit, readCursor } from './paging.ts';
import type { Clock, EntryFilter, EntrySort, StoreReader } from './ports.ts';
import { Problem } from './problem.ts';
import { readingOptionsOf } from './reading-options.ts';
import { loadReferences, type References } from './references.ts';

/** The key that a search text stands for: that of the address it is, else the text itself as the beginning of keys. */
function searchKey(text: string, caller: Caller): string {
  const person = readPerson([text], readingOptionsOf(caller.workspace.settings, undefined, null));
  return person.addresses[0]?.key ?? text.trim().toLowerCase();
}

function instant(text: string | undefined, pointer: string): number | undefined {
  if (text === undefined) return undefined;
  const value = instantOf(text);
  if (value === null) throw new Problem('invalid-request', `The parameter ${pointer} is no real day.`, [{ pointer, message: 'No real day.' }]);
  return value;
}

function filterOf(query: ListEntriesQuery, references: References, caller: Caller): EntryFilter {
  const createdFrom = instant(query.createdFrom, 'createdFrom');
  const createdTo = instant(query.createdTo, 'createdTo');
  return {
    ...(query.kind ? { kind: query.kind } : {}),
    status: query.status ?? 'active',
    ...(query.list ? { list: references.list(query.list, 'list') } : {}),
    ...(query.channel ? { channel: query.channel } : {}),
    ...(query.sender ? { sender: references.sender(query.sender, 'sender').id } : {}),
    ...(query.reason ? { reason: query.reason } : {}),
    ...(query.source ? { source: query.source } : {}),
    ...(query.by ? { by: query.by } : {}),
    ...(query.batch ? { batch: query.batch } : {}),
    ...(createdFrom === undefined ? {} : { createdFrom }),
    ...(createdTo === undefined ? {} : { createdTo }),
    ...(query.text ? { keyPrefix: searchKey(query.text, caller) } : {}),
  };
}

type Cursor = [sort: EntrySort, key: string, id: number];

/** One page of entries. The next one begins after the last row shown, so rows added meanwhile never shift it. */
export async function listEntries(reader: StoreReader, clock: Clock, caller: Caller, query: ListEntriesQuery): Promise<EntryPage> {
  const now = clock();
  const sort = query.sort ?? '-createdAt';
  const references = await loadReferences(reader.directory, caller.workspace.id);
  const isCursor = (value: unknown): value is Cursor =>
    Array.isArray(value) && value.length === 3 && value[0] === sort && typeof value[1] === 'string' && Number.isSafeInteger(value[2]);
  const [, key, id] = query.cursor === undefined ? [] : readCursor(query.cursor, isCursor);
  const after = key === undefined || id === undefined ? null : { key, id };
  const limit = pageLimit(query.limit);
  const rows = await reader.entries.page(caller.workspace.id, filterOf(query, references, caller), sort, limit + 1, after, now);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map((entry) => entryView(entry, references.names, now)),
    nextCursor: rows.length > limit && last ? cursorOf([sort, last.key, last.id]) : null,
  };
}
