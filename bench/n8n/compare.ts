import pg from 'pg';
import { aroundNode, quietlistType, runWorkflow, type RunOptions, type WorkflowRun } from '../../test/support/n8n-engine.ts';
import { startPostgres } from '../../test/support/postgres.ts';
import { batchesOf, personOf } from '../support/people.ts';
import { median, medianRatio, printTable, rounded, timed } from '../support/report.ts';
import { seed, serve } from '../support/service.ts';
import { httpRequestPerItem, nothingPerItem, selectPerItem } from './peers.ts';

const counts = (process.argv[2] ?? '1000,10000').split(',').map(Number);
const rounds = Number(process.argv[3] ?? 5);
const listed = 100_000;

async function compare(): Promise<void> {
  const store = await seed(listed);
  const service = await serve(['--data', store.directory], store.key);
  const postgres = await startPostgres();
  const url = await postgres.createDatabase();
  const pool = new pg.Pool({ connectionString: url });
  await pool.query('create table blocked (phone text primary key)');
  await pool.query('insert into blocked select unnest($1::text[])', [Array.from({ length: listed }, (_, index) => personOf(index))]);

  const options: RunOptions = {
    credentials: { quietlistApi: { baseUrl: service.url, apiKey: store.key } },
    nodeTypes: { 'bench.httpPerItem': httpRequestPerItem(service.url, store.key), 'bench.selectPerItem': selectPerItem(pool), 'bench.nothing': nothingPerItem },
  };
  try {
    const rows: string[][] = [];
    for (const count of counts) rows.push(...(await waysFor(count, options)));
    printTable(`in n8n's engine, ${listed.toLocaleString('en-US')} entries, medians of ${rounds} rounds`, ['what', 'seconds', 'ratio'], rows);
  } finally {
    await pool.end();
    await postgres.remove();
    await service.stop();
    store.remove();
  }
}

/** The three ways with so many items, in turns. */
async function waysFor(count: number, given: RunOptions): Promise<string[][]> {
  const [people = []] = batchesOf(1, count, listed, 0.02, count);
  const options: RunOptions = { ...given, input: people.map((phone) => ({ json: { phone } })) };
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
    nothing: () => run('bench.nothing'),
  };
  const seconds: Record<keyof typeof ways, number[]> = { quietlist: [], http: [], select: [], nothing: [] };
  for (let round = 0; round <= rounds; round += 1) {
    for (const way of Object.keys(ways) as Array<keyof typeof ways>) {
      const { seconds: took, value } = await ways[way]();
      if (outputs(value) !== count) throw new Error(`${way}: ${outputs(value)} of ${count} items came out`);
      if (round > 0) seconds[way].push(took);
    }
  }
  const ratio = (way: keyof typeof ways) => `${rounded(medianRatio(seconds[way], seconds.quietlist))} ×`;
  const items = `${count.toLocaleString('en-US')} items`;
  return [
    [`${items}: Check Suppression`, median(seconds.quietlist).toFixed(3), '1'],
    [`${items}: a node that does nothing`, median(seconds.nothing).toFixed(3), ratio('nothing')],
    [`${items}: one HTTP Request call an item, all at once`, rounded(median(seconds.http)), ratio('http')],
    [`${items}: one Postgres SELECT an item`, rounded(median(seconds.select)), ratio('select')],
  ];
}

compare().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${(error as Error).stack}\n`);
    process.exit(1);
  },
);
