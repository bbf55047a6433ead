import { once } from 'node:events';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { rounded, median, medianRatio, printTable, timed } from './support/report.ts';
import { seed, serve } from './support/service.ts';

/**
 * How fast events reach a webhook on this machine, from the add to the receiver: history, outbox, delivery with its log, signature. The peer
 * is a bare loop of `fetch` that posts bodies of the same size to the same receiver, with as many at once as the service has.
 */
const { values } = parseArgs({ options: { events: { type: 'string', default: '5000' }, rounds: { type: 'string', default: '5' } } });
const events = Number(values.events);
const rounds = Number(values.rounds);
const atOnce = 16;
const bodyBytes = 700;

let received = 0;
let wake = (): void => {};
const receiver = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    received += 1;
    response.writeHead(204).end();
    wake();
  });
}).listen(0, '127.0.0.1');
await once(receiver, 'listening');
const { port } = receiver.address() as { port: number };
const url = `http://127.0.0.1:${port}/`;
const arrived = async (count: number): Promise<void> => {
  while (received < count) await new Promise<void>((resolve) => (wake = resolve));
};

process.env['QUIETLIST_WEBHOOK_ALLOW'] = '127.0.0.0/8';
const folder = await seed(1_000);
const service = await serve(['--data', folder.directory], folder.key);
const call = async (path: string, body: object): Promise<void> => {
  const answer = await fetch(service.url + path, { method: 'POST', headers: { authorization: `Bearer ${folder.key}`, 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`the service answered ${answer.status}`);
};
await call('/v1/webhooks', { url });

const ours: number[] = [];
const peers: number[] = [];
let next = 0;
for (let round = 0; round < rounds; round += 1) {
  received = 0;
  const entries = Array.from({ length: events }, () => ({ kind: 'opt_out', address: `+4479${String((next += 1)).padStart(8, '0')}` }));
  ours.push(events / (await timed(async () => {
    await call('/v1/entries', { entries });
    await arrived(events);
  })).seconds);
  received = 0;
  const body = JSON.stringify({ text: 'x'.repeat(bodyBytes) });
  let left = events;
  peers.push(events / (await timed(() => Promise.all(Array.from({ length: atOnce }, async () => {
    while ((left -= 1) >= 0) await (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).arrayBuffer();
  })))).seconds);
}
printTable(`${events} events to one receiver of this machine, ${atOnce} at once, ${rounds} rounds`, ['', 'deliveries/s', 'ratio'], [
  ['webhooks, from the add to the receiver', rounded(median(ours)), rounded(medianRatio(ours, peers))],
  ['a bare loop of fetch', rounded(median(peers)), '1'],
]);
await service.stop();
folder.remove();
receiver.closeAllConnections();
receiver.close();
