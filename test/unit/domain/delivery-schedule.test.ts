import { describe, expect, it } from 'vitest';
import { nextTryInMs, retryDelaysMs, type FailedTry } from '../../../server/src/domain/delivery-schedule.ts';

const hour = 3_600_000;
const afterTry = (attempts: number, fields: Partial<FailedTry> = {}) => nextTryInMs({ attempts, retryAfterMs: null, isThrottled: false, random: 0.5, ...fields });

describe('the next try of a delivery', () => {
  it('follows the schedule of Standard Webhooks: ten tries over 75 hours and 35 minutes', () => {
    const delays = Array.from({ length: 10 }, (_, index) => afterTry(index + 1));
    expect(delays).toEqual([...retryDelaysMs, null]);
    expect(retryDelaysMs.reduce((sum, delay) => sum + delay, 0)).toBe(75 * hour + 35 * 60_000 + 5_000);
  });

  it('comes up to a fifth earlier or later, so that many do not come at once', () => {
    expect([afterTry(3, { random: 0 }), afterTry(3, { random: 1 })]).toEqual([24 * 60_000, 36 * 60_000]);
  });

  it('comes no earlier than the receiver asked for, up to an hour or twice the schedule', () => {
    expect(afterTry(1, { retryAfterMs: 90_000 })).toBe(90_000);
    expect(afterTry(1, { retryAfterMs: 30 * 24 * hour })).toBe(hour);
    expect(afterTry(9, { retryAfterMs: 30 * 24 * hour })).toBe(48 * hour);
    expect(afterTry(4, { retryAfterMs: 1_000 })).toBe(2 * hour);
    expect(afterTry(10, { retryAfterMs: 1_000 })).toBeNull();
  });

  it('gives a receiver that has too much to do a minute at least', () => {
    expect([afterTry(1, { isThrottled: true }), afterTry(2, { isThrottled: true })]).toEqual([60_000, 300_000]);
  });
});
