import { Agent, request, type RequestOptions } from 'node:http';
import { setTimeout } from 'node:timers/promises';

export interface Paced {
  url: string;
  headers: Record<string, string>;
  body: string;
  connections: number;
  perSecond: number;
  seconds: number;
}

const millisecond = 1_000;

/** Milliseconds from when a request was due until its whole answer was there: one that could not be sent in time has waited, too. */
function answerTime({ url, headers, body }: Paced, options: RequestOptions, due: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { ...options, method: 'POST', headers: { ...headers, 'content-length': Buffer.byteLength(body) } }, (answer) => {
      answer.resume();
      answer.on('end', () => (answer.statusCode === 200 ? resolve(performance.now() - due) : reject(new Error(`The service answered ${answer.statusCode}`))));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

/**
 * Sends requests evenly over every second and answers how long each took, in ascending order. Tools that keep to a rate by the second send all
 * of a second at its beginning, and so measure how long a burst takes.
 */
export async function evenly(paced: Paced): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: paced.connections });
  const count = paced.perSecond * paced.seconds;
  const times: Array<Promise<number>> = [];
  const began = performance.now();
  while (times.length < count) {
    const dueOf = (index: number): number => began + (index * millisecond) / paced.perSecond;
    while (times.length < count && dueOf(times.length) <= performance.now()) times.push(answerTime(paced, { agent }, dueOf(times.length)));
    await setTimeout(1);
  }
  try {
    return (await Promise.all(times)).sort((a, b) => a - b);
  } finally {
    agent.destroy();
  }
}
