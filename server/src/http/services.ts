import type { Platform } from '../app/context.ts';
import type { News } from '../app/news.ts';
import type { Outbound } from '../app/outbound.ts';
import type { Store } from '../app/ports.ts';

/** What the HTTP layer works with. */
export interface Services {
  store: Store;
  platform: Platform;
  version: string;
  /** Without it whoever waits for events looks now and then. */
  news?: News;
  /** Without it the real one, which reaches the public internet only. */
  outbound?: Outbound;
}
