import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { address as addressCommand } from '../../server/src/cli/address.ts';
import { startService, type TestService } from '../support/service.ts';

interface Vector {
  kind: 'phone' | 'email';
  input: unknown;
  opts?: { digits?: 'national' | 'international'; defaultCountry?: string };
  key?: string;
}

const vectors = (JSON.parse(readFileSync(new URL('../support/fixtures/addresses.json', import.meta.url), 'utf8')) as Vector[]).filter(
  (vector): vector is Vector & { key: string; input: string } => vector.key !== undefined && typeof vector.input === 'string',
);

describe('one key for one address, at every door', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startService();
  });
  afterAll(() => service.stop());

  it('the command line, a block, its check and the view of the address agree', async () => {
    const lines: string[] = [];
    const stdin = (async function* () {
      for (const { kind, input, opts } of vectors) yield `${JSON.stringify({ kind, input, opts: opts ?? {} })}\n`;
    })();
    await addressCommand(['--json'], { stdin, stdout: { write: (text) => lines.push(text) }, stderr: { write: () => undefined } });
    const keys = lines.join('').trim().split('\n').map((line) => (JSON.parse(line) as { key: string }).key);
    expect(keys).toEqual(vectors.map(({ key }) => key));

    for (const { kind, input, opts, key } of vectors) {
      const address = { kind, value: input };
      const added = await service.call('POST', '/v1/entries', { entries: [{ kind: 'block', address }], addressOptions: opts ?? {} });
      const entry = await service.call('GET', `/v1/entries/${added.body.results[0].entries[0]}`);
      expect(entry.body.key).toBe(key);
      const query = new URLSearchParams({ kind, ...opts }).toString();
      const view = await service.call('GET', `/v1/addresses/${encodeURIComponent(input)}?${query}`);
      expect([view.status, view.body.reading?.key]).toEqual([200, key]);
      const check = await service.call('POST', '/v1/checks', { recipients: [address, key], addressOptions: opts ?? {} });
      expect(check.body.counts.suppress, key).toBe(2);
    }
  });
});
