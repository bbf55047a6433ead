import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BloomFilter } from '../../../server/src/store/filter/bloom-filter.ts';

describe('Bloom filter', () => {
  it('never says no for what was added', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.string({ unit: 'binary' })), { maxLength: 60 }), fc.integer(), (added, seed) => {
        const filter = new BloomFilter(added.length, seed);
        for (const [scope, text] of added) filter.add(scope, text);
        return added.every(([scope, text]) => filter.mayHave(scope, text));
      }),
      { numRuns: 200 },
    );
  });

  it('says of many texts at once what it says of each', () => {
    const textOf = fc.string({ unit: 'binary', maxLength: 12 });
    fc.assert(
      fc.property(fc.array(textOf, { maxLength: 40 }), fc.array(textOf, { maxLength: 200 }), fc.nat(), fc.integer(), (added, others, scope, seed) => {
        // Too small on purpose, so that both answers occur.
        const filter = new BloomFilter(8, seed);
        for (const text of added) filter.add(scope, text);
        const asked = [...others, ...added];
        return filter.possible(scope, asked).join() === [...asked.keys()].filter((place) => filter.mayHave(scope, asked[place] as string)).join();
      }),
      { numRuns: 300 },
    );
  });

  it.each([[1], [-77], [0x7fffffff]])('says yes by mistake less than once in 200, full, with seed %i', (seed) => {
    const filter = new BloomFilter(50_000, seed);
    for (let index = 0; index < 50_000; index += 1) filter.add(9_007_199_254_740_991, `+55119${10_000_000 + index}`);
    let mistakes = 0;
    for (let index = 0; index < 50_000; index += 1) {
      if (filter.mayHave(9_007_199_254_740_991, `+55118${10_000_000 + index}`)) mistakes += 1;
      if (filter.mayHave(9_007_199_254_740_990, `+55119${10_000_000 + index}`)) mistakes += 1;
    }
    expect(mistakes / 100_000).toBeLessThan(0.005);
  });
});
