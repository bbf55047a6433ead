import { channelLabel, reasons } from '@quietlist/contract/vocabulary';
import type { Entry } from './entry.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `3 Mar 2026`, in UTC. */
export function dayText(instant: number): string {
  const date = new Date(instant);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** Names of the lists and senders of a workspace, by id. */
export interface Names {
  lists: ReadonlyMap<string, string>;
  senders: ReadonlyMap<string, string>;
}

/** The word that the recipient wrote or tapped. Only a short word is quoted, so that no address slips into a sentence. */
function replyOf(entry: Entry): string | null {
  const text = entry.evidence['button'] ?? entry.evidence['text'];
  return typeof text === 'string' && /^[\p{L}\p{M} !.]{1,20}$/u.test(text.trim()) ? text.trim() : null;
}

/** Whether the recipient opted out by an unsubscribe link, on its page or with the button of a mail program. */
const isByLink = ({ evidence }: Entry): boolean => evidence['via'] === 'page' || evidence['via'] === 'one_click';

/** Whether the entry only holds until a review is decided. */
const isProvisional = ({ by, evidence }: Entry): boolean => by === 'system' && typeof evidence['review'] === 'string';

function wayOf(entry: Entry): string {
  const reply = replyOf(entry);
  if (entry.by === 'recipient' && isByLink(entry)) return ' by an unsubscribe link';
  if (entry.by === 'recipient') return reply ? ` by replying ${reply}` : '';
  if (entry.reason === 'hard_bounce') return ' after a hard bounce';
  if (entry.reason === 'spam_complaint') return ' after a spam complaint';
  return entry.by === 'operator' ? ' by an operator' : ' by the system';
}

/** One sentence for people: what holds the recipient, where, how it came about and since when. Never an address. */
export function explain(entry: Entry, names: Names): string {
  const where = entry.channel === null ? '' : ` on ${channelLabel(entry.channel)}`;
  const sender = entry.sender === null ? '' : ` for the sender “${names.senders.get(entry.sender) ?? entry.sender}”`;
  const until = entry.expiresAt === null ? '' : `, until ${dayText(entry.expiresAt)}`;
  if (entry.kind === 'opt_out') {
    const list = names.lists.get(entry.list ?? '') ?? entry.list;
    if (isProvisional(entry)) return `Held${where}${sender} since ${dayText(entry.createdAt)}: a message may be an opt-out of “${list}”, and nobody has decided yet.`;
    return `Opted out of “${list}”${where}${sender}${wayOf(entry)} on ${dayText(entry.createdAt)}${until}.`;
  }
  const reason = entry.reason === 'not_defined' ? '' : ` (${reasons[entry.reason]})`;
  return `Blacklisted${where}${sender}${reason} since ${dayText(entry.createdAt)}${until}.`;
}
