import type { FeedEvent, FeedType } from '@quietlist/contract/feed';
import type { Platform } from './context.ts';
import type { StoreWriter } from './ports.ts';

/** Something that others are told of and that is no change of an entry: reviews. */
export interface News {
  type: FeedType;
  data: FeedEvent['data'];
}

/** Tells others, in the transaction of what is told: streams, webhooks and triggers get it once that is committed, and only then. */
export async function announce(writer: StoreWriter, platform: Platform, workspaceId: number, news: readonly News[]): Promise<void> {
  if (news.length === 0) return;
  const items = news.map(({ type, data }) => ({ id: platform.ids.next(), type, data }));
  await writer.outbox.append(workspaceId, { id: platform.ids.next(), at: platform.clock(), items });
}
