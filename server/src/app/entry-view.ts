import type { Entry as EntryView } from '@quietlist/contract/entry';
import type { Entry } from '../domain/entry.ts';
import { statusOf } from '../domain/entry.ts';
import type { Names } from '../domain/explanation.ts';
import { idText } from '../domain/id-text.ts';
import { instantText } from '../domain/instant.ts';

/** An entry as the API shows it. */
export const entryView = (entry: Entry, names: Names, now: number): EntryView => ({
  id: idText('ent', entry.id),
  kind: entry.kind,
  address: entry.address,
  addressKind: entry.addressKind,
  key: entry.key,
  unverified: entry.unverified,
  channel: entry.channel,
  sender: entry.sender,
  senderName: entry.sender === null ? null : (names.senders.get(entry.sender) ?? null),
  list: entry.list,
  listName: entry.list === null ? null : (names.lists.get(entry.list) ?? null),
  purpose: entry.purpose,
  direction: entry.direction,
  reason: entry.reason,
  note: entry.note,
  source: entry.source,
  evidence: entry.evidence,
  by: entry.by,
  batch: entry.batch,
  createdAt: instantText(entry.createdAt),
  expiresAt: entry.expiresAt === null ? null : instantText(entry.expiresAt),
  status: statusOf(entry, now),
});
