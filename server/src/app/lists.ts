import type { CreateListRequest, DeleteListRequest, List, ListPage, UpdateListRequest } from '@quietlist/contract/list';
import { defaultListId } from '@quietlist/contract/vocabulary';
import { idText } from '../domain/id-text.ts';
import { instantText } from '../domain/instant.ts';
import type { Caller, Platform } from './context.ts';
import { emptyList } from './default-list.ts';
import { requireFreeName } from './names.ts';
import { pageOf } from './paging.ts';
import { requirePastConsent } from './consent.ts';
import { followList } from './list-webhooks.ts';
import { partMembers, type Parting } from './list-members.ts';
import type { Clock, ListRecord, Store, StoreReader, StoreWriter } from './ports.ts';
import { Problem } from './problem.ts';
import { loadReferences } from './references.ts';
import { rulesChanged } from './rule-books.ts';
import { moveRules, requireReadableKeyword } from './rules.ts';
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
  if (request.keyword) requireReadableKeyword(request.keyword, '/keyword');
  const list = { ...emptyList, ...request, id: idText('lst', platform.ids.next()), createdAt: platform.clock() };
  await orConflict(writer.directory.putList(caller.workspace.id, list), 'A list of this name exists already.', '/name');
  await followList(writer, caller.workspace.id, null, list);
  await rulesChanged(writer, platform, caller.workspace.id);
  return view(list, 0);
}

export async function updateList(writer: StoreWriter, platform: Platform, caller: Caller, id: string, request: UpdateListRequest): Promise<List> {
  requireFreeName(request.name);
  if (request.keyword) requireReadableKeyword(request.keyword, '/keyword');
  const before = await find(writer, caller, id);
  const list = { ...before, ...request };
  await orConflict(writer.directory.putList(caller.workspace.id, list), 'A list of this name exists already.', '/name');
  await followList(writer, caller.workspace.id, before, list);
  await rulesChanged(writer, platform, caller.workspace.id);
  return getList(writer, platform.clock, caller, id);
}

/** Where the members of a list go: into another list that exists, or out of any with consent. */
async function partingOf(reader: StoreReader, platform: Platform, caller: Caller, id: string, request: DeleteListRequest): Promise<Parting> {
  if (request.members === 'release') {
    requirePastConsent(request.consent, platform.clock());
    return { consent: request.consent };
  }
  const to = (await loadReferences(reader.directory, caller.workspace.id)).list(request.to ?? defaultListId, '/to');
  if (to === id) throw new Problem('invalid-request', 'The members cannot go into the list that is deleted. Name another one.', [{ pointer: '/to', message: 'The same list.' }]);
  return { to };
}

async function requireDeletable(reader: StoreReader, caller: Caller, id: string): Promise<ListRecord> {
  const list = await find(reader, caller, id);
  if (id === defaultListId) throw new Problem('list-protected');
  return list;
}

/** Before a list is deleted: takes its members where the request says, portion by portion. */
export async function clearList(store: Store, platform: Platform, caller: Caller, id: string, request: DeleteListRequest | null): Promise<void> {
  if (!request) return;
  await requireDeletable(store, caller, id);
  const parting = await partingOf(store, platform, caller, id, request);
  const who = { actor: caller.actor, workspaceId: caller.workspace.id };
  while ((await store.write((writer) => partMembers(writer, platform, who, id, parting))) > 0);
}

/**
 * Deletes a list. The default list stays (B4), and so does one whose opt-outs are in force: they would be lost with it. Where its members
 * went is kept: what still comes in under its id goes there.
 */
export async function deleteList(writer: StoreWriter, platform: Platform, caller: Caller, id: string, request: DeleteListRequest | null): Promise<List> {
  const workspaceId = caller.workspace.id;
  const list = await requireDeletable(writer, caller, id);
  if (request) while ((await partMembers(writer, platform, { actor: caller.actor, workspaceId }, id, await partingOf(writer, platform, caller, id, request))) > 0);
  const count = (await members(writer, platform.clock, caller)).get(id) ?? 0;
  if (count > 0) throw new Problem('list-not-empty', `The list still has ${count} ${count === 1 ? 'member' : 'members'}.`);
  await writer.directory.deleteList(workspaceId, id);
  const parting = request ? await partingOf(writer, platform, caller, id, request) : null;
  const movedTo = parting && 'to' in parting ? parting.to : defaultListId;
  await writer.records.put(workspaceId, 'formerList', { id, name: id, body: { movedTo, deletedAt: platform.clock() }, createdAt: platform.clock() });
  await moveRules(writer, platform, workspaceId, id, movedTo);
  return view(list, 0);
}
