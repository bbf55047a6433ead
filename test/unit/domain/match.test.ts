import { describe, expect, it } from 'vitest';
import { holds, type CheckScope } from '../../../server/src/domain/match.ts';
import type { Entry } from '../../../server/src/domain/entry.ts';
import { entryOf, optOutOf } from '../../support/entry.ts';

const now = Date.UTC(2026, 2, 4);

const asked = (changes: Partial<CheckScope> = {}): CheckScope => ({
  channel: null,
  sender: null,
  purpose: 'marketing',
  direction: 'outbound',
  lists: null,
  listMatching: 'any',
  ...changes,
});

const on = { channel: 'whatsapp' };
const news = { list: 'lst_news' };
const naming = (...lists: string[]) => ({ lists: new Set(lists) });

type Row = [promise: string, entry: Entry, check: Partial<CheckScope>, held: boolean];

const rows: Row[] = [
  // Channel: equal, or open on either side.
  ['a block of one channel holds on that channel', entryOf(on), { channel: 'whatsapp' }, true],
  ['a block of one channel lets other channels pass (A4)', entryOf(on), { channel: 'sms' }, false],
  ['a block of one channel holds a check that names none', entryOf(on), {}, true],
  ['a block of any channel holds on each', entryOf(), { channel: 'sms' }, true],
  ['a block of any channel holds a check that names none', entryOf(), {}, true],
  ['an opt-out of one channel lets other channels pass (B2)', optOutOf(on), { channel: 'sms' }, false],
  ['an opt-out of one channel holds on that channel', optOutOf(on), { channel: 'whatsapp' }, true],
  // Sender: the same.
  ['a block of one sender holds for that sender', entryOf({ sender: 'snd_1' }), { sender: 'snd_1' }, true],
  ['a block of one sender lets other senders pass (D2)', entryOf({ sender: 'snd_1' }), { sender: 'snd_2' }, false],
  ['a block of one sender holds a check that names none', entryOf({ sender: 'snd_1' }), {}, true],
  ['a block of any sender holds for each', entryOf(), { sender: 'snd_2' }, true],
  ['channel and sender must both fit', entryOf({ channel: 'sms', sender: 'snd_1' }), { channel: 'whatsapp', sender: 'snd_1' }, false],
  ['channel and sender that both fit hold', entryOf({ channel: 'sms', sender: 'snd_1' }), { channel: 'sms', sender: 'snd_1' }, true],
  // Direction.
  ['a block of both directions holds what goes out (A1)', entryOf(), { direction: 'outbound' }, true],
  ['a block of both directions holds what comes in (A1, E1)', entryOf(), { direction: 'inbound' }, true],
  ['an outbound opt-out lets what comes in pass', optOutOf(), { direction: 'inbound' }, false],
  ['an outbound opt-out holds what goes out', optOutOf(), { direction: 'outbound' }, true],
  ['an inbound block lets what goes out pass', entryOf({ direction: 'inbound' }), { direction: 'outbound' }, false],
  ['an inbound block holds what comes in', entryOf({ direction: 'inbound' }), { direction: 'inbound' }, true],
  ['an opt-out of both directions holds what comes in', optOutOf({ direction: 'both' }), { direction: 'inbound' }, true],
  // Purpose.
  ['a marketing opt-out holds marketing', optOutOf(), { purpose: 'marketing' }, true],
  ['a transactional message passes a marketing opt-out', optOutOf(), { purpose: 'transactional' }, false],
  ['an opt-out of everything holds a transactional message', optOutOf({ purpose: 'all' }), { purpose: 'transactional' }, true],
  ['an opt-out of everything holds marketing', optOutOf({ purpose: 'all' }), { purpose: 'marketing' }, true],
  ['a transactional message never passes a block', entryOf(), { purpose: 'transactional' }, true],
  ['a block holds whatever purpose it carries', entryOf({ purpose: 'marketing' }), { purpose: 'transactional' }, true],
  // Lists.
  ['a block holds whichever list is named', entryOf(), naming('lst_news'), true],
  ['the default list holds when no list is named', optOutOf(), {}, true],
  ['the default list holds when another list is named', optOutOf(), naming('lst_news'), true],
  ['the default list holds when it is named', optOutOf(), naming('default'), true],
  ['a custom list holds when it is named (B13)', optOutOf(news), naming('lst_news'), true],
  ['a custom list holds when it is one of several named (B12)', optOutOf(news), naming('lst_offers', 'lst_news'), true],
  ['a custom list lets pass when only another is named', optOutOf(news), naming('lst_offers'), false],
  ['a custom list lets pass when only the default list is named', optOutOf(news), naming('default'), false],
  ['a custom list holds when no list is named', optOutOf(news), {}, true],
  ['an empty set of lists names none', optOutOf(news), naming(), true],
  // The literal B13 and C9: only named lists count.
  ['named lists only: a custom list that is named holds', optOutOf(news), { ...naming('lst_news'), listMatching: 'named' }, true],
  ['named lists only: a custom list that is not named lets pass', optOutOf(news), { listMatching: 'named' }, false],
  ['named lists only: the default list lets pass when it is not named', optOutOf(), { ...naming('lst_news'), listMatching: 'named' }, false],
  ['named lists only: the default list lets pass when none is named', optOutOf(), { listMatching: 'named' }, false],
  ['named lists only: the default list holds when it is named', optOutOf(), { ...naming('default'), listMatching: 'named' }, true],
  ['named lists only: a block holds all the same', entryOf(), { listMatching: 'named' }, true],
  // Life.
  ['an entry holds until its expiry (E10)', entryOf({ expiresAt: now + 1 }), {}, true],
  ['an entry holds nothing from the instant of its expiry on', entryOf({ expiresAt: now }), {}, false],
  ['an entry past its expiry holds nothing, whether or not a job has ended it', entryOf({ expiresAt: now - 1 }), {}, false],
  ['an entry that was removed holds nothing', entryOf({ endedAt: now - 5, endedAs: 'removed' }), {}, false],
];

describe('the matching rule', () => {
  it.each(rows)('%s', (_promise, entry, check, held) => {
    expect(holds(entry, asked(check), now)).toBe(held);
  });
});
