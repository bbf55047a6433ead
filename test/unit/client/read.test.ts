import { describe, expect, it } from 'vitest';
import { limits } from '@quietlist/contract/limits';
import type { TransportRequest } from '@quietlist/client/transport';
import { clientWith, fakeTransport, ok, problem } from '../../support/fake-transport.ts';

const entry = (id: string) => ({
  id, kind: 'block', address: '+491701234567', addressKind: 'phone', key: 'phone:491701234567', unverified: false, channel: null, sender: null, senderName: null, list: null,
  listName: null, purpose: 'all', direction: 'both', reason: 'abuse', note: null, source: 'api', evidence: {}, by: 'operator', batch: null, createdAt: '2026-03-03T00:00:00.000Z', expiresAt: null, status: 'active',
});

/** Pages of two rows, `total` in all; the cursor is the number of the next row. */
const pages = (total: number) => ({ query }: TransportRequest) => {
  const first = Number(query?.cursor ?? 0);
  const rows = [first, first + 1].filter((row) => row < total);
  return ok({ data: rows.map((row) => entry(`ent_${row}`)), nextCursor: first + 2 < total ? String(first + 2) : null });
};

const idsOf = async (rows: AsyncIterable<{ id: string }>) => {
  const ids: string[] = [];
  for await (const { id } of rows) ids.push(id);
  return ids;
};

describe('reading entries', () => {
  it('passes the filters on as text', async () => {
    const transport = fakeTransport(pages(1));
    const page = await clientWith(transport).listEntries({ kind: 'block', limit: 20, sort: 'address' });
    expect(page.data.map(({ id }) => id)).toEqual(['ent_0']);
    expect(transport.requests[0]).toMatchObject({ method: 'GET', path: '/v1/entries', query: { kind: 'block', limit: '20', sort: 'address' } });
    expect(transport.requests[0]).not.toHaveProperty('body');
  });

  it('walks over all pages, and no further than wanted', async () => {
    expect(await idsOf(clientWith(fakeTransport(pages(5))).everyEntry())).toEqual(['ent_0', 'ent_1', 'ent_2', 'ent_3', 'ent_4']);
    const transport = fakeTransport(pages(1_000));
    expect(await idsOf(clientWith(transport).everyEntry({ kind: 'block' }, 3))).toEqual(['ent_0', 'ent_1', 'ent_2']);
    expect(transport.requests.map(({ query }) => query)).toEqual([{ kind: 'block', limit: '3' }, { kind: 'block', limit: '3', cursor: '2' }]);
    expect(await idsOf(clientWith(fakeTransport(pages(5))).everyEntry({}, 0))).toEqual([]);
  });

  it('ends with an error when the pages do not end', async () => {
    for (const page of [{ data: [entry('ent_0')], nextCursor: 'same' }, { data: [], nextCursor: 'more' }]) {
      await expect(idsOf(clientWith(fakeTransport(ok(page))).everyEntry())).rejects.toMatchObject({ code: 'malformed_answer' });
    }
  });
});

describe('reading the rest', () => {
  it('gives lists, senders and channels as rows', async () => {
    const list = { id: 'default', name: 'Default', description: '', keyword: null, confirmationMessage: null, webhookUrl: null, languages: [], isDefault: true, members: 0, createdAt: '2026-03-03T00:00:00.000Z' };
    const sender = { id: 'snd_1', name: 'Support', channel: 'sms', channelId: 1, createdAt: '2026-03-03T00:00:00.000Z' };
    expect(await clientWith(fakeTransport(ok({ data: [list], nextCursor: null }))).listLists()).toEqual([list]);
    const transport = fakeTransport(ok({ data: [sender], nextCursor: null }));
    expect(await clientWith(transport).listSenders('sms')).toEqual([sender]);
    expect(transport.requests[0]).toMatchObject({ path: '/v1/senders', query: { channel: 'sms', limit: String(limits.pageSizeMaximum) } });
    expect(await clientWith(fakeTransport(ok({ data: [{ id: 'sms', label: 'SMS' }] }))).listChannels()).toEqual([{ id: 'sms', label: 'SMS' }]);
  });

  it('asks for one address as one path segment, whatever is in it', async () => {
    const transport = fakeTransport(problem('invalid-address'));
    await expect(clientWith(transport).getAddress('a/../b?c#d@x.com', { kind: 'email' })).rejects.toMatchObject({ code: 'invalid-address', status: 422 });
    expect(transport.requests[0]).toMatchObject({ path: '/v1/addresses/a%2F..%2Fb%3Fc%23d%40x.com', query: { kind: 'email' } });
    for (const nowhere of ['', ' ', '.', '..']) await expect(clientWith(transport).getAddress(nowhere)).rejects.toMatchObject({ code: 'invalid-request' });
    expect(transport.requests).toHaveLength(1);
  });

  it('throws on an answer of another shape', async () => {
    const client = clientWith(fakeTransport(ok({ data: 'x' })));
    for (const read of [client.me(), client.listLists(), client.listChannels(), client.listEntries(), client.getAddress('ann@example.com')]) {
      await expect(read).rejects.toMatchObject({ code: 'malformed_answer', retryable: false });
    }
  });

  it('says who the key is', async () => {
    const me = { key: 'key_1', keyName: 'Flow', role: 'agent', workspace: 'wsp_1', workspaceName: 'Main', version: '0.1.0' };
    expect(await clientWith(fakeTransport(ok(me))).me()).toEqual(me);
  });
});
