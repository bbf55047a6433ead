import type { Logger } from 'pino';
import type { Services } from '../http/services.ts';
import type { ServiceMetrics } from '../metrics/service-metrics.ts';
import { createOutbound } from '../outbound/outbound.ts';
import { Deliveries } from './deliveries.ts';
import type { RunningJobs } from './jobs.ts';

/** How often it looks for what is due; news makes it look at once. */
const lookEveryMs = 500;

/** Sends webhook deliveries as they become due, beside any number of other servers that do the same. */
export function startDeliveries({ store, platform, version, news, outbound = createOutbound() }: Services, logger: Logger, metrics: ServiceMetrics): RunningJobs {
  const deliveries = new Deliveries({ store, outbound, clock: platform.clock, random: Math.random, version }, logger, metrics);
  const timer = setInterval(() => void deliveries.look(), lookEveryMs).unref();
  // What was written is only due once it is made out, which is news of no workspace in particular.
  const unsubscribe = news?.listen((workspaceId) => void (workspaceId === null && deliveries.look()));
  return {
    async stop() {
      clearInterval(timer);
      unsubscribe?.();
      await deliveries.stop();
    },
  };
}
