import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import fastify from 'fastify';

/** Sent by the service for one check: what the peer sends for any request. */
const answer = JSON.stringify({
  view: 'all',
  decisions: [{ index: 0, decision: 'allow', mayContact: true, code: 'clear', label: 'Clear to send', explanation: 'No block and no opt-out holds this contact here.', matched: [] }],
  counts: { total: 1, allow: 1, suppress: 0, unknown: 0 },
  evaluated: { channel: 'sms', sender: null, purpose: 'marketing', direction: 'outbound', lists: null, asOf: null },
  checkedAt: '2026-01-01T00:00:00.000Z',
});

export interface BareAnswer {
  url: string;
  stop(): Promise<void>;
}

/** A Fastify that reads JSON and answers the same text to everybody, as a process of its own: what any check over HTTP costs at least. */
export async function startBareAnswer(): Promise<BareAnswer> {
  const child = spawn(process.execPath, ['--max-semi-space-size=8', fileURLToPath(import.meta.url)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
  return {
    url: url.trim(),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const app = fastify();
  app.post('/v1/checks', (_request, reply) => void reply.header('content-type', 'application/json; charset=utf-8').send(answer));
  process.stdout.write(await app.listen({ port: 0, host: '127.0.0.1' }));
}
