import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { openPostgresStore } from '../../server/src/store/postgres/open-postgres-store.ts';
import { startPostgres, type PostgresServer } from '../../test/support/postgres.ts';
import { clientOf, type BenchClient } from '../support/client.ts';
import { fill } from '../support/fill.ts';
import { interleave, type Way } from '../support/interleave.ts';
import { startRedis } from '../support/redis.ts';
import { median, medianRatio } from '../support/report.ts';
import { serve, type RunningService } from '../support/service.ts';
import { bulkAddsOverHttp } from './bulk-adds.ts';
import type { CheckOptions } from './options.ts';
import { sizeText, type Row } from './row.ts';
import { singleAdds, singleChecks } from './single-requests.ts';

const bareJoin = "select entry.* from unnest(string_to_array($1, E'\\n')) as given(value) join entry on entry.workspace = $2 and entry.key = given.value and entry.closed = 0";

/** The join alone, on a connection of its own. */
async function joinOn(url: string, workspaceId: number, entries: number): Promise<Way & { end(): Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    name: 'bare',
    listed: entries,
    check: async (people) => (await client.query({ name: 'bare', text: bareJoin, values: [people.toSorted().join('\n'), workspaceId] })).rows.length,
    end: () => client.end(),
  };
}

const heldIn = async (client: BenchClient, people: string[]): Promise<number> => (await client.checkMany(people)).filter(({ mayContact }) => !mayContact).length;

/** Resolves once a service that keeps a filter has filled it: between the pages it reads what was committed meanwhile, so one look is not enough. */
async function filled({ query }: PostgresServer): Promise<void> {
  const isFilling = "select 1 from pg_stat_activity where application_name = 'quietlist filter' and query not like '%pg_current_snapshot%'";
  for (let quiet = 0; quiet < 5; quiet += 1) {
    await setTimeout(200);
    if ((await query(isFilling)).length > 0) quiet = -1;
  }
}

/** What a service adds that keeps the key filter, for which the database is changed: so after everything else. */
async function filterFigures(filtered: RunningService, key: string, peers: readonly Way[], { postgres: entries, rounds, seconds }: CheckOptions, where: string): Promise<Row[]> {
  const client = clientOf(filtered.url, key);
  try {
    const all: Way[] = [
      { name: 'one', listed: entries, check: (people) => heldIn(client, people), processorUs: filtered.processorUs },
      { name: 'one, 4 in flight', listed: entries, inFlight: 4, check: (people) => heldIn(client, people) },
      ...peers,
    ];
    const measured = await interleave(all, rounds, 8);
    const rates = (name: string): number[] => measured.get(name)?.rates ?? [];
    return [
      { what: `bulk check over HTTP, 10,000 a request, ${where}`, value: median(rates('one')), unit: 'addresses/s' },
      { what: `Quietlist ÷ bare join, ${where}`, value: medianRatio(rates('one'), rates('bare')), unit: '×' },
      ...(measured.has('redis') ? [{ what: `Quietlist ÷ Redis, ${where}`, value: medianRatio(rates('one'), rates('redis')), unit: '×', goal: { least: 0.35 } }] : []),
      { what: `bulk check, 4 in flight, ${where}`, value: median(rates('one, 4 in flight')), unit: 'addresses/s' },
      { what: `processor time of the service, ${where}`, value: median(measured.get('one')?.processorUs ?? []), unit: 'µs/address' },
      ...(await singleChecks({ url: filtered.url, key, seconds }, where)).map(({ goal: _, ...row }) => row),
      { what: `bulk add over HTTP, 10,000 a request, ${where}`, value: await bulkAddsOverHttp(client, rounds), unit: 'entries/s' },
      { what: `memory of the service, ${where}`, value: filtered.residentMb(), unit: 'MB' },
    ];
  } finally {
    client.close();
  }
}

/** Everything that is measured on PostgreSQL: one service and two of them, one with the key filter, Redis and the join alone through the same driver. */
export async function postgresFigures(options: CheckOptions): Promise<Row[]> {
  const { postgres: entries, rounds, seconds } = options;
  const server = await startPostgres({ settings: ['fsync = on', 'shared_buffers = 1GB', 'max_wal_size = 4GB'] });
  const url = await server.createDatabase();
  const store = await openPostgresStore({ url });
  const { key } = await fill(store, entries);
  const workspace = (await store.directory.workspaces())[0];
  await store.close();
  await server.query('vacuum analyze', url);

  const redis = await startRedis(entries);
  let bare = await joinOn(url, workspace?.id ?? 0, entries);
  const services = [await serve(['--database-url', url], key), await serve(['--database-url', url], key)];
  const clients = services.map((service) => clientOf(service.url, key));
  const [first, second] = clients as [BenchClient, BenchClient];
  const where = `PostgreSQL, ${sizeText(entries)}`;
  try {
    const asRedis: Way[] = redis ? [{ name: 'redis', listed: entries, check: (people) => redis.check(people) }] : [];
    const ways: Way[] = [
      { name: 'one', listed: entries, check: (people) => heldIn(first, people) },
      bare,
      ...asRedis,
      { name: 'one, 4 in flight', listed: entries, inFlight: 4, check: (people) => heldIn(first, people) },
      { name: 'two, 4 in flight', listed: entries, inFlight: 4, check: (people, turn) => heldIn(turn % 2 === 0 ? first : second, people) },
    ];
    const measured = await interleave(ways, rounds, 8);
    const rates = (name: string): number[] => measured.get(name)?.rates ?? [];
    const rows = [
      { what: `bulk check over HTTP, 10,000 a request, ${where}`, value: median(rates('one')), unit: 'addresses/s' },
      { what: `the bare unnest join, ${where}`, value: median(rates('bare')), unit: 'addresses/s' },
      { what: `Quietlist ÷ bare join, ${where}`, value: medianRatio(rates('one'), rates('bare')), unit: '×', goal: { least: 0.9 } },
      ...(redis ? [{ what: `Quietlist ÷ Redis, ${where}`, value: medianRatio(rates('one'), rates('redis')), unit: '×' }] : []),
      { what: `bulk check, 4 in flight, ${where}`, value: median(rates('one, 4 in flight')), unit: 'addresses/s' },
      { what: `two servers ÷ one, 4 in flight, ${where}`, value: medianRatio(rates('two, 4 in flight'), rates('one, 4 in flight')), unit: '×' },
      ...(await singleChecks({ url: services[0]?.url ?? '', key, seconds }, where)).map(({ goal: _, ...row }) => row),
      ...(await singleAdds({ url: services[0]?.url ?? '', key, seconds }, where, undefined)),
      { what: `bulk add over HTTP, 10,000 a request, ${where}`, value: await bulkAddsOverHttp(first, rounds), unit: 'entries/s' },
    ];
    const filtered = await serve(['--database-url', url, '--key-filter', 'on'], key);
    services.push(filtered);
    await filled(server);
    // The table has another column now, which a statement that was made ready before does not bear.
    await bare.end();
    bare = await joinOn(url, workspace?.id ?? 0, entries);
    return [...rows, ...(await filterFigures(filtered, key, [bare, ...asRedis], options, `PostgreSQL with the key filter, ${sizeText(entries)}`))];
  } finally {
    for (const client of clients) client.close();
    for (const service of services) await service.stop();
    await redis?.stop();
    await bare.end();
    await server.remove();
  }
}
