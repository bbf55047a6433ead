import { pino } from 'pino';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StoreUnavailable, type Store } from '../../../server/src/app/ports.ts';
import { startJobs } from '../../../server/src/jobs/jobs.ts';
import { serviceMetrics } from '../../../server/src/metrics/service-metrics.ts';
import { createPlatform } from '../../../server/src/platform.ts';
import { openSqliteStore } from '../../../server/src/store/sqlite/open-sqlite-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

it('counts the runs of every job, and the times the store failed them', async () => {
  const real = await openSqliteStore({ directory: temporaryFolder() });
  let isBroken = false;
  const store: Store = { ...real, write: (work) => (isBroken ? Promise.reject(new StoreUnavailable('Gone.')) : real.write(work)) };
  const metrics = serviceMetrics('test');
  const jobs = startJobs({ store, platform: createPlatform(), version: 'test' }, pino({ level: 'silent' }), metrics);
  const says = (line: string) => vi.waitFor(() => expect(metrics.text()).toContain(`${line}\n`));
  vi.advanceTimersByTime(10_000);
  await says('quietlist_job_runs_total{job="expiry",outcome="done"} 1');
  isBroken = true;
  vi.advanceTimersByTime(10_000);
  await says('quietlist_job_runs_total{job="expiry",outcome="failed"} 1');
  await says('quietlist_store_errors_total{during="job"} 1');
  await jobs.stop();
  metrics.stop();
  await real.close();
});
