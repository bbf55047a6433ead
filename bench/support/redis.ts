import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { createClient } from 'redis';
import { personOf } from './people.ts';

export interface RedisPeer {
  /** How many of these are members. */
  check(people: string[]): Promise<number>;
  stop(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => void server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** A Redis of one's own with the same people in a set, in memory only; null where there is no redis-server. */
export async function startRedis(listed: number): Promise<RedisPeer | null> {
  if (spawnSync('redis-server', ['--version']).error) return null;
  const port = await freePort();
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
  const client = createClient({ url: `redis://127.0.0.1:${port}` });
  client.on('error', () => undefined);
  await client.connect();
  for (let start = 0; start < listed; start += 10_000) {
    await client.sAdd('people', Array.from({ length: Math.min(10_000, listed - start) }, (_, index) => personOf(start + index)));
  }
  return {
    check: async (people) => (await client.smIsMember('people', people)).filter(Boolean).length,
    async stop() {
      client.destroy();
      child.kill('SIGKILL');
    },
  };
}
