import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { naturalKeyText, statusOf } from '../../../server/src/domain/entry.ts';
import { idOf, idText } from '../../../server/src/domain/id-text.ts';
import { instantOf, instantText } from '../../../server/src/domain/instant.ts';
import { entryOf, optOutOf } from '../../support/entry.ts';

describe('an id', () => {
  it('is read back as the number it shows', () => {
    fc.assert(fc.property(fc.maxSafeNat(), (id) => idOf('ent', idText('ent', id)) === id));
  });

  it.each(['ent_', 'ent_-1', 'ent_1.5', 'ent_A', 'ent_01', 'ent_1 ', ' ent_1', 'evt_1', '1', '', 'ent_zzzzzzzzzzzzzzzzzzzz', 'ent_1\n', 'ent__1', 'ent_0x1'])('is not read from %j', (text) => {
    expect(idOf('ent', text)).toBeNull();
  });
});

describe('an instant', () => {
  it('has one text', () => {
    expect(instantText(Date.UTC(2026, 2, 3, 10, 15))).toBe('2026-03-03T10:15:00.000Z');
    fc.assert(fc.property(fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true }), (date) => instantOf(instantText(date.getTime())) === date.getTime()));
  });

  it.each(['2026-02-29T00:00:00Z', '2026-02-30T00:00:00Z', '2026-04-31T00:00:00Z', '2100-02-29T12:00:00Z'])('is not read from a day that does not exist: %s', (text) => {
    expect(instantOf(text)).toBeNull();
  });

  it('is read from a leap day', () => {
    expect(instantOf('2028-02-29T00:00:00Z')).toBe(Date.UTC(2028, 1, 29));
  });
});

describe('an entry', () => {
  it('is the same one only when kind, list, address, channel and sender are', () => {
    const variants = [
      entryOf(), optOutOf(), optOutOf({ list: 'lst_1' }), entryOf({ key: 'ann@example.com' }), entryOf({ channel: 'sms' }), entryOf({ sender: 'snd_1' }),
      entryOf({ channel: 'sms', sender: 'snd_1' }), entryOf({ channel: 'snd_1', sender: 'sms' }),
    ];
    expect(new Set(variants.map(naturalKeyText)).size).toBe(variants.length);
    expect(naturalKeyText(entryOf({ id: 2, note: 'x', reason: 'abuse', by: 'system', purpose: 'marketing', direction: 'inbound', expiresAt: 9 }))).toBe(naturalKeyText(entryOf()));
  });

  it('is active, expired or removed', () => {
    expect(statusOf(entryOf({ expiresAt: 10 }), 9)).toBe('active');
    expect(statusOf(entryOf({ expiresAt: 10 }), 10)).toBe('expired');
    expect(statusOf(entryOf({ endedAt: 5, endedAs: 'removed' }), 9)).toBe('removed');
    expect(statusOf(entryOf({ expiresAt: 8, endedAt: 9, endedAs: 'expired' }), 9)).toBe('expired');
  });
});
