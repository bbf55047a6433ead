import type { Services } from '../http/services.ts';

/** Work that is done again and again. `run` answers whether more of it is waiting. */
export interface Job {
  name: string;
  everyMs: number;
  /** Begins a turn at once when there is news in this process. */
  hearsNews?: boolean;
  /** A cheap look whether there is anything to do. Where there is none no claim is written. */
  hasWork?(services: Services): Promise<boolean>;
  run(services: Services): Promise<boolean>;
  /** How long a server keeps the job from the others when it does not finish it, because it was killed for instance. Default: a minute. */
  longestTurnMs?: number;
}

const usualLongestTurnMs = 60_000;

/**
 * Does a turn of a job, unless another server on the same store is at it or has just done it. Answers whether more is waiting, or null
 * when it was not this server's turn. The claim is a row of the store, so it needs no connection that stays; and what a job does is one
 * transaction at a time, so that two that were both at it after all could not do anything twice.
 */
export async function runJob(job: Job, services: Services, holder: string): Promise<boolean | null> {
  const { store, platform } = services;
  if (job.hasWork && !(await job.hasWork(services))) return null;
  const name = `job:${job.name}`;
  const startedAt = platform.clock();
  if (!(await store.write((writer) => writer.leases.claim(name, holder, startedAt, startedAt + (job.longestTurnMs ?? usualLongestTurnMs))))) return null;
  let hasMore = false;
  try {
    hasMore = await job.run(services);
    return hasMore;
  } finally {
    // Free at once when more is waiting, or whoever comes next looks first; else not before the next turn is due, for whichever server then comes first.
    const freeAt = hasMore || job.hasWork ? platform.clock() : startedAt + job.everyMs;
    await store.write((writer) => writer.leases.hold(name, holder, freeAt));
  }
}
