import { statSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteStore } from '../../server/src/store/sqlite/open-sqlite-store.ts';
import { clientOf, type BenchClient } from '../support/client.ts';
import { interleave, type Way } from '../support/interleave.ts';
import { personOf } from '../support/people.ts';
import { startRedis, type RedisPeer } from '../support/redis.ts';
import { median, medianRatio, timed } from '../support/report.ts';
import { seed, serve, type RunningService, type SeededFolder } from '../support/service.ts';
import { bulkAddsInProcess, bulkAddsOverHttp } from './bulk-adds.ts';
import type { CheckOptions } from './options.ts';
import { sizeText, type Row } from './row.ts';
import { singleAdds, singleChecks } from './single-requests.ts';

/** A filled store, the service on it, and Redis with the same people. */
interface Size {
  entries: number;
  folder: SeededFolder;
  service: RunningService;
  client: BenchClient;
  redis: RedisPeer | null;
}

/** The size at which everything but growth is measured. */
const usualSize = 1_000_000;
const heldIn = async (client: BenchClient, people: string[]): Promise<number> => {
  let held = 0;
  for (const { mayContact } of await client.checkMany(people)) if (!mayContact) held += 1;
  return held;
};

async function open(entries: number, { keep }: CheckOptions): Promise<Size> {
  const folder = await seed(entries, keep);
  const service = await serve(['--data', folder.directory], folder.key);
  return { entries, folder, service, client: clientOf(service.url, folder.key), redis: await startRedis(entries) };
}

const oursAt = (entries: number): string => `Quietlist on SQLite, ${sizeText(entries)}`;
const redisAt = (entries: number): string => `Redis SMISMEMBER, ${sizeText(entries)}`;
const fourAt = (entries: number): string => `${oursAt(entries)}, 4 in flight`;

function waysOf({ entries, service, client, redis }: Size): Way[] {
  const ours: Way = { name: oursAt(entries), listed: entries, check: (people) => heldIn(client, people), processorUs: () => service.processorUs() };
  return [
    ours,
    ...(redis ? [{ name: redisAt(entries), listed: entries, check: (people: string[]) => redis.check(people) }] : []),
    ...(entries === usualSize ? [{ ...ours, name: fourAt(entries), inFlight: 4 }] : []),
  ];
}

async function bulkChecks(sizes: readonly Size[], rounds: number): Promise<Row[]> {
  const measured = await interleave(sizes.flatMap(waysOf), rounds);
  const figures = (name: string) => measured.get(name) ?? { rates: [], processorUs: [] };
  return sizes.flatMap(({ entries, redis }): Row[] => {
    const [ours, theirs, four] = [figures(oursAt(entries)), figures(redisAt(entries)), figures(fourAt(entries))];
    return [
      { what: `bulk check over HTTP, 10,000 a request, ${sizeText(entries)}`, value: median(ours.rates), unit: 'addresses/s' },
      ...(four.rates.length > 0 ? [{ what: `the same, 4 in flight, ${sizeText(entries)}`, value: median(four.rates), unit: 'addresses/s' }] : []),
      { what: `processor time of the service, ${sizeText(entries)}`, value: median(ours.processorUs), unit: 'µs an address' },
      ...(redis ? [
        { what: redisAt(entries), value: median(theirs.rates), unit: 'addresses/s' },
        { what: `Quietlist ÷ Redis, ${sizeText(entries)}`, value: medianRatio(ours.rates, theirs.rates), unit: '×', goal: { least: 1 } },
      ] : []),
    ];
  });
}

/** One check after the other, of listed and other people: milliseconds, the sizes in turns. */
async function growth(sizes: readonly Size[], rounds: number): Promise<Row[]> {
  const perRound = 200;
  const seen = new Map<number, number[]>(sizes.map(({ entries }) => [entries, []]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const { entries, client } of sizes) {
      const people = Array.from({ length: perRound }, (_, index) => personOf(index % 2 === 0 ? Math.floor(Math.random() * entries) : 2 * entries + index));
      const { seconds } = await timed(async () => { for (const person of people) await client.check(person); });
      if (round > 0) seen.get(entries)?.push((seconds * 1_000) / perRound);
    }
  }
  const [least, most] = [sizes[0], sizes.at(-1)];
  const rows: Row[] = sizes.map(({ entries }) => ({ what: `one check after the other, ${sizeText(entries)}`, value: median(seen.get(entries) ?? []), unit: 'ms' }));
  if (!least || !most || least === most) return rows;
  return [...rows, { what: `growth of one check, ${sizeText(least.entries)} to ${sizeText(most.entries)}`, value: medianRatio(seen.get(most.entries) ?? [], seen.get(least.entries) ?? []), unit: '×', goal: { most: 1.5 } }];
}

const memoryGoal = (entries: number): number => (entries > usualSize ? 300 : 200);

/** Everything that is measured on SQLite, the stores of all sizes open at once. */
export async function sqliteFigures(options: CheckOptions): Promise<Row[]> {
  const sizes: Size[] = [];
  try {
    for (const entries of options.sizes) sizes.push(await open(entries, options));
    const starts = sizes.map(({ entries, service }): Row => ({ what: `start until the first check is answered, ${sizeText(entries)}`, value: service.firstAnswerMs, unit: 'ms', goal: { most: 1_000 } }));
    const checks = await bulkChecks(sizes, options.rounds);
    const grown = await growth(sizes, options.rounds);
    const memory = sizes.map(({ entries, service }): Row => ({ what: `resident memory after the checks, ${sizeText(entries)}`, value: service.residentMb(), unit: 'MB', goal: { most: memoryGoal(entries) } }));
    const disk = sizes.map(({ entries, folder }): Row => ({ what: `disk, ${sizeText(entries)}`, value: statSync(join(folder.directory, 'quietlist.db')).size / entries, unit: 'bytes an entry' }));
    const usual = sizes.find(({ entries }) => entries === usualSize) ?? sizes[0];
    return [...checks, ...grown, ...starts, ...memory, ...disk, ...(usual ? await requests(usual, options) : [])];
  } finally {
    for (const { client, redis, service, folder } of sizes) {
      client.close();
      await redis?.stop();
      await service.stop();
      folder.remove();
    }
  }
}

/** Single requests and adds, which change the store, on the usual size. */
async function requests({ entries, folder, service, client }: Size, { seconds, rounds }: CheckOptions): Promise<Row[]> {
  const target = { url: service.url, key: folder.key, seconds };
  const where = `SQLite, ${sizeText(entries)}`;
  const checks = await singleChecks(target, where);
  const adds = await singleAdds(target, where, { least: 6_000 });
  const overHttp = await bulkAddsOverHttp(client, rounds);
  const memory = service.residentMb();
  await service.stop();
  const store = await openSqliteStore({ directory: folder.directory, keyFilter: true });
  await store.keyFilterBuilt();
  const inProcess = await bulkAddsInProcess(store, rounds);
  await store.close();
  return [
    ...checks,
    ...adds,
    { what: `bulk add over HTTP, 10,000 a request, ${where}`, value: overHttp, unit: 'entries/s' },
    { what: `bulk add by the use case, ${where}`, value: inProcess, unit: 'entries/s', goal: { least: 50_000 } },
    { what: `resident memory after the adds, ${sizeText(entries)}`, value: memory, unit: 'MB', goal: { most: memoryGoal(entries) } },
  ];
}
