import { randomInt, randomUUID } from 'node:crypto';
import { StoreRefused, StoreUnavailable, type Clock, type IdLane, type Store } from '../app/ports.ts';

/** How many processes can make ids for one database at a time. */
const lanes = 32;
const claimedForMs = 120_000;
const renewedEveryMs = 20_000;
/** A lane is left this long before its claim ends: whoever claims it next may have a clock that is ahead. */
const marginMs = 30_000;

export interface HeldLane {
  /** The lane of this process. Throws when its claim has run out: another process may have it. */
  current(): IdLane;
  /** Renews the claim, or claims another lane where it was lost. */
  renew(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Claims a lane of ids for this process, and keeps it. Two servers on one database then never make the same id, even on an engine that
 * cannot see that an id is taken because its rows are spread over machines.
 */
export async function holdIdLane(store: Store, clock: Clock, onError: (error: unknown) => void): Promise<HeldLane> {
  const holder = randomUUID();
  const nameOf = (number: number): string => `ids:${number}`;

  const claim = async (): Promise<{ number: number; until: number }> => {
    const first = randomInt(lanes);
    for (let step = 0; step < lanes; step += 1) {
      const number = (first + step) % lanes;
      const until = clock() + claimedForMs;
      if (await store.write((writer) => writer.leases.claim(nameOf(number), holder, clock(), until))) return { number, until };
    }
    throw new StoreRefused(`${lanes} services use this database already. Stop one of them; one that was killed is forgotten after ${claimedForMs / 60_000} minutes.`);
  };

  let held = await claim();
  const renew = async (): Promise<void> => {
    const until = clock() + claimedForMs;
    held = (await store.write((writer) => writer.leases.hold(nameOf(held.number), holder, until))) ? { ...held, until } : await claim();
  };
  const timer = setInterval(() => void renew().catch(onError), renewedEveryMs).unref();
  return {
    current() {
      if (clock() > held.until - marginMs) throw new StoreUnavailable('The store cannot be used now: this process has lost its claim on ids.');
      return { number: held.number, of: lanes };
    },
    renew,
    async stop() {
      clearInterval(timer);
      await store.write((writer) => writer.leases.hold(nameOf(held.number), holder, 0)).catch(() => {});
    },
  };
}
