import { limits } from '@quietlist/contract/limits';
import { fanOut } from '../app/fan-out.ts';
import type { Job } from './run-job.ts';

const rowsAtOnce = 500;
const rowsDeletedAtOnce = 1_000;
/** A turn is one short transaction, and people wait for it: when a server is killed in one, another goes on soon. */
const longestTurnMs = 5_000;

/** Gives what was committed its place, where that cannot be done while it is written, and forgets what is old. */
export const outboxJobs: Job[] = [
  {
    name: 'outbox-places',
    everyMs: 250,
    longestTurnMs,
    hearsNews: true,
    hasWork: ({ store }) => store.outbox.hasUnplaced(),
    async run({ store, news }) {
      const placed = await store.write((writer) => writer.outbox.place(rowsAtOnce));
      if (placed > 0) news?.tell(null);
      return placed === rowsAtOnce;
    },
  },
  {
    name: 'fan-out',
    everyMs: 500,
    longestTurnMs,
    hearsNews: true,
    hasWork: async ({ store }) => (await store.deliveries.followersBehind(1)).length > 0,
    async run({ store, platform, news }) {
      const hasMore = await fanOut(store, platform);
      news?.tell(null);
      return hasMore;
    },
  },
  {
    name: 'delivery-retention',
    everyMs: 600_000,
    hasWork: ({ store, platform }) => store.deliveries.hasBefore(platform.clock() - limits.feedRetentionMs),
    run: async ({ store, platform }) =>
      (await store.write((writer) => writer.deliveries.deleteBefore(platform.clock() - limits.feedRetentionMs, rowsDeletedAtOnce))) === rowsDeletedAtOnce,
  },
  {
    name: 'outbox-retention',
    everyMs: 600_000,
    hasWork: ({ store, platform }) => store.outbox.hasBefore(platform.clock() - limits.feedRetentionMs),
    run: async ({ store, platform }) =>
      (await store.write((writer) => writer.outbox.deleteBefore(platform.clock() - limits.feedRetentionMs, rowsDeletedAtOnce))) === rowsDeletedAtOnce,
  },
];
