import { ChangeSet } from './change-set.ts';
import type { Platform } from './context.ts';
import type { Store } from './ports.ts';

const rowsAtOnce = 500;

/**
 * Ends entries whose expiry has passed and writes that into their history. Checks need not wait for it: an entry past its
 * expiry holds nothing from that instant on. Answers how many were ended; call it again while that is the full number.
 */
export async function expireEntries(store: Store, platform: Platform): Promise<number> {
  return store.write(async (writer) => {
    const now = platform.clock();
    const due = await writer.entries.findDue(now, rowsAtOnce);
    for (const workspaceId of new Set(due.map((row) => row.workspaceId))) {
      const changes = new ChangeSet(platform, { actor: 'job:expiry', workspaceId }, [], now);
      for (const row of due) {
        if (row.workspaceId === workspaceId) changes.end(row.entry, { as: 'expired', batch: null, reason: null, details: {} });
      }
      await changes.write(writer);
    }
    return due.length;
  });
}
