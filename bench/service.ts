/**
 * The service as its callers feel it: `node bench/service.ts [entries] [rounds]` (default 1,000,000 and 7).
 * Bulk checks go through the shared client and its axios transport, interleaved with Redis SMISMEMBER on the same people
 * where a redis-server is installed.
 */
import autocannon from 'autocannon';
import { createAxiosTransport } from '../client/src/axios-transport.ts';
import { QuietlistClient } from '../client/src/client.ts';
import { batchesOf } from './support/people.ts';
import { startRedis } from './support/redis.ts';
import { median, printTable, rounded, timed } from './support/report.ts';
import { seed, serve } from './support/service.ts';

const listed = Number(process.argv[2] ?? 1_000_000);
const rounds = Number(process.argv[3] ?? 7);
const batchSize = 10_000;
const batchesPerRound = 10;

const store = await seed(listed);
const service = await serve(store.directory);
const redis = await startRedis(listed);
const transport = createAxiosTransport({ baseUrl: service.url, apiKey: store.key });
const client = new QuietlistClient({ transport, sleep: (durationMs) => new Promise((resolve) => void setTimeout(resolve, durationMs)), now: Date.now });

const ours: number[] = [];
const theirs: number[] = [];
for (let round = 0; round <= rounds; round += 1) {
  const batches = batchesOf(batchesPerRound, batchSize, listed, 0.02, round + 1);
  const mine = await timed(async () => {
    let held = 0;
    for (const batch of batches) held += (await client.checkMany(batch)).filter(({ mayContact }) => !mayContact).length;
    return held;
  });
  const peer = redis && (await timed(async () => {
    let held = 0;
    for (const batch of batches) held += await redis.check(batch);
    return held;
  }));
  if (peer && peer.value !== mine.value) throw new Error(`Redis holds ${peer.value}, Quietlist ${mine.value}`);
  if (round === 0) continue; // warm-up
  ours.push((batchesPerRound * batchSize) / mine.seconds);
  if (peer) theirs.push((batchesPerRound * batchSize) / peer.seconds);
}

const headers = { authorization: `Bearer ${store.key}`, 'content-type': 'application/json' };
const single = await autocannon({ url: `${service.url}/v1/checks`, method: 'POST', headers, connections: 50, duration: 10, body: JSON.stringify({ recipients: ['+447911123456'], channel: 'sms' }) });
const afterChecksMb = service.residentMb();

let next = 0;
const adds = await autocannon({
  url: `${service.url}/v1/entries`,
  connections: 64,
  duration: 10,
  requests: [{ method: 'POST', headers, setupRequest: (request) => ({ ...request, body: JSON.stringify({ entries: [{ kind: 'opt_out', address: `+4478${String((next += 1)).padStart(8, '0')}`, channel: 'sms' }] }) }) }],
});
const failed = single.non2xx + adds.non2xx + single.errors + adds.errors;

printTable(`${listed.toLocaleString('en-US')} entries, SQLite, medians of ${rounds} rounds, ${failed} failed requests`, ['what', 'figure', 'unit'], [
  ['bulk check over HTTP through the client, 10,000 a request', rounded(median(ours)), 'addresses/s'],
  ...(redis ? [
    ['Redis SMISMEMBER, same people, same rounds', rounded(median(theirs)), 'addresses/s'],
    ['ratio Quietlist / Redis', rounded(median(ours.map((value, index) => value / (theirs[index] ?? Number.NaN)))), '×'],
  ] : []),
  ['single checks, 50 connections', rounded(single.requests.average), 'requests/s'],
  ['single checks, p99', rounded(single.latency.p99), 'ms'],
  ['durable single adds, 64 in flight', rounded(adds.requests.average), 'requests/s'],
  ['durable single adds, p99', rounded(adds.latency.p99), 'ms'],
  ['bulk add while seeding', rounded(store.rowsPerSecond), 'rows/s'],
  ['service resident memory after the checks', rounded(afterChecksMb), 'MB'],
  ['service resident memory at the end', rounded(service.residentMb()), 'MB'],
  ['start until ready', rounded(service.startMs), 'ms'],
]);

transport.close();
await redis?.stop();
await service.stop();
store.remove();
