import { addEntries } from '../../server/src/app/add-entries.ts';
import type { Store } from '../../server/src/app/ports.ts';
import { createPlatform } from '../../server/src/platform.ts';
import type { BenchClient } from '../support/client.ts';
import { newPeople } from '../support/people.ts';
import { median, timed } from '../support/report.ts';

const batchSize = 10_000;

async function rateOf(rounds: number, add: (people: string[]) => Promise<unknown>): Promise<number> {
  const rates: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const people = newPeople(batchSize);
    const { seconds } = await timed(() => add(people));
    if (round > 0) rates.push(batchSize / seconds);
  }
  return median(rates);
}

/** Opt-outs a second through the client, 10,000 a request, with history and the kept answer, flushed to the disk. */
export const bulkAddsOverHttp = (client: BenchClient, rounds: number): Promise<number> =>
  rateOf(rounds, (people) => client.optOut(people.map((person) => ({ person }))));

/** The same by the use case alone, in this process. */
export async function bulkAddsInProcess(store: Store, rounds: number): Promise<number> {
  const platform = createPlatform();
  const [workspace] = await store.directory.workspaces();
  if (!workspace) throw new Error('The store is empty.');
  const caller = { workspace, key: { id: 1, name: 'bench', role: 'admin' as const }, actor: 'bench' };
  return rateOf(rounds, (people) => {
    const entries = people.map((address) => ({ kind: 'opt_out' as const, address }));
    return store.write((writer) => addEntries(writer, platform, caller, { entries }));
  });
}
