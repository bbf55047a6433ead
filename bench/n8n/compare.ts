import pg from 'pg';
import { aroundNode, quietlistType, runWorkflow, type RunOptions, type WorkflowRun } from '../../test/support/n8n-engine.ts';
import { startPostgres } from '../../test/support/postgres.ts';
import { personOf } from '../support/people.ts';
import { median, printTable, rounded, timed } from '../support/report.ts';
import { seed, serve } from '../support/service.ts';
import { httpRequestPerItem, selectPerItem } from './peers.ts';

const count = Number(process.argv[2] ?? 10_000);
const rounds = Number(process.argv[3] ?? 5);
const listed = 100_000;

async function compare(): Promise<void> {
  const store = await seed(listed);
  const service = await serve(store.directory);
  const postgres = await startPostgres();
  const url = await postgres.createDatabase();
  const pool = new pg.Pool({ connectionString: url });
  await pool.query('create table blocked (phone text primary key)');
  await pool.query('insert into blocked select unnest($1::text[])', [Array.from({ length: listed }, (_, index) => personOf(index))]);

  const people = Array.from({ length: count }, (_, index) => ({ phone: index % 50 === 0 ? personOf(index) : `+4479${String(10_000_000 + index)}` }));
  const options: RunOptions = {
    credentials: { quietlistApi: { baseUrl: service.url, apiKey: store.key } },
    nodeTypes: { 'bench.httpPerItem': httpRequestPerItem(service.url, store.key), 'bench.selectPerItem': selectPerItem(pool) },
    input: people.map((json) => ({ json })),
  };
  const run = (type: string, parameters = {}) => timed(() => runWorkflow(aroundNode({ type, parameters }), options));
  const outputs = (result: WorkflowRun): number => {
    if (result.error) throw result.error;
    return result.items(nodeName, 0).length + result.items(nodeName, 1).length;
  };
  const nodeName = 'Quietlist';
  const ways = {
    quietlist: () => run(quietlistType, { resource: 'contact', operation: 'check', contact: '={{ $json.phone }}' }),
    http: () => run('bench.httpPerItem'),
    select: () => run('bench.selectPerItem'),
  };
  const seconds: Record<keyof typeof ways, number[]> = { quietlist: [], http: [], select: [] };
  for (let round = 0; round <= rounds; round += 1) {
    for (const way of Object.keys(ways) as Array<keyof typeof ways>) {
      const { seconds: took, value } = await ways[way]();
      if (outputs(value) !== count) throw new Error(`${way}: ${outputs(value)} of ${count} items came out`);
      if (round > 0) seconds[way].push(took);
    }
  }
  const ratio = (way: keyof typeof ways) => median(seconds[way].map((took, index) => took / (seconds.quietlist[index] ?? Number.NaN)));
  printTable(`${count.toLocaleString('en-US')} items in n8n's engine, ${listed.toLocaleString('en-US')} entries, medians of ${rounds} rounds`, ['what', 'seconds', 'ratio'], [
    ['Quietlist: Check Suppression', rounded(median(seconds.quietlist)), '1'],
    ['one HTTP Request call per item, all at once', rounded(median(seconds.http)), `${rounded(ratio('http'))} ×`],
    ['one Postgres SELECT per item', rounded(median(seconds.select)), `${rounded(ratio('select'))} ×`],
  ]);
  await pool.end();
  await postgres.remove();
  await service.stop();
  store.remove();
}

compare().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${(error as Error).stack}\n`);
    process.exit(1);
  },
);
