import { afterEach, describe, expect, it, vi } from 'vitest';
import { faultNames, startFaultServer, type FaultName, type FaultServer } from '../support/fault-server.ts';
import { aroundNode, runNode, runWorkflow } from '../support/n8n-engine.ts';
import { n8nSuite } from '../support/n8n-suite.ts';

const clock = vi.hoisted(() => ({ deadlineMs: 400 }));

// Retries of the client do not wait, and deadlines pass early.
vi.mock(import('n8n-workflow'), async (original) => {
  const n8n = await original();
  return { ...n8n, sleep: (_milliseconds, signal) => (signal ? n8n.sleep(clock.deadlineMs, signal) : Promise.resolve()) };
});

/** Events of an address: one for each change that was really made. */
const changes = async (suite: ReturnType<typeof n8nSuite>, address: string): Promise<number> =>
  (await suite.service.call('GET', `/v1/addresses/${encodeURIComponent(address)}`)).body.events.length;

describe('writes of a node that n8n runs again', () => {
  const suite = n8nSuite();
  let server: FaultServer | undefined;
  afterEach(() => server?.close());

  const behind = async (fault: FaultName, times: number) => {
    server = await startFaultServer({ fault, target: suite.service.baseUrl, times });
    return { credentials: { quietlistApi: { baseUrl: server.baseUrl, apiKey: suite.service.adminKey } } };
  };
  const retried = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

  it('are made once when the answer was lost and the whole node ran again', async () => {
    // The client itself asks three times, so the fourth request is n8n's second try.
    const options = await behind('reset_after_work', 3);
    const run = await runNode({ ...retried, parameters: { resource: 'blacklist', operation: 'add', contact: '={{ $json.phone }}' } }, [{ phone: '+14155550701' }], options);
    expect(run.error).toBeUndefined();
    expect(server!.requestCount()).toBe(4);
    // The service tells the outcome of the first time: it knew the request again.
    expect(run.output(0)[0]!.json.quietlist).toMatchObject({ outcome: 'added' });
    expect(await suite.entriesOf('+14155550701')).toHaveLength(1);
  });

  it('have the same idempotency key in the second try, and another in another execution', async () => {
    const keys = new Set<unknown>();
    const node = { parameters: { resource: 'optOut', operation: 'optOut', contact: '+14155550702' } };
    for (const executionId of ['1', '1', '2']) {
      suite.proxy.requests.length = 0;
      await runNode(node, [{}], { ...suite.options(), executionId });
      keys.add(suite.proxy.requests[0]!.headers['idempotency-key']);
    }
    expect(keys.size).toBe(2);
  });

  it('have another key in another round of a loop, in another node and without an execution', async () => {
    const keyOf = async (options: object, node: object = {}): Promise<unknown> => {
      suite.proxy.requests.length = 0;
      const run = await runNode({ parameters: { resource: 'optOut', operation: 'optOut', contact: '+14155550703' }, ...node }, [{}], { ...suite.options(), ...options });
      expect(run.error).toBeUndefined();
      return suite.proxy.requests[0]!.headers['idempotency-key'];
    };
    const keys = [await keyOf({ executionId: '1' }), await keyOf({ executionId: '1' }, { id: 'another' }), await keyOf({ executionId: null }), await keyOf({ executionId: null })];
    expect(new Set(keys).size).toBe(4);

    suite.proxy.requests.length = 0;
    const json = aroundNode({ parameters: { resource: 'optOut', operation: 'optOut', contact: '+14155550703' } });
    // Two connections from the trigger: n8n runs the node twice in one execution.
    json.connections.Start = { main: [Array(2).fill({ node: 'Quietlist', type: 'main', index: 0 })] };
    await runWorkflow(json, suite.options());
    expect(new Set(suite.proxy.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(2);
  });

  it('leave one trace in the history however often the answer is lost', async () => {
    const options = await behind('reset_after_work', 3);
    await runNode({ ...retried, parameters: { resource: 'optOut', operation: 'optOut', contact: '+14155550704' } }, [{}], options);
    expect(await changes(suite, '+14155550704')).toBe(1);
  });

  it.each(['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const)('say that they failed when no answer ever comes: on error %s', async (onError) => {
    const options = await behind('closed_before_answer', Number.POSITIVE_INFINITY);
    const run = await runNode({ onError, parameters: { resource: 'blacklist', operation: 'add', contact: '={{ $json.phone }}' } }, [{ phone: '+14155550705' }, { phone: '+14155550706' }], options);
    if (onError === 'stopWorkflow') {
      expect(run.error).toMatchObject({ name: 'NodeApiError', message: 'The service cannot be reached.', description: expect.stringContaining('repeat it'), context: { itemIndex: 0 } });
      return;
    }
    const failed = run.output(onError === 'continueErrorOutput' ? 1 : 0);
    expect(failed.map(({ json }) => json.error)).toEqual(Array(2).fill('The service cannot be reached.'));
    if (onError === 'continueErrorOutput') expect(failed.map(({ json }) => json.phone)).toEqual(['+14155550705', '+14155550706']);
  });

  // n8n's request helper reads an answer of any size into memory; these two would only prove that.
  const faults = faultNames.filter((fault) => !['gzip_bomb', 'endless_body'].includes(fault));

  it.each(faults.map((fault, index) => [fault, `+1415444${1_000 + index}`] as const))('are done once and said so, or say that they were not: %s', async (fault, phone) => {
    const options = await behind(fault, Number.POSITIVE_INFINITY);
    const run = await runNode({ ...retried, maxTries: 2, parameters: { resource: 'blacklist', operation: 'add', contact: phone } }, [{}], options);
    const entries = await suite.entriesOf(phone);
    expect(entries.length).toBeLessThanOrEqual(1);
    if (entries.length > 0) expect(await changes(suite, phone)).toBe(1);
    if (run.error) return;
    expect(run.output(0)[0]!.json.quietlist).toMatchObject({ outcome: 'added', entries: [entries[0]!.id] });
  });

  it('keep what was acknowledged when a later request of the same run failed', async () => {
    // 10,001 people are two requests; the second one gets no answer.
    const people = Array.from({ length: 10_001 }, (_, index) => ({ phone: `+1415888${index}` }));
    suite.proxy.requests.length = 0;
    suite.proxy.breakFrom = 2;
    clock.deadlineMs = 30_000;
    const run = await runNode({ onError: 'continueRegularOutput', parameters: { resource: 'optOut', operation: 'optOut', contact: '={{ $json.phone }}' } }, people, suite.options());
    suite.proxy.breakFrom = Number.POSITIVE_INFINITY;
    expect(run.items('Quietlist').filter(({ json }) => json.error).map(({ pairedItem }) => pairedItem)).toEqual([{ item: 10_000 }]);
    expect(run.output(0)[0]!.json).toMatchObject({ quietlist: { outcome: 'added' } });
  });
});
