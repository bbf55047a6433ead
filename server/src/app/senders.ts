import type { ChannelList } from '@quietlist/contract/channel';
import type { CreateSenderRequest, Sender, SenderPage, UpdateSenderRequest } from '@quietlist/contract/sender';
import { channelLabel, channels, wordsOf } from '@quietlist/contract/vocabulary';
import { idText } from '../domain/id-text.ts';
import { instantText } from '../domain/instant.ts';
import type { Caller, Platform } from './context.ts';
import { requireFreeName } from './names.ts';
import { pageOf } from './paging.ts';
import type { SenderRecord, StoreReader, StoreWriter } from './ports.ts';
import { Problem } from './problem.ts';
import { orConflict } from './unique.ts';

const taken = 'A sender with this name, or with this channelId, exists already.';

const view = (sender: SenderRecord): Sender => ({ ...sender, createdAt: instantText(sender.createdAt) });

async function find(reader: StoreReader, caller: Caller, id: string): Promise<SenderRecord> {
  const sender = (await reader.directory.senders(caller.workspace.id)).find((one) => one.id === id);
  if (!sender) throw new Problem('not-found', 'There is no such sender.');
  return sender;
}

export async function listSenders(reader: StoreReader, caller: Caller, query: { limit?: string; cursor?: string; channel?: string }): Promise<SenderPage> {
  const senders = await reader.directory.senders(caller.workspace.id);
  return pageOf(senders.filter((sender) => query.channel === undefined || sender.channel === query.channel).map(view), query);
}

export const getSender = async (reader: StoreReader, caller: Caller, id: string): Promise<Sender> => view(await find(reader, caller, id));

/** Registers a sender. Without a `channelId` it gets the next number after the highest, from 101 (the first one of B6). */
export async function createSender(writer: StoreWriter, platform: Platform, caller: Caller, request: CreateSenderRequest): Promise<Sender> {
  requireFreeName(request.name);
  const senders = await writer.directory.senders(caller.workspace.id);
  const channelId = request.channelId ?? Math.max(100, ...senders.map((sender) => sender.channelId)) + 1;
  const sender = { id: idText('snd', platform.ids.next()), name: request.name, channel: request.channel, channelId, createdAt: platform.clock() };
  await orConflict(writer.directory.putSender(caller.workspace.id, sender), taken, '/name');
  return view(sender);
}

export async function updateSender(writer: StoreWriter, caller: Caller, id: string, request: UpdateSenderRequest): Promise<Sender> {
  requireFreeName(request.name);
  const sender = { ...(await find(writer, caller, id)), ...request };
  await orConflict(writer.directory.putSender(caller.workspace.id, sender), taken, '/name');
  return view(sender);
}

/** Deletes a sender that no entry in force is bound to. */
export async function deleteSender(writer: StoreWriter, platform: Platform, caller: Caller, id: string): Promise<Sender> {
  const sender = await find(writer, caller, id);
  if (await writer.entries.hasOpenOfSender(caller.workspace.id, id, platform.clock())) throw new Problem('sender-in-use');
  await writer.directory.deleteSender(caller.workspace.id, id);
  return view(sender);
}

/** The channels to choose from: those everybody has, then the workspace's own that a sender uses. */
export async function listChannels(reader: StoreReader, caller: Caller): Promise<ChannelList> {
  const known = wordsOf(channels);
  const used = new Set((await reader.directory.senders(caller.workspace.id)).map((sender) => sender.channel));
  const own = [...used].filter((channel) => !(known as string[]).includes(channel)).sort();
  return { data: [...known, ...own].map((id) => ({ id, label: channelLabel(id) })) };
}
