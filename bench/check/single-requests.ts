import autocannon from 'autocannon';
import { startBareAnswer } from '../support/bare-answer.ts';
import { evenly } from '../support/paced.ts';
import { newPeople } from '../support/people.ts';
import { median } from '../support/report.ts';
import type { Row } from './row.ts';

interface Target {
  url: string;
  key: string;
  seconds: number;
}

const headersOf = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}`, 'content-type': 'application/json' });

function requireAnswered(result: autocannon.Result): autocannon.Result {
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.non2xx} requests were refused, ${result.errors} failed`);
  return result;
}

const connections = 50;
const perSecond = 2_000;
const rounds = 3;

interface Figures {
  most: number[];
  evenly: number[];
  inBursts: number[];
}

const percentile99 = (ascending: readonly number[]): number => ascending[Math.floor(ascending.length * 0.99)] ?? Number.NaN;

/** One check a request, beside a bare Fastify that answers the same to everybody: the service and its peer in turns. */
export async function singleChecks({ url, key, seconds }: Target, where: string): Promise<Row[]> {
  const peer = await startBareAnswer();
  const ways = [url, peer.url].map((base) => ({ request: { url: `${base}/v1/checks`, headers: headersOf(key), body: JSON.stringify({ recipients: ['+447911123456'], channel: 'sms' }) }, figures: { most: [], evenly: [], inBursts: [] } as Figures }));
  const duration = Math.max(1, Math.ceil(seconds / rounds));
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const { request, figures } of ways) {
        const load = { ...request, method: 'POST' as const, connections, duration };
        figures.most.push(requireAnswered(await autocannon(load)).requests.average);
        figures.evenly.push(percentile99(await evenly({ ...request, connections, perSecond, seconds: duration })));
        figures.inBursts.push(requireAnswered(await autocannon({ ...load, overallRate: perSecond })).latency.p99);
      }
    }
  } finally {
    await peer.stop();
  }
  const [ours, bare] = ways.map(({ figures }) => ({ most: median(figures.most), evenly: median(figures.evenly), inBursts: median(figures.inBursts) })) as [Record<keyof Figures, number>, Record<keyof Figures, number>];
  const rate = perSecond.toLocaleString('en-US');
  return [
    { what: `single checks, ${connections} connections, ${where}`, value: ours.most, unit: 'requests/s', goal: { least: 6_000 } },
    { what: `a bare Fastify answer, ${connections} connections`, value: bare.most, unit: 'requests/s' },
    { what: `single checks at ${rate}/s, 99th percentile, ${where}`, value: ours.evenly, unit: 'ms', goal: { most: 25 } },
    { what: `a bare Fastify answer at the same pace, 99th percentile`, value: bare.evenly, unit: 'ms' },
    { what: `single checks, ${rate} at once every second (autocannon), 99th percentile, ${where}`, value: ours.inBursts, unit: 'ms' },
    { what: `a bare Fastify answer in the same bursts, 99th percentile`, value: bare.inBursts, unit: 'ms' },
  ];
}

/** One opt-out a request: entry, history and feed, flushed to the disk. */
export async function singleAdds({ url, key, seconds }: Target, where: string, goal: Row['goal']): Promise<Row[]> {
  const result = requireAnswered(await autocannon({
    url: `${url}/v1/entries`,
    connections: 64,
    duration: seconds,
    requests: [{ method: 'POST', headers: headersOf(key), setupRequest: (request) => ({ ...request, body: JSON.stringify({ entries: [{ kind: 'opt_out', address: newPeople(1)[0], channel: 'sms' }] }) }) }],
  }));
  return [
    { what: `durable single adds, 64 in flight, ${where}`, value: result.requests.average, unit: 'requests/s', ...(goal ? { goal } : {}) },
    { what: `durable single adds, 99th percentile, ${where}`, value: result.latency.p99, unit: 'ms' },
  ];
}
