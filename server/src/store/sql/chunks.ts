import { setImmediate } from 'node:timers/promises';

/** Keys that one statement looks up: a check of this size answers within one short stop of the event loop. */
const keysPerStatement = 10_000;

/** Gives other work of the process a turn. */
export const breathe = (): Promise<void> => setImmediate();

/** Without repeats, in the order of the index: neighbours are found together. */
export const inOrder = (texts: readonly string[]): readonly string[] =>
  texts.length > 1 ? texts.toSorted().filter((text, place, all) => text !== all[place - 1]) : texts;

/**
 * Runs a look-up over any number of keys, in chunks: other requests get a turn between them.
 */
export async function inChunks<Row>(keys: readonly string[], lookUp: (chunk: readonly string[]) => Promise<Row[]>): Promise<Row[]> {
  const sorted = inOrder(keys);
  if (sorted.length <= keysPerStatement) return sorted.length === 0 ? [] : lookUp(sorted);
  const rows: Row[] = [];
  for (let start = 0; start < sorted.length; start += keysPerStatement) {
    if (start > 0) await breathe();
    for (const row of await lookUp(sorted.slice(start, start + keysPerStatement))) rows.push(row);
  }
  return rows;
}

/** Rows changed between two turns of the event loop. */
const rowsPerTurn = 100;

/** Runs one statement a row. Those of one turn are asked for together: over a network they follow each other without waiting. */
export async function eachRow<Row>(rows: readonly Row[], change: (row: Row) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < rows.length; start += rowsPerTurn) {
    if (start > 0) await breathe();
    await Promise.all(rows.slice(start, start + rowsPerTurn).map(change));
  }
}

/** By key: inserts touch neighbouring pages, and two transactions that meet take their locks in the same order. */
export const sortedByKey = <Row extends { key: string }>(rows: readonly Row[]): Row[] =>
  rows.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
