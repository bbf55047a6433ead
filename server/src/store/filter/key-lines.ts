import type { BloomFilter } from './bloom-filter.ts';

/** Room for growth before a filter is built again, larger. */
const smallestCapacity = 100_000;
const growth = 1.25;
export const capacityFor = (count: number): number => Math.max(smallestCapacity, Math.ceil(count * growth));

/** A text of a workspace: where the next ones of a source begin. */
export interface Place {
  scope: number;
  text: string;
}
/** Before all of them. */
export const firstPlace: Place = { scope: -1, text: '' };

/**
 * Puts in `count` texts that a database put together, each on a line after the number of its workspace: a row at a time would take three
 * times as long. Answers the last one.
 */
export function addLines(filters: readonly BloomFilter[], text: string, count: number): Place | undefined {
  const lines = text === '' ? [] : text.split('\n');
  // No key has a line break; if one had, the filter would miss it, and must not be used.
  if (lines.length !== count) throw new Error('A stored key holds a line break.');
  let last: Place | undefined;
  for (const line of lines) {
    const space = line.indexOf(' ');
    last = { scope: Number(line.slice(0, space)), text: line.slice(space + 1) };
    for (const filter of filters) filter.add(last.scope, last.text);
  }
  return last;
}
