import { batchesOf } from './people.ts';
import { timed } from './report.ts';

/** One way to ask whether people are listed. */
export interface Way {
  name: string;
  /** How many people are listed where it asks. */
  listed: number;
  /** Batches that are under way at a time. */
  inFlight?: number;
  /** How many of these people are held. `turn` counts the batches. */
  check(people: string[], turn: number): Promise<number>;
  /** Processor time that it has taken so far elsewhere, in microseconds. */
  processorUs?(): number;
}

export interface Measured {
  /** People a second, a round each. */
  rates: number[];
  /** Microseconds of processor time a person elsewhere, a round each. */
  processorUs: number[];
}

const batchSize = 10_000;
/** Of the people asked about. */
const shareListed = 0.02;

async function heldOf(way: Way, batches: readonly string[][]): Promise<number> {
  let next = 0;
  let held = 0;
  const worker = async (): Promise<void> => {
    for (let turn = next++; turn < batches.length; turn = next++) {
      const found = await way.check(batches[turn] ?? [], turn);
      held += found;
    }
  };
  await Promise.all(Array.from({ length: way.inFlight ?? 1 }, worker));
  return held;
}

/**
 * Measures ways in turns, round by round, so that what disturbs the machine disturbs them alike. Those with as many listed are asked about
 * the same people and must hold as many. A first round warms up and does not count.
 */
export async function interleave(ways: readonly Way[], rounds: number, batchesPerRound = 10): Promise<Map<string, Measured>> {
  const measured = new Map(ways.map(({ name }) => [name, { rates: [], processorUs: [] } as Measured]));
  for (let round = 0; round <= rounds; round += 1) {
    const expected = new Map<number, number>();
    for (const way of round % 2 === 0 ? ways : ways.toReversed()) {
      const batches = batchesOf(batchesPerRound, batchSize, way.listed, shareListed, round + 1);
      const before = way.processorUs?.() ?? 0;
      const { seconds, value } = await timed(() => heldOf(way, batches));
      if (value !== (expected.get(way.listed) ?? value)) throw new Error(`${way.name} holds ${value}, others ${expected.get(way.listed)}`);
      expected.set(way.listed, value);
      if (round === 0) continue;
      const people = batchesPerRound * batchSize;
      measured.get(way.name)?.rates.push(people / seconds);
      measured.get(way.name)?.processorUs.push(((way.processorUs?.() ?? 0) - before) / people);
    }
  }
  return measured;
}
