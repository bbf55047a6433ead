import type { InboundReply } from '@quietlist/contract/inbound';
import { limits } from '@quietlist/contract/limits';
import { instantText } from '../../domain/instant.ts';
import type { RuleBook } from '../../domain/rule-book.ts';
import type { StoreWriter } from '../ports.ts';
import type { Inbound } from './message.ts';

/** What the lists tell somebody who opted out: the message of the first that has one. */
export function confirmationOf(book: RuleBook, lists: readonly string[]): string | null {
  const list = lists.find((id) => book.confirmationMessages.has(id));
  return list === undefined ? null : (book.confirmationMessages.get(list) ?? null);
}

/**
 * The one answer that a person gets, or null: nothing to say, too late to say it, or said of one of these lists within a day. Two
 * programs that answer each other so end after one round.
 */
export async function replyOnce(writer: StoreWriter, workspaceId: number, { keys, at, now }: Inbound, text: string | null, lists: readonly string[]): Promise<InboundReply | null> {
  const sendBefore = at + limits.replyWithinMs;
  if (text === null || now > sendBefore) return null;
  const recent = await writer.messages.messagesOf(workspaceId, keys[0], now - limits.replyEveryMs);
  const wasTold = recent.some(({ answer: { reply } }) => reply !== null && (lists.length === 0 ? reply.list === null : reply.list !== null && lists.includes(reply.list)));
  return wasTold ? null : { text, list: lists[0] ?? null, sendBefore: instantText(sendBefore) };
}
