import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { AddEntriesRequest, AddEntriesResponse } from '@quietlist/contract/entry';
import type { CreateListRequest } from '@quietlist/contract/list';
import type { CreateSenderRequest } from '@quietlist/contract/sender';
import { call, type Api } from './api.ts';

interface Workspace {
  senders: CreateSenderRequest[];
  lists: CreateListRequest[];
}

const sample = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../examples/data/${name}`, import.meta.url), 'utf8'));

/**
 * Loads the senders, lists and suppressions of examples/data. What is there already stays as it is, so it may be done again. Throws
 * unless every entry of the sample now holds.
 */
export async function loadSampleData(api: Api): Promise<AddEntriesResponse> {
  const { senders, lists } = sample('workspace.json') as Workspace;
  for (const [path, things] of [['/v1/senders', senders], ['/v1/lists', lists]] as const) {
    for (const thing of things) {
      const { status, body } = await call(api, 'POST', path, thing, { 'idempotency-key': randomUUID() });
      if (status !== 201 && body['code'] !== 'conflict') throw new Error(`The sample "${thing.name}" was refused: ${String(body['detail'] ?? body['title'])}`);
    }
  }
  const entries = sample('suppressions.json') as AddEntriesRequest;
  const { status, body } = await call(api, 'POST', '/v1/entries', entries, { 'idempotency-key': randomUUID() });
  if (status !== 200) throw new Error(`The sample suppressions were refused: ${String(body['detail'] ?? body['title'])}`);
  const answer = body as unknown as AddEntriesResponse;
  const refused = answer.results.find(({ outcome }) => outcome === 'invalid');
  if (refused) throw new Error(`Entry ${refused.index + 1} of the sample suppressions was refused: ${refused.message}`);
  return answer;
}
