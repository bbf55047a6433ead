import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { snapshotOf, snapshotText } from '../../../server/src/store/sql/event-snapshot.ts';
import { entryOf, optOutOf } from '../../support/entry.ts';

const line = { key: '+14155552671', at: 1_000, entryId: 7, batch: null, reason: 'opt_out' };
const text = fc.constantFrom('+14155552671', 'ann@example.com', 'sms', 'default', 'opt_out', '~', '');
const entry = fc
  .record({
    id: fc.constantFrom(7, 8), key: text, address: text, addressKind: fc.constantFrom('phone' as const, 'email' as const, 'handle' as const), mailbox: fc.option(text), channel: fc.option(text),
    list: fc.option(text), batch: fc.option(text), createdAt: fc.constantFrom(1_000, 1_001), note: fc.option(fc.string({ unit: 'binary' })), unverified: fc.boolean(),
    evidence: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.boolean(), fc.integer()), { maxKeys: 3, noNullPrototype: true }), expiresAt: fc.option(fc.nat()),
  }, { requiredKeys: [] })
  .map((fields) => entryOf(fields));
const value = fc.oneof({ weight: 4, arbitrary: entry }, entry.map(({ note: _, ...rest }) => rest), entry.map((one) => ({ ...one, more: 1 })), fc.jsonValue());

describe('what a line keeps of an entry', () => {
  it('is read as exactly what was written, entry or not', () => {
    fc.assert(
      fc.property(value, fc.record({ key: text, at: fc.constantFrom(1_000, 1_001), entryId: fc.constantFrom(7, null), batch: fc.option(text), reason: fc.option(text) }), (written, of) => {
        expect(snapshotOf(snapshotText(written, of), of)).toEqual(JSON.parse(JSON.stringify(written)));
      }),
      { numRuns: 5_000 },
    );
  });

  it('is next to nothing for the usual opt-out', () => {
    const usual = optOutOf({ id: 7, key: line.key, address: line.key, createdAt: line.at });
    expect(snapshotText(usual, line)?.length).toBeLessThan(5);
  });

  it('is whole for an entry that has more fields than this version knows', () => {
    expect(snapshotText({ ...entryOf({}), more: 1 }, line)).toMatch(/^\{/);
  });

  it('is read as before when it was kept whole', () => {
    expect(snapshotOf('{"a":[1]}', line)).toEqual({ a: [1] });
    expect(snapshotOf('"~"', line)).toBe('~');
  });
});
