import type { FeedType } from '@quietlist/contract/feed';
import type { Entry } from './entry.ts';
import type { EventAction, EventDraft } from './history.ts';

/** What a line of the history that is about an entry shows of it: the entry as the change left it. */
export function entryOfLine({ action, before, after, at }: Pick<EventDraft, 'action' | 'before' | 'after' | 'at'>): Entry | null {
  if (action === 'added' || action === 'widened') return after as Entry;
  if (action === 'removed' || action === 'expired') return { ...(before as Entry), endedAt: at, endedAs: action };
  return null;
}

const types: Partial<Record<EventAction, (kind: Entry['kind']) => FeedType>> = {
  added: (kind) => `${kind}.added`,
  removed: (kind) => `${kind}.removed`,
  widened: () => 'entry.widened',
  expired: () => 'entry.expired',
};

/**
 * What others are told of a line of the history; null where it is nobody else's business: addresses that were linked, keys that follow
 * new rules, and an entry that went into another one, which still holds.
 */
export function feedTypeOf(line: Pick<EventDraft, 'action' | 'before' | 'after' | 'at' | 'entryId' | 'reason'>): FeedType | null {
  if (line.entryId === null || (line.action === 'removed' && line.reason === 'merged')) return null;
  const entry = entryOfLine(line);
  return entry === null ? null : (types[line.action]?.(entry.kind) ?? null);
}
