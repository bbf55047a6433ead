import { afterAll, beforeAll } from 'vitest';
import type { INode } from 'n8n-workflow';
import { runNode, type RunOptions } from './n8n-engine.ts';
import { startRecordingProxy, type RecordingProxy } from './recording-proxy.ts';
import { startService, type TestService } from './service.ts';

type Input = Array<Record<string, unknown>>;

export interface N8nSuite {
  service: TestService;
  proxy: RecordingProxy;
  /** Credential and everything else that a run of the node needs. */
  options(key?: string): RunOptions;
  /** Runs one operation; `proxy.requests` then holds its requests alone. */
  run(resource: string, operation: string, parameters: Record<string, unknown>, input: Input, node?: Partial<INode>, options?: RunOptions): ReturnType<typeof runNode>;
  /** Active entries of an address, straight from the service. */
  entriesOf(text: string): Promise<Array<Record<string, unknown>>>;
}

/** The real service behind a proxy that remembers, for the tests of one file. */
export const n8nSuite = (): N8nSuite => {
  const suite = {} as N8nSuite;
  beforeAll(async () => {
    suite.service = await startService();
    suite.proxy = await startRecordingProxy(suite.service.baseUrl);
  });
  afterAll(async () => {
    await suite.proxy.close();
    await suite.service.stop();
  });
  suite.options = (key = suite.service.adminKey) => ({ credentials: { quietlistApi: { baseUrl: suite.proxy.baseUrl, apiKey: key } } });
  suite.run = (resource, operation, parameters, input, node = {}, options = {}) => {
    suite.proxy.requests.length = 0;
    return runNode({ parameters: { resource, operation, ...parameters } as INode['parameters'], ...node }, input, { ...suite.options(), ...options });
  };
  suite.entriesOf = async (text) => (await suite.service.call('GET', `/v1/entries?text=${encodeURIComponent(text)}`)).body.data;
  return suite;
};
