import type { AddressInput } from '@quietlist/contract/address';
import { defaultListId, type Purpose } from '@quietlist/contract/vocabulary';
import { isActive, type Entry } from '../domain/entry.ts';
import { instantOf } from '../domain/instant.ts';
import { readPerson } from '../domain/person.ts';
import type { Caller } from './context.ts';
import type { StoreReader } from './ports.ts';
import { readingOptionsOf } from './reading-options.ts';

/** Which of a person's own opt-outs are meant. */
export interface OwnOptOuts {
  addresses: readonly AddressInput[];
  list: string;
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
export async function ownOptOuts(reader: StoreReader, caller: Caller, { addresses, list, channel, sender, purpose, at, now }: OwnOptOuts): Promise<Entry[]> {
  const person = readPerson(addresses, readingOptionsOf(caller.workspace.settings, undefined, channel));
  const keys = [...[...person.addresses, ...person.unreadable].map(({ key }) => key), ...person.textKeys];
  const open = await reader.entries.findOpen(caller.workspace.id, [...new Set(keys)]);
  return open.filter((entry) =>
    entry.kind === 'opt_out' && entry.by === 'recipient' && isActive(entry, now) && (entry.list ?? defaultListId) === list &&
    (entry.channel === null || entry.channel === channel) && (entry.sender === null || sender === null || entry.sender === sender) &&
    (purpose === 'all' || entry.purpose === 'marketing') && instantOfOptOut(entry) <= at);
}
