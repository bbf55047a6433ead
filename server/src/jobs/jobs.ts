import { randomUUID } from 'node:crypto';
import { limits } from '@quietlist/contract/limits';
import type { Logger } from 'pino';
import { expireEntries } from '../app/expire-entries.ts';
import { forgetMessages } from '../app/forget-messages.ts';
import { followFormerLists, lateMember } from '../app/former-lists.ts';
import { StoreUnavailable } from '../app/ports.ts';
import { closeDueReviews } from '../app/reviews.ts';
import type { Services } from '../http/services.ts';
import type { ServiceMetrics } from '../metrics/service-metrics.ts';
import { outboxJobs } from './outbox-jobs.ts';
import { runJob, type Job } from './run-job.ts';

const jobs: Job[] = [
  { name: 'expiry', everyMs: 10_000, run: async ({ store, platform }) => (await expireEntries(store, platform)) > 0 },
  {
    name: 'idempotency',
    everyMs: 3_600_000,
    run: async ({ store, platform }) => {
      await store.write((writer) => writer.idempotency.deleteBefore(platform.clock() - limits.idempotencyRetentionMs));
      return false;
    },
  },
  { name: 'reviews', everyMs: 60_000, hasWork: async ({ store, platform }) => (await store.reviews.findDue(platform.clock(), 1)).length > 0, run: ({ store, platform }) => closeDueReviews(store, platform) },
  { name: 'former-lists', everyMs: 60_000, hasWork: async ({ store, platform }) => (await lateMember(store, platform)) !== null, run: ({ store, platform }) => followFormerLists(store, platform) },
  { name: 'messages', everyMs: 3_600_000, run: ({ store, platform }) => forgetMessages(store, platform) },
  ...outboxJobs,
];

/** After news a job waits so long for more of it. */
const newsDelayMs = 20;

export interface RunningJobs {
  stop(): Promise<void>;
}

/** Runs every job at its pace, each on one server at a time. One that fails is logged and tried again at its next turn; `stop` waits for those under way. */
export function startJobs(services: Services, logger: Logger, metrics: ServiceMetrics): RunningJobs {
  const holder = randomUUID();
  let isStopping = false;
  const timers = new Map<Job, NodeJS.Timeout>();
  const underWay = new Map<Job, Promise<void>>();
  const heard = new Set<Job>();

  const turn = async (job: Job): Promise<void> => {
    let hasMore = false;
    heard.delete(job);
    try {
      const more = await runJob(job, services, holder);
      hasMore = more === true;
      if (more !== null) metrics.jobRuns.add([job.name, 'done']);
    } catch (error) {
      metrics.jobRuns.add([job.name, 'failed']);
      if (error instanceof StoreUnavailable) metrics.storeErrors.add(['job']);
      logger.error({ job: job.name, name: (error as Error).name }, 'job failed');
    }
    underWay.delete(job);
    if (!isStopping) schedule(job, hasMore ? 0 : heard.has(job) ? newsDelayMs : job.everyMs);
  };
  const schedule = (job: Job, delayMs: number): void => {
    clearTimeout(timers.get(job));
    timers.set(job, setTimeout(() => void underWay.set(job, turn(job)), delayMs).unref());
  };
  const unsubscribe = services.news?.listen(() => {
    for (const job of jobs) {
      if (!job.hearsNews || heard.has(job)) continue;
      heard.add(job);
      if (!underWay.has(job)) schedule(job, newsDelayMs);
    }
  });

  for (const job of jobs) schedule(job, job.everyMs);
  return {
    async stop() {
      isStopping = true;
      unsubscribe?.();
      for (const timer of timers.values()) clearTimeout(timer);
      await Promise.all(underWay.values());
    },
  };
}
