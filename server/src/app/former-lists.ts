import { defaultListId } from '@quietlist/contract/vocabulary';
import { partMembers } from './list-members.ts';
import type { Platform } from './context.ts';
import type { Store, StoreReader } from './ports.ts';

/** For so long after a list is deleted, an opt-out may still be written into it: by a request that began before, on another server. */
const watchedMs = 60 * 60 * 1000;

/** The list that stands for one today: itself, or where its members went when it was deleted, and theirs; at last the default list. */
export async function currentList(reader: Pick<StoreReader, 'directory' | 'records'>, workspaceId: number, id: string): Promise<string> {
  const lists = new Set((await reader.directory.lists(workspaceId)).map((list) => list.id));
  const seen = new Set<string>();
  for (let list = id; !seen.has(list); ) {
    if (lists.has(list)) return list;
    seen.add(list);
    list = (await reader.records.find(workspaceId, 'formerList', list))?.body.movedTo ?? defaultListId;
  }
  return defaultListId;
}

/** A list that was deleted of late and has a member all the same; null: none has. */
export async function lateMember(store: Store, platform: Platform): Promise<{ workspaceId: number; list: string } | null> {
  const since = platform.clock() - watchedMs;
  for (const { workspaceId, record } of await store.records.everywhere('formerList')) {
    if (record.body.deletedAt < since) continue;
    const [late] = await store.entries.page(workspaceId, { list: record.id, status: 'active' }, 'createdAt', 1, null, platform.clock());
    if (late) return { workspaceId, list: record.id };
  }
  return null;
}

/**
 * Moves opt-outs that were written into a list while another server deleted it to where its members went, so that none is in a list that
 * nobody sees. Meanwhile they hold, like those of any list. Answers whether any was found.
 */
export async function followFormerLists(store: Store, platform: Platform): Promise<boolean> {
  const found = await lateMember(store, platform);
  if (!found) return false;
  const { workspaceId, list } = found;
  await store.write(async (writer) => partMembers(writer, platform, { actor: 'job:former-lists', workspaceId }, list, { to: await currentList(writer, workspaceId, list) }));
  return true;
}
