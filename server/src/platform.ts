import { hash } from 'node:crypto';
import type { Platform } from './app/context.ts';
import type { Clock, IdLane } from './app/ports.ts';
import { createIds } from './store/ids.ts';

/** The real platform: the machine's clock, ids of this process, SHA-256. */
export function createPlatform(clock: Clock = Date.now, lane?: () => IdLane): Platform {
  return { clock, ids: createIds(clock, lane), digest: (text) => hash('sha256', text, 'hex') };
}
