import { expect, it } from 'vitest';
import { readKeyFilter } from '../../../server/src/cli/key-filter.ts';

const folder = { engine: 'sqlite', directory: 'data' } as const;
const database = { engine: 'postgres', url: 'postgres://127.0.0.1/quietlist' } as const;

it('keeps the filter for a folder, and changes no database for it unless it is told to', () => {
  expect([readKeyFilter({}, {}, folder), readKeyFilter({}, {}, database)]).toEqual([true, false]);
  expect([readKeyFilter({}, { QUIETLIST_KEY_FILTER: '' }, folder), readKeyFilter({}, { QUIETLIST_KEY_FILTER: '' }, database)]).toEqual([true, false]);
});

it('takes the command line before the environment, for a folder and for a database', () => {
  for (const place of [folder, database]) {
    expect([readKeyFilter({}, { QUIETLIST_KEY_FILTER: 'on' }, place), readKeyFilter({}, { QUIETLIST_KEY_FILTER: 'off' }, place)]).toEqual([true, false]);
    expect([readKeyFilter({ 'key-filter': 'off' }, { QUIETLIST_KEY_FILTER: 'on' }, place), readKeyFilter({ 'key-filter': 'on' }, { QUIETLIST_KEY_FILTER: 'off' }, place)]).toEqual([false, true]);
  }
});

it('refuses what it does not know', () => {
  for (const given of ['yes', 'ON', '1']) expect(() => readKeyFilter({ 'key-filter': given }, {}, database)).toThrow('--key-filter takes one of: on, off.');
});
