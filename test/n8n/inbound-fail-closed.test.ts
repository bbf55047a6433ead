import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startFaultServer, faultNames, type FaultName } from '../support/fault-server.ts';
import { runNode, type RunOptions } from '../support/n8n-engine.ts';
import { freshPhone } from '../support/numbers.ts';
import { startService, type TestService } from '../support/service.ts';

// Retries do not wait, and deadlines pass early: the clock of the node is n8n's, so it is n8n's that is wound on.
vi.mock(import('n8n-workflow'), async (original) => {
  const n8n = await original();
  return { ...n8n, sleep: (_milliseconds, signal) => (signal ? n8n.sleep(500, signal) : Promise.resolve()) };
});

const resource = { resource: 'message', operation: 'handleInbound' };
const parameters = { ...resource, messageMode: 'fields', contact: '={{ $json.phone }}', messageChannel: 'sms', text: '={{ $json.text }}' };
/** Fails for an item without a text. */
const failing = { ...parameters, text: '={{ $json.text ? $json.text : $("Nowhere").item.json.text }}' };

/** n8n's request helper reads an answer of any size into memory; these two would only prove that. */
const unbounded: FaultName[] = ['gzip_bomb', 'endless_body'];
const errorModes = ['continueRegularOutput', 'continueErrorOutput'] as const;

/** n8n hands input to the first output whenever a node does not do its work: there it must find nobody who answers. */
describe('when a message cannot be handled, the bot does not answer it', () => {
  let service: TestService;
  let blocked: string;
  beforeAll(async () => {
    service = await startService();
    blocked = freshPhone();
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: blocked }] });
  });
  afterAll(() => service.stop());
  const options = (baseUrl: string): RunOptions => ({ credentials: { quietlistApi: { baseUrl, apiKey: service.adminKey } } });
  const input = () => [{ phone: blocked, text: 'Hello', n: 1 }, { phone: freshPhone(), text: 'Hello', n: 2 }];

  const behind = async (fault: FaultName, node: Record<string, unknown>) => {
    const server = await startFaultServer({ fault, target: service.baseUrl });
    try {
      return { run: await runNode(node, input(), options(server.baseUrl)), redirected: server.redirected };
    } finally {
      await server.close();
    }
  };

  for (const onError of errorModes) {
    // The third output is “Continue”; with an error output, that one comes behind it.
    it.each(faultNames.filter((fault) => !unbounded.includes(fault)))(`${onError}: %s`, async (fault) => {
      const { run, redirected } = await behind(fault, { onError, parameters });
      expect(run.error).toBeUndefined();
      expect(run.output(2).filter(({ json }) => json.n === 1)).toEqual([]);
      expect(run.output(2).filter(({ json }) => (json.quietlist as { action: string }).action !== 'none')).toEqual([]);
      expect(redirected).toEqual([]);
    });

    it(`${onError}: an expression that fails`, async () => {
      const run = await runNode({ onError, parameters: failing }, [{ phone: freshPhone(), text: 'Hello', n: 1 }, { phone: freshPhone(), n: 2 }], options(service.baseUrl));
      expect(run.output(2).map(({ json }) => json.n)).toEqual([1]);
      const failed = onError === 'continueErrorOutput' ? run.items('Quietlist', 3) : run.output(0);
      expect(failed.map(({ json }) => json.error)).toEqual([expect.any(String)]);
    });

    it(`${onError}: a base URL that is none, a credential that is gone, an operation that does not exist`, async () => {
      for (const [node, runOptions] of [
        [{ onError, parameters }, options('not a url')],
        [{ onError, parameters, credentials: { quietlistApi: { id: '1', name: 'Gone' } } }, { credentials: {} }],
        [{ onError, parameters: { ...parameters, resource: 'gone' } }, options(service.baseUrl)],
      ] as const) {
        const run = await runNode(node, input(), runOptions);
        expect(run.output(2)).toEqual([]);
      }
    });

    it(`${onError}: an item that is no message, and one from nobody`, async () => {
      const run = await runNode({ onError, parameters: resource }, [{ hello: 'world' }], options(service.baseUrl));
      expect(run.output(2)).toEqual([]);
      expect(JSON.stringify(run.items('Quietlist', onError === 'continueErrorOutput' ? 3 : 0)[0]!.json.error)).toContain('not from a trigger');
      const nobody = await runNode({ onError, parameters }, [{ text: 'Hello' }], options(service.baseUrl));
      expect(nobody.output(2)).toEqual([]);
    });
  }

  const ordinary = {
    action: 'none', handled: false, entries: [], reply: null, review: null, matched: null, explanation: 'An ordinary message.', unverified: false, wasSeen: false, dryRun: false,
  };
  it.each([
    ['an address that could not be read', { ...ordinary, unverified: true }, 1],
    ['an ordinary message that was handled', { ...ordinary, handled: true }, 1],
    ['an opt-out that was not handled', { ...ordinary, action: 'opted_out' }, 1],
    ['an action that nobody knows', { ...ordinary, action: 'wave' }, 1],
    ['an answer with more in it', { ...ordinary, mayContact: true }, 1],
    ['an answer with less in it', { action: 'none', handled: false }, 1],
    ['a check', { decision: 'allow', mayContact: true }, 1],
    ['nothing', null, 1],
    ['an ordinary message', ordinary, 0],
  ])('unless it is certain: %s', async (_, body, held) => {
    const server = createServer((_request, response) => void response.setHeader('content-type', 'application/json').end(JSON.stringify(body))).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const run = await runNode({ onError: 'continueRegularOutput', parameters }, [{ phone: freshPhone(), text: 'Hello' }], options(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
    server.close();
    expect([run.output(0).length, run.output(1).length, run.output(2).length]).toEqual([held, 0, 1 - held]);
  });

  it('stops the workflow with what happened and what to do, when errors stop it', async () => {
    const { run } = await behind('refused', { parameters });
    expect(run.error).toMatchObject({ name: 'NodeApiError', message: 'The service cannot be reached.', description: expect.stringContaining('repeat it'), context: { itemIndex: 0 } });
    expect([run.output(0), run.output(1), run.output(2)]).toEqual([[], [], []]);
  });

  it('begins nothing more after a failure that stops the workflow', async () => {
    const server = await startFaultServer({ fault: 'status_401', target: service.baseUrl });
    const many = Array.from({ length: 100 }, (_, n) => ({ phone: freshPhone(), text: 'Hello', n }));
    const run = await runNode({ parameters }, many, options(server.baseUrl));
    expect(run.error).toBeDefined();
    expect(server.requestCount()).toBeLessThan(20);
    await server.close();
  });

  it('hands a deactivated node’s input to Handled, never to Continue', async () => {
    const run = await runNode({ disabled: true, parameters }, input(), options(service.baseUrl));
    expect(run.output(0)).toHaveLength(2);
    expect([run.output(1), run.output(2)]).toEqual([[], []]);
  });

  it('puts the empty item of “Always Output Data” on Handled', async () => {
    const run = await runNode({ alwaysOutputData: true, parameters }, input(), options(service.baseUrl));
    expect(run.output(0).map(({ json }) => json)).toEqual([{}]);
    expect(run.output(2).map(({ json }) => json.n)).toEqual([2]);
  });
});
