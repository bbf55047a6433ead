import { expect, it } from 'vitest';
import type { Services } from '../../../server/src/http/services.ts';
import { runJob, type Job } from '../../../server/src/jobs/run-job.ts';
import { outboxJobs } from '../../../server/src/jobs/outbox-jobs.ts';
import { openMemoryStore } from '../../support/memory-store.ts';

let now = 1_000;
const services = { store: openMemoryStore(), platform: { clock: () => now } } as unknown as Services;

/** A server that is killed in the middle of its turn: it never gives the job back. */
const killed = (job: Job): void => void runJob({ ...job, run: () => new Promise(() => {}) }, services, 'killed');
const turns = async (job: Job): Promise<boolean> => (await runJob({ ...job, run: async () => false }, services, 'other')) !== null;

it('another server goes on with a job of one that was killed, after a minute, and after seconds where people wait', async () => {
  const slow: Job = { name: 'slow', everyMs: 10, run: async () => false };
  const watched: Job[] = outboxJobs.filter(({ longestTurnMs }) => longestTurnMs !== undefined).map(({ hasWork: _, ...job }) => job);
  expect(watched.map(({ name }) => name)).toEqual(['outbox-places', 'fan-out']);
  for (const job of [slow, ...watched]) killed(job);
  for (const job of [slow, ...watched]) expect(await turns(job)).toBe(false);
  now += 5_000;
  for (const job of watched) expect(await turns(job)).toBe(true);
  expect(await turns(slow)).toBe(false);
  now += 55_000;
  expect(await turns(slow)).toBe(true);
});
