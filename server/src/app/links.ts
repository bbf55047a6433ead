import { isActive, naturalKeyText, type Entry } from '../domain/entry.ts';
import { instantText } from '../domain/instant.ts';
import { completeEntry } from '../domain/new-entry.ts';
import { mailboxOf } from '../domain/person.ts';
import { rereadAddress } from '../domain/reread-address.ts';
import { ChangeSet } from './change-set.ts';
import type { Platform } from './context.ts';
import { currentList } from './former-lists.ts';
import type { LinkRecord, ListRecord, SenderRecord, StoreReader, StoreWriter, Workspace } from './ports.ts';

/** Who made a change, as the history shows it: whoever holds the link. */
const actor = 'link';

/** How an opt-out by a link came: from the button of a mail program (RFC 8058), or from that of our page. */
export type LinkUse = 'one_click' | 'page';

/** What a link is about as things are now. */
export interface LinkSubject {
  link: LinkRecord;
  workspace: Workspace;
  list: ListRecord;
  sender: SenderRecord | null;
  /** The recipient's own opt-out of exactly this, where it is in force. */
  own: Entry | null;
}

/** The address of a link under the key of today's rules. */
const addressOf = (link: LinkRecord): Pick<Entry, 'key' | 'mailbox' | 'address' | 'addressKind'> => {
  const address = rereadAddress(link);
  return { key: address?.key ?? link.key, mailbox: address ? mailboxOf(address) : null, address: link.address, addressKind: link.addressKind };
};

/**
 * What the link of this token is about, or null when there is no such link. A link outlives what it was made for: where its list is gone
 * it is about the one that took its place, or the default one; where its sender is gone, or is on another channel now, about any sender.
 */
export async function findLink(reader: StoreReader, platform: Platform, token: string): Promise<LinkSubject | null> {
  const link = await reader.links.find(platform.digest(token.toLowerCase()));
  const workspace = link && (await reader.directory.workspace(link.workspaceId));
  if (!workspace) return null;
  const listId = await currentList(reader, workspace.id, link.list);
  const list = (await reader.directory.lists(workspace.id)).find(({ id }) => id === listId);
  if (!list) return null;
  const named = link.sender === null ? undefined : (await reader.directory.senders(workspace.id)).find(({ id }) => id === link.sender);
  const sender = named && (link.channel === null || named.channel === link.channel) ? named : null;
  const { key } = addressOf(link);
  const place = naturalKeyText({ kind: 'opt_out', list: list.id, key, channel: link.channel, sender: sender?.id ?? null });
  const open = await reader.entries.findOpen(workspace.id, [key]);
  const own = open.find((entry) => entry.by === 'recipient' && isActive(entry, platform.clock()) && naturalKeyText(entry) === place) ?? null;
  return { link, workspace, list, sender, own };
}

/** Opts the recipient out of what the link is about, at once; again changes nothing. Null when there is no such link. */
export async function optOutByLink(writer: StoreWriter, platform: Platform, token: string, via: LinkUse): Promise<{ subject: LinkSubject; outcome: 'added' | 'unchanged' | 'widened' } | null> {
  const subject = await findLink(writer, platform, token);
  if (!subject) return null;
  const { link, workspace, list, sender } = subject;
  const now = platform.clock();
  const template = completeEntry(
    { kind: 'opt_out', channel: link.channel, source: 'opt_out', reason: 'opt_out', by: 'recipient', evidence: { via } },
    { list: list.id, sender: sender?.id ?? null }, null, undefined, now,
  );
  if (typeof template === 'string') throw new TypeError(`An opt-out by a link was refused: ${template}.`);
  const address = addressOf(link);
  const changes = new ChangeSet(platform, { actor, workspaceId: workspace.id }, await writer.entries.findOpen(workspace.id, [address.key]), now);
  const { outcome } = changes.add({ ...template, ...address, id: platform.ids.next(), unverified: false });
  await changes.write(writer);
  return { subject, outcome };
}

/**
 * Lifts the recipient's own opt-out of exactly what the link is about, and nothing else, with the words agreed to. Answers whether there
 * was one. Blocks, opt-outs of others and those of another scope stay.
 */
export async function optInByLink(writer: StoreWriter, platform: Platform, token: string, statement: string): Promise<boolean> {
  const subject = await findLink(writer, platform, token);
  if (!subject?.own) return false;
  const now = platform.clock();
  const changes = new ChangeSet(platform, { actor, workspaceId: subject.workspace.id }, [], now);
  const consent = { method: 'form', statement, at: instantText(now), by: 'recipient' };
  changes.end(subject.own, { as: 'removed', batch: null, reason: 'recipient', details: { by: 'recipient', source: 'opt_out', consent, evidence: { via: 'page' satisfies LinkUse } } });
  await changes.write(writer);
  return true;
}
