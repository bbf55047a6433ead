import type { CreateListRequest, List, ListPage, UpdateListRequest } from '@quietlist/contract/list';
import { defaultListId } from '@quietlist/contract/vocabulary';
import { idText } from '../domain/id-text.ts';
import { instantText } from '../domain/instant.ts';
import type { Caller, Platform } from './context.ts';
import { emptyList } from './default-list.ts';
import { requireFreeName } from './names.ts';
import { pageOf } from './paging.ts';
import type { Clock, ListRecord, StoreReader, StoreWriter } from './ports.ts';
import { Problem } from './problem.ts';
import { orConflict } from './unique.ts';

const view = (list: ListRecord, members: number): List => ({
  ...list,
  isDefault: list.id === defaultListId,
  members,
  createdAt: instantText(list.createdAt),
});

async function find(reader: StoreReader, caller: Caller, id: string): Promise<ListRecord> {
  const list = (await reader.directory.lists(caller.workspace.id)).find((one) => one.id === id);
  if (!list) throw new Problem('not-found', 'There is no such list.');
  return list;
}

const members = (reader: StoreReader, clock: Clock, caller: Caller) => reader.entries.countOpenByList(caller.workspace.id, clock());

export async function listLists(reader: StoreReader, clock: Clock, caller: Caller, query: { limit?: string; cursor?: string }): Promise<ListPage> {
  const counts = await members(reader, clock, caller);
  return pageOf((await reader.directory.lists(caller.workspace.id)).map((list) => view(list, counts.get(list.id) ?? 0)), query);
}

export async function getList(reader: StoreReader, clock: Clock, caller: Caller, id: string): Promise<List> {
  return view(await find(reader, caller, id), (await members(reader, clock, caller)).get(id) ?? 0);
}

export async function createList(writer: StoreWriter, platform: Platform, caller: Caller, request: CreateListRequest): Promise<List> {
  requireFreeName(request.name);
  const list = { ...emptyList, ...request, id: idText('lst', platform.ids.next()), createdAt: platform.clock() };
  await orConflict(writer.directory.putList(caller.workspace.id, list), 'A list of this name exists already.', '/name');
  return view(list, 0);
}

export async function updateList(writer: StoreWriter, platform: Platform, caller: Caller, id: string, request: UpdateListRequest): Promise<List> {
  requireFreeName(request.name);
  const list = { ...(await find(writer, caller, id)), ...request };
  await orConflict(writer.directory.putList(caller.workspace.id, list), 'A list of this name exists already.', '/name');
  return getList(writer, platform.clock, caller, id);
}

/** Deletes a list without members. The default list stays (B4), and so does one whose opt-outs are in force: they would be lost with it. */
export async function deleteList(writer: StoreWriter, platform: Platform, caller: Caller, id: string): Promise<List> {
  const list = await find(writer, caller, id);
  if (id === defaultListId) throw new Problem('list-protected');
  const count = (await members(writer, platform.clock, caller)).get(id) ?? 0;
  if (count > 0) throw new Problem('list-not-empty', `The list still has ${count} ${count === 1 ? 'member' : 'members'}.`);
  await writer.directory.deleteList(caller.workspace.id, id);
  return view(list, 0);
}
