import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StoreUnavailable, type Store } from '../../../server/src/app/ports.ts';
import { startJobs } from '../../../server/src/jobs/jobs.ts';
import { serviceMetrics } from '../../../server/src/metrics/service-metrics.ts';
import { createPlatform } from '../../../server/src/platform.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('counts the runs of every job, and the times the store failed them', async () => {
  let isBroken = false;
  const write = async () => {
    if (isBroken) throw new StoreUnavailable('Gone.');
    return 0;
  };
  const metrics = serviceMetrics('test');
  const jobs = startJobs({ store: { write } as unknown as Store, platform: createPlatform(), version: 'test' }, pino({ level: 'silent' }), metrics);
  await vi.advanceTimersByTimeAsync(10_000);
  isBroken = true;
  await vi.advanceTimersByTimeAsync(10_000);
  await jobs.stop();
  const text = metrics.text();
  expect(text).toContain('quietlist_job_runs_total{job="expiry",outcome="done"} 1\n');
  expect(text).toContain('quietlist_job_runs_total{job="expiry",outcome="failed"} 1\n');
  expect(text).toContain('quietlist_store_errors_total{during="job"} 1\n');
  metrics.stop();
});
