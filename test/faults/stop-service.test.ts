import { Agent, request } from 'node:http';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildService, firstKeyOf, startCli } from '../support/cli.ts';
import { heldStore } from '../support/held-store.ts';
import { startService } from '../support/service.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

beforeAll(buildService, 120_000);

interface Outcome {
  status: number | null;
  /** Of the answer; of the connection that could not be had, its error. */
  connection: string;
  body: string;
}

/** One request over kept connections, as clients send them. */
function send(baseUrl: string, agent: Agent, key: string, body: object): Promise<Outcome> {
  return new Promise((resolve) => {
    const sent = request(`${baseUrl}/v1/checks`, { method: 'POST', agent, headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => void resolve({ status: response.statusCode ?? null, connection: response.headers.connection ?? '', body: text }));
      response.on('error', (error: NodeJS.ErrnoException) => void resolve({ status: null, connection: error.code ?? '', body: text }));
    });
    sent.on('error', (error: NodeJS.ErrnoException) => void resolve({ status: null, connection: error.code ?? '', body: '' }));
    sent.end(JSON.stringify(body));
  });
}

describe('SIGTERM under load', () => {
  it('answers every request that is taken, refuses the others, cuts none, and ends with 0', { timeout: 30_000 }, async () => {
    const service = startCli(['serve', '--data', temporaryFolder(), '--port', '0']);
    const baseUrl = await service.ready;
    const key = firstKeyOf(service.stdout);
    const agent = new Agent({ keepAlive: true, maxSockets: 16 });
    const outcomes: Outcome[] = [];
    const recipients = Array.from({ length: 50 }, (_, index) => `+1415555${String(index).padStart(4, '0')}`);
    const worker = async (): Promise<void> => {
      for (let connection = ''; connection !== 'ECONNREFUSED'; ) {
        const outcome = await send(baseUrl, agent, key, { recipients });
        outcomes.push(outcome);
        connection = outcome.connection;
        if (outcomes.length === 200) service.process.kill('SIGTERM');
      }
    };
    await Promise.all(Array.from({ length: 16 }, worker));
    agent.destroy();
    expect((await service.finished).code).toBe(0);
    expect(new Set(outcomes.filter(({ status }) => status === null).map(({ connection }) => connection))).toEqual(new Set(['ECONNREFUSED']));
    const answered = outcomes.filter(({ status }) => status !== null);
    expect(answered.length).toBeGreaterThan(200);
    for (const { status, connection, body } of answered) {
      if (status === 200) expect(JSON.parse(body).counts).toMatchObject({ total: 50, allow: 50 });
      else expect({ code: JSON.parse(body).code, connection }).toEqual({ code: 'stopping', connection: 'close' });
    }
  });
});

describe('a service that is told to stop', () => {
  it('answers what is under way and refuses what is new, on connections that are then closed', async () => {
    const store = heldStore();
    const service = await startService({ wrapStore: (real) => store.wrap(real), http: { lingerMs: 200 } });
    const agent = new Agent({ keepAlive: true });
    const check = () => send(service.baseUrl, agent, service.adminKey, { recipients: ['+14155552671'] });
    await Promise.all([check(), check()]);
    store.hold();
    const underWay = check();
    await store.holds(1);
    const stopped = service.stop();
    const refused = await check();
    expect(refused).toMatchObject({ status: 503, connection: 'close' });
    expect(JSON.parse(refused.body)).toMatchObject({ code: 'stopping', retryable: true });
    expect((await check()).connection).toBe('ECONNREFUSED');
    store.release();
    const answer = await underWay;
    expect([answer.status, answer.connection, JSON.parse(answer.body).counts.allow]).toEqual([200, 'close', 1]);
    await stopped;
  });

  it('does not wait for ever for a request that does not end', async () => {
    const store = heldStore();
    const service = await startService({ wrapStore: (real) => store.wrap(real), http: { stopWithinMs: 50 } });
    store.hold();
    const underWay = service.call('POST', '/v1/checks', { recipients: ['+14155552671'] });
    await store.holds(1);
    await Promise.all([service.stop(), expect(underWay).rejects.toThrow()]);
  });
});

describe('an error that nobody foresaw', () => {
  const preload = `--import=${new URL('../support/throw-on-signal.mjs', import.meta.url).href}`;

  it.each(['exception', 'rejection'])('ends the service with a line in the log that holds no address (%s)', async (kind) => {
    const service = startCli(['serve', '--data', temporaryFolder(), '--port', '0'], { NODE_OPTIONS: preload, QUIETLIST_TEST_CRASH: kind });
    await service.ready;
    service.process.kill('SIGUSR2');
    const { code, stderr } = await service.finished;
    expect(code).toBe(70);
    const lines = stderr.trim().split('\n').map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ level: 60, event: kind === 'exception' ? 'uncaughtException' : 'unhandledRejection', name: 'TypeError', msg: 'unforeseen: the service ends' });
    expect(lines.at(-1).frames.length).toBeGreaterThan(0);
    expect(stderr).not.toContain('4155557733');
  });
});
