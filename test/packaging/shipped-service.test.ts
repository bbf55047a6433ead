import { statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { buildService, firstKeyOf, startCli } from '../support/cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

beforeAll(buildService, 120_000);

const mostRequests = 30;

it('brings the thread with it that copies the log into the database', { timeout: 60_000 }, async () => {
  const directory = temporaryFolder();
  const service = startCli(['serve', '--data', directory, '--port', '0']);
  const baseUrl = await service.ready;
  const headers = { authorization: `Bearer ${firstKeyOf(service.stdout)}`, 'content-type': 'application/json' };
  const databaseBytes = (): number => statSync(join(directory, 'quietlist.db')).size;
  let requests = 0;
  for (; databaseBytes() < 10_000_000 && requests < mostRequests; requests += 1) {
    const entries = Array.from({ length: 4_000 }, (_, index) => ({ kind: 'opt_out', address: `u${requests}-${index}@example.com`, note: 'x'.repeat(200) }));
    const { status } = await fetch(`${baseUrl}/v1/entries`, { method: 'POST', headers, body: JSON.stringify({ entries }) });
    expect(status).toBe(200);
  }
  expect(requests).toBeLessThan(mostRequests);
  service.process.kill('SIGTERM');
  const { code, stderr } = await service.finished;
  expect([code, stderr]).toEqual([0, '']);
});
