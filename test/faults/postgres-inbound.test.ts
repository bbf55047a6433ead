import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InboundResponse } from '@quietlist/contract/inbound';
import { handleInbound } from '../../server/src/app/inbound/handle-inbound.ts';
import { updateList } from '../../server/src/app/lists.ts';
import type { Caller, Platform } from '../../server/src/app/context.ts';
import type { Store } from '../../server/src/app/ports.ts';
import { ensureWorkspace } from '../../server/src/app/workspaces.ts';
import { createPlatform } from '../../server/src/platform.ts';
import { openPostgresStore } from '../../server/src/store/postgres/open-postgres-store.ts';
import { startPostgres, type PostgresServer } from '../support/postgres.ts';

/** Two servers on one database that are told of the same messages at the same moment, as providers do that try again. */
let database: PostgresServer;
const servers: Array<{ store: Store; platform: Platform }> = [];
let caller: Caller;
beforeAll(async () => {
  database = await startPostgres();
  const url = await database.createDatabase();
  for (const number of [0, 1]) servers.push({ store: await openPostgresStore({ url }), platform: createPlatform(Date.now, () => ({ number, of: 2 })) });
  const [{ store, platform } = { store: undefined, platform: undefined }] = servers;
  if (!store || !platform) throw new Error('no server');
  const workspace = await store.write((writer) => ensureWorkspace(writer, platform, 'main'));
  caller = { workspace, key: { id: 1, name: 'flow', role: 'admin' }, actor: 'key_1' };
  await store.write((writer) => updateList(writer, platform, caller, 'default', { confirmationMessage: 'Done.' }));
}, 90_000);
afterAll(async () => {
  for (const { store } of servers) await store.close();
  await database.remove();
});

const receive = (count: number, message: (index: number) => object): Promise<InboundResponse[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => {
    const server = servers[index % servers.length];
    if (!server) throw new Error('no server');
    return server.store.write((writer) => handleInbound(writer, server.platform, caller, { channel: 'sms', text: 'STOP', address: '+14155550100', ...message(index) }));
  }));

describe('the same message on two servers at once', () => {
  it('is handled once, and answered the same by all', async () => {
    const answers = await receive(24, () => ({ messageId: 'SM-same' }));
    expect(answers.filter(({ wasSeen }) => !wasSeen)).toHaveLength(1);
    expect(answers.filter(({ reply }) => reply !== null)).toHaveLength(1);
    expect(new Set(answers.map(({ action, entries }) => JSON.stringify([action, entries]))).size).toBe(1);
  });
});

describe('messages of one person on two servers at once', () => {
  it('make one opt-out and one confirmation', async () => {
    const answers = await receive(24, (index) => ({ address: '+14155550101', messageId: `SM-${index}` }));
    expect(answers.every(({ action }) => action === 'opted_out')).toBe(true);
    expect(new Set(answers.flatMap(({ entries }) => entries)).size).toBe(1);
    expect(answers.filter(({ reply }) => reply !== null)).toHaveLength(1);
  });

  it('are put before people once', async () => {
    const answers = await receive(12, () => ({ address: '+14155550102', text: 'I did not sign up, take me off this list' }));
    expect(answers.every(({ action }) => action === 'review')).toBe(true);
    expect(new Set(answers.map(({ review }) => review)).size).toBe(1);
  });
});
