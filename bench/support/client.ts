import { createAxiosTransport } from '../../client/src/axios-transport.ts';
import { QuietlistClient } from '../../client/src/client.ts';

export interface BenchClient extends QuietlistClient {
  close(): void;
}

/** The shared client as Node programs use it, over axios. */
export function clientOf(url: string, key: string): BenchClient {
  const transport = createAxiosTransport({ baseUrl: url, apiKey: key });
  const client = new QuietlistClient({ transport, sleep: (durationMs) => new Promise((resolve) => void setTimeout(resolve, durationMs)), now: Date.now });
  return Object.assign(client, { close: () => transport.close() });
}
