import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linkToken, type LinkTarget } from '../../server/src/app/link-token.ts';

const secret = 'a secret of a store';
const word = fc.oneof(fc.constantFrom('default', 'lst_1', 'lst_11', 'email', 'sms', 'a', 'b', '*', 'null', '', '"', ',', '","'), fc.string({ maxLength: 6 }));
const target: fc.Arbitrary<LinkTarget> = fc.record({ workspaceId: fc.integer({ min: 1, max: 3 }), key: word, list: word, channel: fc.option(word), sender: fc.option(word) });

describe('the token of a link', () => {
  it('is the same for the same target, and another for any other: also where parts only change places', () => {
    fc.assert(fc.property(target, target, (one, other) => {
      const isSame = JSON.stringify(one) === JSON.stringify(other);
      expect(linkToken(secret, one) === linkToken(secret, other)).toBe(isSame);
      expect(linkToken(secret, { ...one })).toBe(linkToken(secret, one));
    }), { numRuns: 2_000 });
  });

  it('is 160 bits in digits and small letters, and another with another secret', () => {
    fc.assert(fc.property(target, fc.string(), (one, otherSecret) => {
      const token = linkToken(secret, one);
      expect(token).toMatch(/^[0-9a-v]{32}$/);
      if (otherSecret !== secret) expect(linkToken(otherSecret, one)).not.toBe(token);
    }), { numRuns: 500 });
  });

  it('tells nothing of its target: half of the bits change with any letter of it', () => {
    const tokenOf = (key: string): string => linkToken(secret, { workspaceId: 1, key, list: 'default', channel: null, sender: null });
    const bitsOf = (key: string): string => [...tokenOf(key)].map((letter) => Number.parseInt(letter, 32).toString(2).padStart(5, '0')).join('');
    const first = bitsOf('+4917012345600');
    const changed = Array.from({ length: 100 }, (_, index) => [...bitsOf(`+49170123456${String(index).padStart(2, '0')}x`)].filter((bit, place) => bit !== first[place]).length);
    const mean = changed.reduce((sum, count) => sum + count, 0) / changed.length;
    expect(mean).toBeGreaterThan(72);
    expect(mean).toBeLessThan(88);
  });
});
