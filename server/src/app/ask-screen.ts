import type { Recipient } from '@quietlist/contract/check';
import { isOwnKey, mailboxOfOwnKey } from '../domain/address/address.ts';
import type { KeyScreen, StoreReader } from './ports.ts';

/** With fewer recipients, asking twice costs more than it saves. */
const fewestRecipients = 100;
/** Recipients of one question: a store with several connections answers several at a time. */
const recipientsAtOnce = 2_500;

/** Those texts of plain recipients, and of their mailboxes, that lead to something. */
async function leading(reader: StoreReader, workspaceId: number, recipients: readonly Recipient[], withMailboxes: boolean): Promise<Array<string | null>> {
  const keys: string[] = [];
  const mailboxes: string[] = [];
  for (const recipient of recipients) {
    if (typeof recipient !== 'string' || !isOwnKey(recipient)) continue;
    keys.push(recipient);
    const mailbox = withMailboxes ? mailboxOfOwnKey(recipient) : null;
    if (mailbox === null) continue;
    mailboxes.push(mailbox);
    if (mailbox !== recipient) keys.push(mailbox);
  }
  if (reader.leading) return reader.leading(workspaceId, keys, mailboxes);
  const [open, sharing, linked] = await Promise.all([
    reader.entries.findOpen(workspaceId, keys),
    reader.entries.findOpenByMailbox(workspaceId, mailboxes),
    reader.contacts.findLinked(workspaceId, keys),
  ]);
  return [...open.map(({ key }) => key), ...sharing.map(({ mailbox }) => mailbox), ...linked.map(({ key }) => key)];
}

/**
 * For a store that can rule out nothing by itself: looks up every plain recipient at once, before anybody is made an object of. What it
 * answers is good for texts that are their own key and for their mailboxes, of these recipients alone.
 */
export async function askScreen(reader: StoreReader, workspaceId: number, recipients: readonly Recipient[], withMailboxes: boolean): Promise<KeyScreen | null> {
  if (recipients.length < fewestRecipients) return null;
  const questions: Array<Promise<Array<string | null>>> = [];
  for (let start = 0; start < recipients.length; start += recipientsAtOnce) {
    questions.push(leading(reader, workspaceId, recipients.slice(start, start + recipientsAtOnce), withMailboxes));
  }
  const found = new Set((await Promise.all(questions)).flat());
  return (texts) => {
    const places: number[] = [];
    for (let place = 0; place < texts.length; place += 1) if (found.has(texts[place] as string)) places.push(place);
    return places;
  };
}
