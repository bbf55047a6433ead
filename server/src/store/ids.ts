import { randomInt } from 'node:crypto';
import type { Clock, IdLane, Ids } from '../app/ports.ts';

/** 1 January 2026: leaves room for 69 years of milliseconds above the counter, within the 53 bits that a number holds exactly. */
const epoch = Date.UTC(2026, 0, 1);
const idsPerMillisecond = 4096;

const onlyLane: IdLane = { number: 0, of: 1 };

/**
 * Ids of the shape (milliseconds since the epoch · 4096 + counter). They grow within a process even when the clock steps back or
 * more than 4096 are made in a millisecond: the time in an id is then ahead of the clock. The counter starts at a random place in
 * the lower half of each millisecond, so that two processes on one database rarely meet. When they do, the insert is refused and
 * the store runs the work again with fresh ids: nothing is overwritten. Processes with lanes of their own never meet at all.
 */
export function createIds(clock: Clock, lane: () => IdLane = () => onlyLane): Ids {
  let last = 0;
  return {
    next() {
      const { number, of } = lane();
      const startOfNow = Math.max(0, Math.floor(clock() - epoch)) * idsPerMillisecond;
      const least = startOfNow > last ? startOfNow + 1 + randomInt(idsPerMillisecond / 2) : last + 1;
      last = least + ((number - (least % of) + of) % of);
      return last;
    },
  };
}
