import { defaultListId, type CheckPurpose } from '@quietlist/contract/vocabulary';
import { isActive, type Entry } from './entry.ts';

/** What a check asks about. `null` means any. */
export interface CheckScope {
  channel: string | null;
  sender: string | null;
  purpose: CheckPurpose;
  direction: 'outbound' | 'inbound';
  /** Ids of the lists that were named; null or empty: none was. */
  lists: ReadonlySet<string> | null;
  /** The workspace's word on lists: see `Settings.listMatching`. */
  listMatching: 'any' | 'named';
}

/** Equal, or open on either side: the less a check says, the more holds it. */
const meets = (one: string | null, other: string | null): boolean => one === null || other === null || one === other;

function listCounts(list: string | null, scope: CheckScope): boolean {
  if (scope.lists?.has(list ?? defaultListId)) return true;
  if (scope.listMatching === 'named') return false;
  return list === defaultListId || scope.lists === null || scope.lists.size === 0;
}

/**
 * Whether an entry of the recipient holds a message of this scope (DESIGN §2.2). The one matching rule, used for every store.
 * Deny overrides: one entry that holds is enough, and no entry ever allows. A block holds whatever the purpose.
 */
export function holds(entry: Entry, scope: CheckScope, now: number): boolean {
  return (
    isActive(entry, now) &&
    meets(entry.channel, scope.channel) &&
    meets(entry.sender, scope.sender) &&
    (entry.direction === 'both' || entry.direction === scope.direction) &&
    (entry.kind === 'block' || ((entry.purpose === 'all' || scope.purpose === 'marketing') && listCounts(entry.list, scope)))
  );
}
