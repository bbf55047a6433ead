import { expect, it } from 'vitest';
import { groupByOptions } from '@quietlist/client/group';

it('puts items with the same options together and remembers the place of each', () => {
  const items = [{ to: 'a', options: { channel: 'sms', lists: ['x', 'y'] } }, { to: 'b', options: {} }, { to: 'c', options: { lists: ['x', 'y'], channel: 'sms' } }, { to: 'd', options: { channel: 'sms', lists: ['y', 'x'] } }];
  expect(groupByOptions(items, ({ options }) => options).map(({ items: group, places }) => [group.map(({ to }) => to), places])).toEqual([
    [['a', 'c'], [0, 2]],
    [['b'], [1]],
    [['d'], [3]],
  ]);
});
