import { expect, it } from 'vitest';
import { createIds } from '../../../server/src/store/ids.ts';

const at = (iso: string): number => Date.parse(iso);

it('makes ids that grow, however the clock moves and however many are asked for in a millisecond', () => {
  const start = at('2026-11-22T00:00:00Z');
  const moves = [0, 0, -86_400_000, 1, 0.5, -1, 5, Number.NEGATIVE_INFINITY, 2];
  let turn = 0;
  const ids = createIds(() => start + (moves[Math.floor((turn += 1) / 10_000) % moves.length] ?? 0));
  let last = 0;
  for (let count = 0; count < 100_000; count += 1) {
    const id = ids.next();
    expect(id > last && Number.isSafeInteger(id)).toBe(true);
    last = id;
  }
});

it('orders the ids of two processes by the clock', () => {
  const early = createIds(() => at('2027-01-01T00:00:00.000Z')).next();
  const late = createIds(() => at('2027-01-01T00:00:00.001Z')).next();
  expect(late).toBeGreaterThan(early);
});

it('starts each process at another place of the millisecond', () => {
  const starts = new Set(Array.from({ length: 200 }, () => createIds(() => at('2027-01-01T00:00:00Z')).next()));
  expect(starts.size).toBeGreaterThan(150);
});

it.each(['1970-01-01T00:00:00Z', '2038-01-19T03:14:08Z', '2095-01-01T00:00:00Z'])('makes safe positive integers in %s', (instant) => {
  const ids = createIds(() => at(instant));
  expect(ids.next()).toBeGreaterThan(0);
  expect(Number.isSafeInteger(ids.next())).toBe(true);
});
