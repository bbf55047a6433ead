import pg from 'pg';
import { openPostgresStore } from '../../server/src/store/postgres/open-postgres-store.ts';
import { startPostgres } from '../../test/support/postgres.ts';
import { clientOf, type BenchClient } from '../support/client.ts';
import { fill } from '../support/fill.ts';
import { interleave, type Way } from '../support/interleave.ts';
import { startRedis } from '../support/redis.ts';
import { median, medianRatio } from '../support/report.ts';
import { serve } from '../support/service.ts';
import { bulkAddsOverHttp } from './bulk-adds.ts';
import type { CheckOptions } from './options.ts';
import { sizeText, type Row } from './row.ts';
import { singleAdds, singleChecks } from './single-requests.ts';

const bareJoin = "select entry.* from unnest(string_to_array($1, E'\\n')) as given(value) join entry on entry.workspace = $2 and entry.key = given.value and entry.closed = 0";

const heldIn = async (client: BenchClient, people: string[]): Promise<number> => (await client.checkMany(people)).filter(({ mayContact }) => !mayContact).length;

/** Everything that is measured on PostgreSQL: one service and two of them, Redis and the join alone through the same driver. */
export async function postgresFigures({ postgres: entries, rounds, seconds }: CheckOptions): Promise<Row[]> {
  const server = await startPostgres({ settings: ['fsync = on', 'shared_buffers = 1GB', 'max_wal_size = 4GB'] });
  const url = await server.createDatabase();
  const store = await openPostgresStore({ url });
  const { key } = await fill(store, entries);
  const workspace = (await store.directory.workspaces())[0];
  await store.close();
  await server.query('vacuum analyze', url);

  const redis = await startRedis(entries);
  const bare = new pg.Client({ connectionString: url });
  await bare.connect();
  const services = [await serve(['--database-url', url], key), await serve(['--database-url', url], key)];
  const clients = services.map((service) => clientOf(service.url, key));
  const [first, second] = clients as [BenchClient, BenchClient];
  const where = `PostgreSQL, ${sizeText(entries)}`;
  try {
    const ways: Way[] = [
      { name: 'one', listed: entries, check: (people) => heldIn(first, people) },
      { name: 'bare', listed: entries, check: async (people) => (await bare.query({ name: 'bare', text: bareJoin, values: [people.toSorted().join('\n'), workspace?.id] })).rows.length },
      ...(redis ? [{ name: 'redis', listed: entries, check: (people: string[]) => redis.check(people) }] : []),
      { name: 'one, 4 in flight', listed: entries, inFlight: 4, check: (people) => heldIn(first, people) },
      { name: 'two, 4 in flight', listed: entries, inFlight: 4, check: (people, turn) => heldIn(turn % 2 === 0 ? first : second, people) },
    ];
    const measured = await interleave(ways, rounds, 8);
    const rates = (name: string): number[] => measured.get(name)?.rates ?? [];
    return [
      { what: `bulk check over HTTP, 10,000 a request, ${where}`, value: median(rates('one')), unit: 'addresses/s' },
      { what: `the bare unnest join, ${where}`, value: median(rates('bare')), unit: 'addresses/s' },
      { what: `Quietlist ÷ bare join, ${where}`, value: medianRatio(rates('one'), rates('bare')), unit: '×', goal: { least: 0.9 } },
      ...(redis ? [{ what: `Quietlist ÷ Redis, ${where}`, value: medianRatio(rates('one'), rates('redis')), unit: '×', goal: { least: 0.35 } }] : []),
      { what: `bulk check, 4 in flight, ${where}`, value: median(rates('one, 4 in flight')), unit: 'addresses/s' },
      { what: `two servers ÷ one, 4 in flight, ${where}`, value: medianRatio(rates('two, 4 in flight'), rates('one, 4 in flight')), unit: '×' },
      ...(await singleChecks({ url: services[0]?.url ?? '', key, seconds }, where)).map(({ goal: _, ...row }) => row),
      ...(await singleAdds({ url: services[0]?.url ?? '', key, seconds }, where, undefined)),
      { what: `bulk add over HTTP, 10,000 a request, ${where}`, value: await bulkAddsOverHttp(first, rounds), unit: 'entries/s' },
    ];
  } finally {
    for (const client of clients) client.close();
    for (const service of services) await service.stop();
    await redis?.stop();
    await bare.end();
    await server.remove();
  }
}
