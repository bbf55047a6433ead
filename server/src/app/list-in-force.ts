import { defaultListId } from '@quietlist/contract/vocabulary';
import type { ListRecord, StoreReader } from './ports.ts';

/** The list that stands for this one now: itself, the one its members were moved to when it was deleted, or the default list where neither is there. */
export async function listInForce(reader: StoreReader, workspaceId: number, id: string): Promise<ListRecord | null> {
  const lists = new Map((await reader.directory.lists(workspaceId)).map((list) => [list.id, list]));
  const seen = new Set<string>();
  for (let place: string | undefined = id; place !== undefined && !seen.has(place); ) {
    const list = lists.get(place);
    if (list) return list;
    seen.add(place);
    place = (await reader.records.find(workspaceId, 'formerList', place))?.body.movedTo;
  }
  return lists.get(defaultListId) ?? null;
}
