import type { FeedEvent, FeedPage, FeedQuery, FeedType } from '@quietlist/contract/feed';
import { entryOfLine, feedTypeOf } from '../domain/feed.ts';
import type { EventRecord } from '../domain/history.ts';
import { idText } from '../domain/id-text.ts';
import { instantText } from '../domain/instant.ts';
import type { Caller } from './context.ts';
import { entryView } from './entry-view.ts';
import { pageLimit } from './paging.ts';
import type { OutboxItem, StoreReader } from './ports.ts';
import { Problem } from './problem.ts';
import { loadReferences, type References } from './references.ts';

/** What somebody wants to be told of. */
export interface FeedFilter {
  /** Empty: all. */
  types: readonly FeedType[];
  /** Only opt-outs of these lists; everything else whatever the list. Empty: all. */
  lists: readonly string[];
}

export const everything: FeedFilter = { types: [], lists: [] };

const isListed = ({ data: { entry } }: FeedEvent, lists: readonly string[]): boolean =>
  entry === undefined || entry.kind !== 'opt_out' || (entry.list !== null && lists.includes(entry.list));

export const isWanted = (event: FeedEvent, { types, lists }: FeedFilter): boolean =>
  (types.length === 0 || types.includes(event.type)) && (lists.length === 0 || isListed(event, lists));

export interface FeedSlice {
  events: FeedEvent[];
  /** Up to here nothing is left to read. */
  position: number;
  hasMore: boolean;
}

/** Rows read at a time: each may stand for as many events as one request makes. */
const rowsAtOnce = 50;
const eventsAtOnce = 500;
/** Events looked at in one reading, wanted or not: a narrow filter does not make a reading long. */
const eventsExamined = 10_000;

type Placed = [position: number, at: number, item: OutboxItem];

/** What is at the next positions, at most `limit` of them. */
async function placedAfter(reader: StoreReader, workspaceId: number, position: number, limit: number): Promise<Placed[]> {
  const placed: Placed[] = [];
  for (const row of await reader.outbox.after(workspaceId, position, Math.min(limit, rowsAtOnce))) {
    const before = row.position - row.items.length;
    for (let index = Math.max(0, position - before); index < row.items.length && placed.length < limit; index += 1) {
      placed.push([before + index + 1, row.at, row.items[index] as OutboxItem]);
    }
    if (placed.length === limit) break;
  }
  return placed;
}

const isReference = (item: OutboxItem): item is readonly [string, number] => Array.isArray(item);
const lineName = (key: string, sequence: number): string => `${sequence} ${key}`;

function viewOf(placed: Placed, lines: ReadonlyMap<string, EventRecord>, references: References): FeedEvent | null {
  const [position, at, item] = placed;
  if (!isReference(item)) return { id: idText('evt', item.id), position, type: item.type, timestamp: instantText(at), data: item.data };
  const line = lines.get(lineName(...item));
  const [type, entry] = line ? [feedTypeOf(line), entryOfLine(line)] : [null, null];
  if (!line || type === null || entry === null) return null;
  const data = { entry: entryView(entry, references.names, line.at), actor: line.actor, reason: line.reason, batch: line.batch };
  return { id: idText('evt', line.id), position, type, timestamp: instantText(line.at), data };
}

/** Events after a position, oldest first. Reads only what is committed and has its place, so that nothing can come before it any more. */
export async function readFeed(reader: StoreReader, workspaceId: number, after: number, filter: FeedFilter, limit: number): Promise<FeedSlice> {
  const events: FeedEvent[] = [];
  let position = after;
  let references: References | null = null;
  while (events.length < limit && position - after < eventsExamined) {
    const placed = await placedAfter(reader, workspaceId, position, Math.min(eventsAtOnce, filter === everything ? limit - events.length : eventsAtOnce));
    if (placed.length === 0) break;
    references ??= await loadReferences(reader.directory, workspaceId);
    const found = await reader.events.find(workspaceId, placed.map(([, , item]) => item).filter(isReference));
    const lines = new Map(found.map((line) => [lineName(line.key, line.sequence), line]));
    for (const one of placed) {
      [position] = one;
      const event = viewOf(one, lines, references);
      if (event && isWanted(event, filter)) events.push(event);
      if (events.length === limit) break;
    }
  }
  return { events, position, hasMore: position < (await reader.outbox.head(workspaceId)) };
}

/** What a query asks for. */
export async function feedFilter(reader: StoreReader, caller: Caller, query: Pick<FeedQuery, 'types' | 'list'>): Promise<FeedFilter> {
  if (query.types === undefined && query.list === undefined) return everything;
  const lists = query.list === undefined ? [] : [(await loadReferences(reader.directory, caller.workspace.id)).list(query.list, 'list')];
  return { types: (query.types?.split(',') ?? []) as FeedType[], lists };
}

/**
 * The position that a reader goes on from. One that it cannot go on from is refused: events after it that are no longer kept, or a
 * position that this store has not reached, would be a gap that nobody sees.
 */
export async function requirePosition(reader: StoreReader, workspaceId: number, text: string): Promise<number> {
  const position = Number(text);
  if (position < (await reader.outbox.start(workspaceId))) throw new Problem('events-gone');
  if (position > (await reader.outbox.head(workspaceId))) throw new Problem('events-gone', 'This position has not been reached: the store was put back to an earlier state, or the position is of another one.');
  return position;
}

/** One page of the feed, oldest first. */
export async function listEvents(reader: StoreReader, caller: Caller, query: FeedQuery): Promise<FeedPage> {
  const workspaceId = caller.workspace.id;
  const after = query.after === undefined ? await reader.outbox.start(workspaceId) : await requirePosition(reader, workspaceId, query.after);
  const { events, position, hasMore } = await readFeed(reader, workspaceId, after, await feedFilter(reader, caller, query), pageLimit(query.limit));
  return { data: events, position, hasMore };
}
