import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inLanes } from '../../../nodes/Quietlist/inLanes.ts';

const tasks = fc.array(fc.record({ lane: fc.integer({ min: 0, max: 4 }), ticks: fc.nat(3), fails: fc.boolean() }), { maxLength: 40 });

describe('requests side by side', () => {
  it('keep the order of outcomes and of each lane, and are never more at once than allowed', async () => {
    await fc.assert(
      fc.asyncProperty(tasks, fc.integer({ min: 1, max: 8 }), async (given, width) => {
        const begun: number[] = [];
        let underWay = 0;
        let most = 0;
        const outcomes = await inLanes(given.map((task, place) => ({ ...task, place })), { width, goesOn: true, laneOf: ({ lane }) => String(lane) }, async ({ place, ticks, fails, lane }) => {
          begun.push(place);
          underWay += 1;
          most = Math.max(most, underWay);
          expect(begun.filter((other) => given[other]!.lane === lane).at(-1)).toBe(place);
          for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
          underWay -= 1;
          if (fails) throw new Error(String(place));
          return place;
        });
        expect(most).toBeLessThanOrEqual(width);
        expect(outcomes).toEqual(given.map(({ fails }, place) => (fails ? { error: new Error(String(place)) } : { result: place })));
        for (const lane of new Set(given.map((task) => task.lane))) {
          const places = begun.filter((place) => given[place]!.lane === lane);
          expect(places).toEqual([...places].sort((a, b) => a - b));
        }
      }),
    );
  });

  it('begin nothing more after a failure, unless told to go on', async () => {
    const begun: number[] = [];
    const outcomes = await inLanes([0, 1, 2, 3, 4], { width: 2, goesOn: false, laneOf: String }, async (place) => {
      begun.push(place);
      if (place === 1) throw new Error('no');
      await Promise.resolve();
      await Promise.resolve();
      return place;
    });
    expect(begun).toEqual([0, 1]);
    expect(outcomes).toEqual([{ result: 0 }, { error: new Error('no') }, undefined, undefined, undefined]);
  });
});
