import type { InboundReply } from '@quietlist/contract/inbound';
import { limits } from '@quietlist/contract/limits';
import { instantText } from '../../domain/instant.ts';
import type { RuleBook } from '../../domain/rule-book.ts';
import type { StoreWriter } from '../ports.ts';
import type { Inbound } from './message.ts';

/** What a person is told, and in the name of which list; null: of none. */
export interface Telling {
  text: string;
  list: string | null;
}

/** What somebody is told who opted out of these lists: what the rule says, else the message of the first list that has one. */
export function confirmationOf(book: RuleBook, ruleReply: string | null, lists: readonly string[]): Telling | null {
  if (ruleReply !== null) return { text: ruleReply, list: lists[0] ?? null };
  for (const list of lists) {
    const text = book.confirmationMessages.get(list);
    if (text !== undefined) return { text, list };
  }
  return null;
}

/** What a rule says where no list is concerned. */
export const tellingOf = (text: string | null): Telling | null => (text === null ? null : { text, list: null });

/**
 * The one answer that a person gets, or null: nothing to say, too late to say it, or said of one of these lists within a day. Two
 * programs that answer each other so end after one round.
 */
export async function replyOnce(writer: StoreWriter, workspaceId: number, { keys, at, now }: Inbound, telling: Telling | null, lists: readonly string[]): Promise<InboundReply | null> {
  const sendBefore = at + limits.replyWithinMs;
  if (telling === null || now > sendBefore) return null;
  const recent = await writer.messages.messagesOf(workspaceId, keys[0], now - limits.replyEveryMs);
  const wasTold = recent.some(({ answer: { reply } }) => reply !== null && (lists.length === 0 ? reply.list === null : reply.list !== null && lists.includes(reply.list)));
  return wasTold ? null : { ...telling, sendBefore: instantText(sendBefore) };
}
