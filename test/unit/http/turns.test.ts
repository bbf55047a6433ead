import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Turns } from '../../../server/src/http/turns.ts';

it('lets the first begin at once', async () => {
  const turns = new Turns();
  let turned = 0;
  const turn = setImmediate(() => (turned += 1));
  await turns.take();
  expect(turned).toBe(0);
  clearImmediate(turn);
});

it('lets the others begin in the order they came, with turns of the event loop in between', async () => {
  const turns = new Turns();
  let turn = 0;
  const began: Array<[number, number]> = [];
  const all = Promise.all([0, 1, 2].map(async (index) => {
    await turns.take();
    began.push([index, turn]);
  }));
  while (began.length < 3) {
    await nextTurn();
    turn += 1;
  }
  await all;
  expect(began.map(([index]) => index)).toEqual([0, 1, 2]);
  const [first, second, third] = began.map(([, at]) => at) as [number, number, number];
  expect(first).toBe(0);
  expect(second - first).toBeGreaterThanOrEqual(5);
  expect(third - second).toBeGreaterThanOrEqual(5);
});
