import { expect, it } from 'vitest';
import { StoreRefused, StoreUnavailable } from '../../../server/src/app/ports.ts';
import { holdIdLane, type HeldLane } from '../../../server/src/jobs/id-lane.ts';
import { createIds } from '../../../server/src/store/ids.ts';
import { openMemoryStore } from '../../support/memory-store.ts';

let now = Date.parse('2026-11-22T00:00:00Z');
const clock = () => now;

async function hold(store = openMemoryStore(), count = 1): Promise<HeldLane[]> {
  const lanes: HeldLane[] = [];
  for (let index = 0; index < count; index += 1) lanes.push(await holdIdLane(store, clock, () => {}));
  return lanes;
}

it('gives every process on a database a lane of its own, and no id twice, at the same millisecond and far ahead of it', async () => {
  const lanes = await hold(openMemoryStore(), 32);
  expect(new Set(lanes.map((lane) => lane.current().number)).size).toBe(32);
  const seen = new Set<number>();
  for (const lane of lanes) {
    const ids = createIds(clock, lane.current);
    let last = 0;
    for (let count = 0; count < 2_000; count += 1) {
      const id = ids.next();
      expect(id > last && Number.isSafeInteger(id)).toBe(true);
      seen.add((last = id));
    }
  }
  expect(seen.size).toBe(32 * 2_000);
  for (const lane of lanes) await lane.stop();
});

it('refuses one process too many, and takes it once another has stopped or was forgotten', async () => {
  const store = openMemoryStore();
  const [first] = await hold(store, 32);
  await expect(hold(store)).rejects.toBeInstanceOf(StoreRefused);
  const freed = first?.current().number;
  await first?.stop();
  const [next] = await hold(store);
  expect(next?.current().number).toBe(freed);
  now += 120_000;
  expect((await hold(store)).length).toBe(1);
});

it('makes no ids once its claim may be over, and others once it has a lane again', async () => {
  const store = openMemoryStore();
  const [lane] = await hold(store);
  const ids = createIds(clock, () => lane?.current() ?? { number: 0, of: 1 });
  const before = ids.next();
  now += 95_000;
  expect(() => ids.next()).toThrow(StoreUnavailable);
  await lane?.renew();
  expect(ids.next()).toBeGreaterThan(before);

  // Forgotten for so long that another process has taken its lane.
  const number = lane?.current().number ?? 0;
  now += 120_000;
  await store.write((writer) => writer.leases.claim(`ids:${number}`, 'another', now, now + 1_000_000));
  await lane?.renew();
  expect(lane?.current().number).not.toBe(number);
});
