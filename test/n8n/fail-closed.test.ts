import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startFaultServer, faultNames, type FaultName } from '../support/fault-server.ts';
import { runNode, type RunOptions } from '../support/n8n-engine.ts';
import { startService, type TestService } from '../support/service.ts';

// Retries do not wait, and deadlines pass early: the clock of the node is n8n's, so it is n8n's that is wound on.
vi.mock(import('n8n-workflow'), async (original) => {
  const n8n = await original();
  return { ...n8n, sleep: (_milliseconds, signal) => (signal ? n8n.sleep(deadlineMs, signal) : Promise.resolve()) };
});

const deadlineMs = 500;
const clear = '+14155550103';
const contact = '={{ $json.phone }}';
/** Fails for an item without a phone. */
const failing = '={{ $json.phone ? $json.phone : $("Nowhere").item.json.phone }}';
const input = [{ phone: clear, n: 1 }, { phone: '+14155550104', n: 2 }];

const errorModes = ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const;
const outages = ['refused', 'html_200', 'half_body', 'status_401'] as const satisfies FaultName[];

/** n8n's request helper reads an answer of any size into memory; these two would only prove that. */
const unbounded: FaultName[] = ['gzip_bomb', 'endless_body'];

describe('when the check cannot be answered', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
    await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address: '+14155550187' }, { kind: 'block', address: '+14155550188' }] });
  });
  afterAll(() => service.stop());

  const options = (baseUrl: string): RunOptions => ({ credentials: { quietlistApi: { baseUrl, apiKey: service.adminKey } } });

  const checkBehind = async (fault: FaultName, node: Record<string, unknown>, items = input) => {
    const server = await startFaultServer({ fault, target: service.baseUrl });
    try {
      const run = await runNode(node, items, options(server.baseUrl));
      return { run, redirected: server.redirected };
    } finally {
      await server.close();
    }
  };

  for (const outage of outages) {
    for (const onError of errorModes) {
      it(`holds all items back: ${outage}, on error ${onError}`, async () => {
        const { run } = await checkBehind(outage, { onError, parameters: { contact } });
        expect(run.error).toBeUndefined();
        expect(run.output(0).map(({ json }) => [json.n, json.mayContact, (json.quietlist as { decision: string }).decision])).toEqual([[1, false, 'unknown'], [2, false, 'unknown']]);
        expect(run.output(1)).toEqual([]);
        expect(run.output(2)).toEqual([]);
        expect(run.hints('Quietlist')[0]!.message).toContain('2 of 2 items could not be checked and were held back');
      });
    }

    it(`stops the workflow when told to: ${outage}`, async () => {
      const { run } = await checkBehind(outage, { onError: 'stopWorkflow', parameters: { contact, onUnknown: 'error' } });
      expect(run.error).toMatchObject({ name: 'NodeApiError', message: expect.stringMatching(/\w/), description: expect.stringMatching(/\w/), context: { itemIndex: 0 } });
      expect([run.output(0), run.output(1), run.output(2)]).toEqual([[], [], []]);
    });

    it(`puts error items on Suppressed when told to stop and to continue: ${outage}`, async () => {
      const { run } = await checkBehind(outage, { onError: 'continueRegularOutput', parameters: { contact, onUnknown: 'error' } });
      expect(run.output(0).map(({ json }) => json)).toEqual([{ error: expect.any(String) }, { error: expect.any(String) }]);
      expect(run.output(1)).toEqual([]);
    });

    it(`hands the input with the error to the error output when that is chosen: ${outage}`, async () => {
      const { run } = await checkBehind(outage, { onError: 'continueErrorOutput', parameters: { contact, onUnknown: 'error' } });
      expect(run.output(2).map(({ json }) => json)).toEqual(input.map((json) => ({ ...json, error: expect.any(String) })));
      expect([run.output(0), run.output(1)]).toEqual([[], []]);
    });
  }

  it.each(faultNames.filter((fault) => !unbounded.includes(fault)))('never lets a blacklisted contact through: %s', async (fault) => {
    const { run, redirected } = await checkBehind(fault, { parameters: { contact } }, [{ phone: '+14155550187', n: 1 }, { phone: '+14155550188', n: 2 }]);
    expect(run.output(1)).toEqual([]);
    expect(run.output(0)).toHaveLength(2);
    expect(redirected).toEqual([]);
  });

  it('sends anyway only when the user said so, counts it and shows it, and never without a contact', async () => {
    const server = await startFaultServer({ fault: 'html_200', target: service.baseUrl });
    const run = await runNode({ parameters: { contact, onUnknown: 'allow' } }, [...input, { n: 3 }], options(server.baseUrl));
    await server.close();
    expect(run.output(1).map(({ json }) => [json.n, json.mayContact, json.quietlist])).toEqual([
      [1, true, expect.objectContaining({ decision: 'unknown', overridden: true })],
      [2, true, expect.objectContaining({ decision: 'unknown', overridden: true })],
    ]);
    expect(run.output(0).map(({ json }) => json.n)).toEqual([3]);
    expect(run.hints('Quietlist').map(({ message }) => message)).toEqual([
      expect.stringContaining('2 of 3 items could not be checked and were sent anyway (unsafe)'),
      expect.stringContaining('1 of 3 items could not be checked and were held back'),
    ]);
  });

  it('keeps sending anyway from passing somebody who is blacklisted', async () => {
    const run = await runNode({ parameters: { contact, onUnknown: 'allow' } }, [{ phone: '+14155550188, rubbish' }], options(service.baseUrl));
    expect(run.output(1)).toEqual([]);
    expect(run.output(0)).toHaveLength(1);
  });

  describe('for another reason than the service', () => {
    for (const onError of ['continueRegularOutput', 'continueErrorOutput'] as const) {
      const failed = onError === 'continueErrorOutput' ? 2 : 0;

      it(`holds an item whose expression fails, and does the others: ${onError}`, async () => {
        const run = await runNode({ onError, parameters: { contact: failing } }, [{ phone: clear }, { n: 2 }, { phone: '+14155550104' }], options(service.baseUrl));
        expect(run.output(1).map(({ json }) => json.phone)).toEqual([clear, '+14155550104']);
        expect(run.output(failed).map(({ json }) => json.error)).toEqual([expect.any(String)]);
      });

      it(`holds all when the base URL is not one: ${onError}`, async () => {
        const run = await runNode({ onError, parameters: { contact } }, input, options('not a url'));
        expect(run.output(1)).toEqual([]);
        expect(run.output(failed).map(({ json }) => json.error)).toEqual(Array(2).fill('The base URL is not an http or https URL.'));
      });

      it(`holds all when the credential cannot be read: ${onError}`, async () => {
        const run = await runNode({ onError, parameters: { contact }, credentials: { quietlistApi: { id: '1', name: 'Gone' } } }, input, { credentials: {} });
        expect(run.output(1)).toEqual([]);
        expect(run.output(failed)).toHaveLength(2);
      });
    }

    it('holds all when the operation does not exist', async () => {
      const run = await runNode({ onError: 'continueRegularOutput', parameters: { contact, operation: 'gone' } }, input, options(service.baseUrl));
      expect(run.output(0).map(({ json }) => json)).toEqual(Array(2).fill({ error: expect.stringContaining('does not have the operation') }));
      expect(run.output(1)).toEqual([]);
    });

    it('stops before anything is asked when an expression fails and errors stop the workflow', async () => {
      const run = await runNode({ parameters: { contact: failing } }, [{ phone: clear }, { n: 2 }], options(service.baseUrl));
      expect(run.error).toBeDefined();
      expect(run.ran('Output 1')).toBe(false);
    });

    it('hands a deactivated node’s input to Suppressed, never to Clear to Send', async () => {
      const run = await runNode({ disabled: true, parameters: { contact } }, input, options(service.baseUrl));
      expect(run.output(0)).toHaveLength(2);
      expect(run.output(1)).toEqual([]);
    });

    it('puts the empty item of “Always Output Data” on Suppressed, beside the clear ones', async () => {
      const run = await runNode({ alwaysOutputData: true, parameters: { contact } }, input, options(service.baseUrl));
      expect(run.output(0).map(({ json }) => json)).toEqual([{}]);
      expect(run.output(1)).toHaveLength(2);
    });

    it('goes on holding when it is retried', async () => {
      const { run } = await checkBehind('status_401', { retryOnFail: true, maxTries: 2, waitBetweenTries: 1, parameters: { contact, onUnknown: 'error' } });
      expect(run.error).toBeDefined();
      expect(run.ran('Output 1')).toBe(false);
    });

    it('is not fooled by a permission that is already in the input', async () => {
      const { run } = await checkBehind('html_200', { parameters: { contact, options: { annotateOnly: true } } });
      expect(run.output(0).map(({ json }) => json.mayContact)).toEqual([false, false]);
    });
  });
});
