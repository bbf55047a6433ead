import type { Platform } from './context.ts';
import type { Store } from './ports.ts';

const messagesAtOnce = 500;
const dayMs = 24 * 60 * 60 * 1000;

/** Deletes inbound messages that are older than their workspace keeps them; a day is the least, against repeats. Answers whether more may be waiting. */
export async function forgetMessages(store: Store, platform: Platform): Promise<boolean> {
  let hasMore = false;
  for (const { id, settings } of await store.directory.workspaces()) {
    const before = platform.clock() - Math.max(1, settings.messageDays) * dayMs;
    const deleted = await store.write((writer) => writer.messages.deleteBefore(id, before, messagesAtOnce));
    hasMore ||= deleted === messagesAtOnce;
  }
  return hasMore;
}
