import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../server/src/domain/entry.ts';
import { holds, type CheckScope } from '../../server/src/domain/match.ts';
import { entryOf } from '../support/entry.ts';

const now = 1_000;
const channel = fc.constantFrom('whatsapp', 'sms', 'email');
const sender = fc.constantFrom('snd_1', 'snd_2');
const list = fc.constantFrom('default', 'lst_news', 'lst_offers');

const entries: fc.Arbitrary<Entry> = fc
  .record({
    kind: fc.constantFrom('block' as const, 'opt_out' as const),
    channel: fc.option(channel),
    sender: fc.option(sender),
    list,
    purpose: fc.constantFrom('marketing' as const, 'all' as const),
    direction: fc.constantFrom('outbound' as const, 'inbound' as const, 'both' as const),
    expiresAt: fc.option(fc.integer({ min: now - 2, max: now + 2 })),
    endedAt: fc.option(fc.constant(now - 1), { freq: 6 }),
  })
  .map((made) => entryOf({ ...made, list: made.kind === 'block' ? null : made.list, endedAs: made.endedAt === null ? null : 'removed' }));

const checks: fc.Arbitrary<CheckScope> = fc.record({
  channel: fc.option(channel),
  sender: fc.option(sender),
  purpose: fc.constantFrom('marketing' as const, 'transactional' as const),
  direction: fc.constantFrom('outbound' as const, 'inbound' as const),
  lists: fc.option(fc.uniqueArray(list, { maxLength: 3 }).map((names) => new Set(names))),
  listMatching: fc.constantFrom('any' as const, 'named' as const),
});

/** The words of the design, written down a second time as a list of reasons why an entry would not count. */
function oracle(entry: Entry, check: CheckScope): boolean {
  const reasonsToPass: boolean[] = [];
  reasonsToPass.push(entry.endedAt !== null);
  reasonsToPass.push(entry.expiresAt !== null && now >= entry.expiresAt);
  if (entry.channel && check.channel) reasonsToPass.push(entry.channel !== check.channel);
  if (entry.sender && check.sender) reasonsToPass.push(entry.sender !== check.sender);
  if (entry.direction !== 'both') reasonsToPass.push(entry.direction !== check.direction);
  if (entry.kind === 'opt_out') {
    reasonsToPass.push(check.purpose === 'transactional' && entry.purpose === 'marketing');
    const named = [...(check.lists ?? [])];
    const isNamed = named.some((name) => name === entry.list);
    reasonsToPass.push(check.listMatching === 'named' ? !isNamed : !isNamed && entry.list !== 'default' && named.length > 0);
  }
  return !reasonsToPass.includes(true);
}

describe('the matching rule, by chance', () => {
  it('decides as a second writing of the design does', () => {
    fc.assert(fc.property(entries, checks, (entry, check) => holds(entry, check, now) === oracle(entry, check)), { numRuns: 5_000 });
  });

  it('holds no less when a check says less: no channel, no sender', () => {
    fc.assert(
      fc.property(entries, checks, (entry, check) => {
        if (!holds(entry, check, now)) return;
        expect(holds(entry, { ...check, channel: null }, now)).toBe(true);
        expect(holds(entry, { ...check, sender: null }, now)).toBe(true);
        expect(holds(entry, { ...check, purpose: 'marketing' }, now)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  it('holds no less when a check names no list', () => {
    fc.assert(
      fc.property(entries, checks, (entry, check) => {
        const usual: CheckScope = { ...check, listMatching: 'any' };
        if (holds(entry, usual, now)) expect(holds(entry, { ...usual, lists: null }, now)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  it('holds no less when a check names more lists', () => {
    fc.assert(
      fc.property(entries, checks, list, (entry, check, more) => {
        const named = new Set([...(check.lists ?? []), 'lst_offers']);
        const before = { ...check, lists: named };
        if (holds(entry, before, now)) expect(holds(entry, { ...check, lists: new Set([...named, more]) }, now)).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});
