import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../server/src/domain/entry.ts';
import { holds, type CheckScope } from '../../../server/src/domain/match.ts';
import { widen } from '../../../server/src/domain/widen.ts';
import { entryOf, optOutOf } from '../../support/entry.ts';

const later = Date.UTC(2030, 0, 1);
const sooner = Date.UTC(2027, 0, 1);

/** What a caller sees after adding: the widened entry, or the old one when nothing changed. */
const after = (existing: Entry, added: Entry): Entry => widen(existing, added) ?? existing;

const byChance: fc.Arbitrary<Entry> = fc
  .record({
    kind: fc.constantFrom('block' as const, 'opt_out' as const),
    purpose: fc.constantFrom('marketing' as const, 'all' as const),
    direction: fc.constantFrom('outbound' as const, 'inbound' as const, 'both' as const),
    by: fc.constantFrom('recipient' as const, 'operator' as const, 'system' as const),
    expiresAt: fc.option(fc.integer({ min: 10, max: 20 })),
    note: fc.option(fc.constantFrom('one', 'two')),
  })
  .map((made) => (made.kind === 'block' ? entryOf({ ...made, purpose: 'all' }) : optOutOf({ ...made, expiresAt: made.by === 'recipient' ? null : made.expiresAt })));
const pairs = fc.tuple(byChance, byChance).filter(([one, other]) => one.kind === other.kind);

const scopes: CheckScope[] = (['marketing', 'transactional'] as const).flatMap((purpose) =>
  (['outbound', 'inbound'] as const).map((direction) => ({ channel: null, sender: null, purpose, direction, lists: null, listMatching: 'any' as const })),
);

describe('adding an entry again', () => {
  it('changes nothing when it says nothing new', () => {
    expect(widen(optOutOf(), optOutOf())).toBeNull();
    expect(widen(entryOf({ expiresAt: later }), entryOf({ expiresAt: sooner }))).toBeNull();
    expect(widen(optOutOf({ purpose: 'all' }), optOutOf({ purpose: 'all', note: 'another note' }))).toBeNull();
  });

  it('widens the purpose and never narrows it', () => {
    expect(widen(optOutOf(), optOutOf({ purpose: 'all' }))?.purpose).toBe('all');
    expect(widen(optOutOf({ purpose: 'all' }), optOutOf())).toBeNull();
  });

  it('joins directions', () => {
    expect(widen(entryOf({ direction: 'outbound' }), entryOf({ direction: 'inbound' }))?.direction).toBe('both');
    expect(widen(entryOf({ direction: 'both' }), entryOf({ direction: 'outbound' }))).toBeNull();
  });

  it('takes the later expiry, and no expiry for the latest', () => {
    expect(widen(entryOf({ expiresAt: sooner }), entryOf({ expiresAt: later }))?.expiresAt).toBe(later);
    expect(widen(entryOf({ expiresAt: sooner }), entryOf())?.expiresAt).toBeNull();
    expect(widen(entryOf(), entryOf({ expiresAt: later }))).toBeNull();
  });

  it("keeps a recipient's opt-out when an operator adds it again", () => {
    const own = optOutOf({ source: 'opt_out', evidence: { text: 'STOP' }, note: 'as received' });
    const again = optOutOf({ by: 'operator', reason: 'list_cleanup', source: 'csv', evidence: { file: 'a.csv' }, note: 'cleaned', purpose: 'all', expiresAt: later });
    expect(after(own, again)).toEqual({ ...own, purpose: 'all' });
    expect(widen(own, optOutOf({ by: 'system', expiresAt: sooner }))).toBeNull();
  });

  it("makes an operator's opt-out the recipient's own when the recipient asks for it, without an end", () => {
    const ours = optOutOf({ by: 'operator', reason: 'list_cleanup', source: 'csv', expiresAt: later, note: 'cleaned', evidence: { file: 'a.csv' } });
    const theirs = optOutOf({ source: 'opt_out', evidence: { text: 'STOP' } });
    expect(widen(ours, theirs)).toEqual({ ...ours, by: 'recipient', reason: 'opt_out', source: 'opt_out', evidence: { text: 'STOP' }, expiresAt: null });
  });

  it('leaves the attribution of a block with whoever added it first', () => {
    expect(widen(entryOf({ by: 'operator' }), entryOf({ by: 'recipient' }))).toBeNull();
  });

  it('keeps its id, its natural key and when it was added', () => {
    const { id, key, createdAt, list, channel, sender } = after(optOutOf(), optOutOf({ id: 2, createdAt: later, purpose: 'all' }));
    expect({ id, key, createdAt, list, channel, sender }).toMatchObject({ id: 1, createdAt: optOutOf().createdAt, list: 'default' });
  });

  it('never holds less than before, nor less than what was added', () => {
    fc.assert(
      fc.property(pairs, fc.integer({ min: 5, max: 25 }), ([existing, added], now) => {
        for (const scope of scopes) {
          if (holds(existing, scope, now) || holds(added, scope, now)) expect(holds(after(existing, added), scope, now)).toBe(true);
        }
      }),
    );
  });

  it('is done once: the same again changes nothing more', () => {
    fc.assert(fc.property(pairs, ([existing, added]) => widen(after(existing, added), added) === null));
  });

  it('comes to the same hold in whichever order two are added', () => {
    const held = ({ purpose, direction, expiresAt, by }: Entry) => ({ purpose, direction, expiresAt, isOwn: by === 'recipient' });
    fc.assert(
      fc.property(pairs, ([one, other]) => {
        const ways = [held(after(one, other)), held(after(other, one))];
        if (one.kind === 'opt_out') expect(ways[0]).toEqual(ways[1]);
        else expect({ ...ways[0], isOwn: false }).toEqual({ ...ways[1], isOwn: false });
      }),
    );
  });
});
