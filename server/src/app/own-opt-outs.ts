import { defaultListId, type Purpose } from '@quietlist/contract/vocabulary';
import { isActive, type Entry } from '../domain/entry.ts';
import { instantOf } from '../domain/instant.ts';
import type { StoreReader } from './ports.ts';

/** Which of a person's own opt-outs are meant. */
export interface OwnOptOuts {
  keys: readonly string[];
  lists: readonly string[];
  channel: string;
  /** Null: any. */
  sender: string | null;
  /** The widest that is meant. */
  purpose: Purpose;
  /** When the person said so: what they opted out of later is not meant. */
  at: number;
  now: number;
}

/** When somebody opted out: as their provider says, else when it was written. */
const instantOfOptOut = ({ evidence, createdAt }: Entry): number => {
  const { eventAt } = evidence;
  return (typeof eventAt === 'string' ? instantOf(eventAt) : null) ?? createdAt;
};

/** The opt-outs in force that this person made themselves. Never a block, and never what somebody else decided. */
export async function ownOptOuts(reader: Pick<StoreReader, 'entries'>, workspaceId: number, { keys, lists, channel, sender, purpose, at, now }: OwnOptOuts): Promise<Entry[]> {
  const open = await reader.entries.findOpen(workspaceId, keys);
  return open.filter((entry) =>
    entry.kind === 'opt_out' && entry.by === 'recipient' && isActive(entry, now) && lists.includes(entry.list ?? defaultListId) &&
    (entry.channel === null || entry.channel === channel) && (entry.sender === null || sender === null || entry.sender === sender) &&
    (purpose === 'all' || entry.purpose === 'marketing') && instantOfOptOut(entry) <= at);
}
