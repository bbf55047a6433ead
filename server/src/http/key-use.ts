import type { Logger } from 'pino';
import type { Caller } from '../app/context.ts';
import type { Services } from './services.ts';

/** How fine `lastUsedAt` is: a busy key is not written with every request. */
const resolutionMs = 60_000;

/** Notes that keys are used, at most once a minute each. That it failed stops nobody's request. */
export function keyUse({ store, platform }: Services, logger: Logger): (caller: Caller & { lastUsedAt: number | null }) => void {
  const noted = new Map<number, number>();
  return ({ key, lastUsedAt }) => {
    const now = platform.clock();
    if (now - Math.max(lastUsedAt ?? 0, noted.get(key.id) ?? 0) < resolutionMs) return;
    noted.set(key.id, now);
    store.write((writer) => writer.directory.touchKey(key.id, now)).catch(() => logger.warn('the use of a key could not be noted'));
  };
}
