import autocannon from 'autocannon';
import { newPeople } from '../support/people.ts';
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

/** One check a request. */
export async function singleChecks({ url, key, seconds }: Target, where: string): Promise<Row[]> {
  const request = { url: `${url}/v1/checks`, method: 'POST' as const, headers: headersOf(key), duration: seconds, body: JSON.stringify({ recipients: ['+447911123456'], channel: 'sms' }) };
  const most = requireAnswered(await autocannon({ ...request, connections: 50 }));
  const paced = requireAnswered(await autocannon({ ...request, connections: 50, overallRate: 2_000 }));
  return [
    { what: `single checks, 50 connections, ${where}`, value: most.requests.average, unit: 'requests/s', goal: { least: 6_000 } },
    { what: `single checks at 2,000/s, 99th percentile, ${where}`, value: paced.latency.p99, unit: 'ms', goal: { most: 25 } },
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
