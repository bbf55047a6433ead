import type { Consent } from '@quietlist/contract/entry';
import { ChangeSet } from './change-set.ts';
import type { Platform } from './context.ts';
import type { StoreWriter } from './ports.ts';

const membersAtOnce = 500;

/** What becomes of the members of a list that goes. */
export type Parting = { to: string } | { consent: Consent };

/**
 * Takes a portion of the members out of a list: into another one, where each keeps all it was, or out of any. Answers how many; call it
 * again while that is more than none. Each portion is a write of its own, so that a large list does not keep others from writing.
 */
export async function partMembers(writer: StoreWriter, platform: Platform, who: { actor: string; workspaceId: number }, list: string, parting: Parting): Promise<number> {
  const now = platform.clock();
  const members = await writer.entries.page(who.workspaceId, { kind: 'opt_out', list, status: 'active' }, 'createdAt', membersAtOnce, null, now);
  if (members.length === 0) return 0;
  const open = 'to' in parting ? await writer.entries.findOpen(who.workspaceId, [...new Set(members.map(({ key }) => key))]) : [];
  const changes = new ChangeSet(platform, who, open.filter((entry) => entry.list !== list), now);
  for (const member of members) {
    if ('to' in parting) {
      changes.end(member, { as: 'removed', batch: null, reason: 'list_moved', details: { movedTo: parting.to } });
      changes.add({ ...member, id: platform.ids.next(), list: parting.to });
    } else {
      changes.end(member, { as: 'removed', batch: null, reason: 'list_released', details: { by: 'operator', consent: parting.consent } });
    }
  }
  await changes.write(writer);
  return members.length;
}
