import { describe, expect, it } from 'vitest';
import { toInstant } from '../../../nodes/Quietlist/instants.ts';

describe('dates of fields and expressions', () => {
  it.each([
    ['2026-03-03T10:15:00.000Z', 'UTC', '2026-03-03T10:15:00.000Z'],
    ['2026-03-03T10:15:00+05:30', 'America/New_York', '2026-03-03T04:45:00.000Z'],
    ['2026-03-03T10:15:00', 'UTC', '2026-03-03T10:15:00.000Z'],
    ['2026-03-03 10:15', 'Asia/Kolkata', '2026-03-03T04:45:00.000Z'],
    ['2026-03-03', 'Asia/Kolkata', '2026-03-02T18:30:00.000Z'],
    ['2026-07-01T12:00:00', 'America/New_York', '2026-07-01T16:00:00.000Z'],
    ['2026-01-01T12:00:00', 'America/New_York', '2026-01-01T17:00:00.000Z'],
    // The clocks go forward at 2:00 and back at 2:00 of these days.
    ['2026-03-08T01:59:59', 'America/New_York', '2026-03-08T06:59:59.000Z'],
    ['2026-03-08T03:00:00', 'America/New_York', '2026-03-08T07:00:00.000Z'],
    ['2026-11-01T03:00:00', 'America/New_York', '2026-11-01T08:00:00.000Z'],
    ['2026-03-29T00:30:00', 'Pacific/Auckland', '2026-03-28T11:30:00.000Z'],
  ])('reads %s on the clock of %s', (text, timeZone, instant) => {
    expect(toInstant(text, timeZone)).toBe(instant);
  });

  it.each(['tomorrow', '03/04/2026', '2026-13-01', '2026-02-30', '2026-02-30T10:00:00Z', '2026-03-03T25:00:00', '', 1_767_225_600, null, undefined, {}, new Date(Number.NaN)])('takes %j for no date', (value) => {
    expect(toInstant(value, 'UTC')).toBeNull();
  });

  it('takes the dates that expressions answer', () => {
    expect(toInstant(new Date(0), 'Asia/Kolkata')).toBe('1970-01-01T00:00:00.000Z');
    expect(toInstant({ toMillis: () => 0 }, 'Asia/Kolkata')).toBe('1970-01-01T00:00:00.000Z');
  });
});
