import { setTimeout } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addEntries } from '../../server/src/app/add-entries.ts';
import type { Caller } from '../../server/src/app/context.ts';
import { fanOut } from '../../server/src/app/fan-out.ts';
import { everything, readFeed } from '../../server/src/app/feed.ts';
import type { Store } from '../../server/src/app/ports.ts';
import { createWebhook } from '../../server/src/app/webhooks.ts';
import { ensureWorkspace } from '../../server/src/app/workspaces.ts';
import { Deliveries } from '../../server/src/jobs/deliveries.ts';
import { serviceMetrics } from '../../server/src/metrics/service-metrics.ts';
import { createPlatform } from '../../server/src/platform.ts';
import { openPostgresStore } from '../../server/src/store/postgres/open-postgres-store.ts';
import { emptyTables, startPostgres, type PostgresServer } from '../support/postgres.ts';

/** Three servers on one database, which is what makes commits overtake each other. */
let database: PostgresServer;
let url: string;
let stores: Store[];
let caller: Caller;
const platforms = [0, 1, 2].map((number) => createPlatform(Date.now, () => ({ number, of: 32 })));
beforeAll(async () => {
  database = await startPostgres();
  url = await database.createDatabase();
  stores = await Promise.all([0, 1, 2].map(() => openPostgresStore({ url })));
}, 90_000);
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await database.remove();
});
beforeEach(async () => {
  await emptyTables(url);
  const workspace = await at(0).write((writer) => ensureWorkspace(writer, platforms[0] as never, 'main'));
  caller = { workspace, key: { id: 1, name: 'test', role: 'admin' }, actor: 'key_1' };
});
const at = (number: number): Store => stores[number % stores.length] as Store;

const writers = 12;
const writesEach = 25;

/** Each write takes its time between the insert and the commit, so that those begun later are often committed earlier. */
async function writeOutOfOrder(): Promise<string[]> {
  const addresses: string[] = [];
  await Promise.all(Array.from({ length: writers }, async (_, writer) => {
    for (let index = 0; index < writesEach; index += 1) {
      const address = `+1415555${String(writer * writesEach + index).padStart(4, '0')}`;
      await at(writer).write(async (store) => {
        await addEntries(store, platforms[writer % 3] as never, caller, { entries: [{ kind: 'opt_out', address }] });
        await setTimeout(Math.random() * 15);
      });
      addresses.push(address);
    }
  }));
  return addresses;
}

describe('events of transactions that commit in another order than they began', () => {
  it('reach a reader that follows them all, once each, in positions without gaps', async () => {
    let isWriting = true;
    const seen: Array<{ position: number; address: string }> = [];
    const placing = stores.map(async (store) => {
      while (isWriting) {
        await store.write((writer) => writer.outbox.place(50));
        await setTimeout(3);
      }
    });
    let position = 0;
    const readOn = async (): Promise<number> => {
      const slice = await readFeed(at(1), caller.workspace.id, position, everything, 100);
      position = slice.position;
      seen.push(...slice.events.map((event) => ({ position: event.position, address: event.data.entry?.address ?? '' })));
      return slice.events.length;
    };
    const reading = (async () => {
      while (isWriting) {
        await readOn();
        await setTimeout(2);
      }
    })();
    const written = await writeOutOfOrder();
    isWriting = false;
    await Promise.all([...placing, reading]);
    while ((await at(2).write((writer) => writer.outbox.place(1_000))) > 0);
    while ((await readOn()) > 0);
    expect(seen.map((one) => one.position)).toEqual(Array.from({ length: written.length }, (_, index) => index + 1));
    expect(seen.map((one) => one.address).sort()).toEqual(written.sort());
  }, 60_000);

  it('are delivered to a webhook once each by servers that all do it at once', async () => {
    await at(0).write((writer) => createWebhook(writer, platforms[0] as never, caller, { url: 'https://hook.example/' }));
    const ids: string[] = [];
    const addresses: string[] = [];
    const outbound = {
      async post({ headers, body }: { headers: Readonly<Record<string, string>>; body: string }) {
        ids.push(headers['webhook-id'] ?? '');
        addresses.push(JSON.parse(body).data.entry.address);
        await setTimeout(1);
        return { status: 200, retryAfter: null };
      },
      get: async () => ({ error: 'failed' as const }),
    };
    const servers = stores.map((store, index) => new Deliveries({ store, outbound, clock: (platforms[index] as { clock(): number }).clock, random: Math.random, version: 'test' }, pino({ level: 'silent' }), serviceMetrics('test')));
    let isWriting = true;
    const working = servers.map(async (server, index) => {
      while (isWriting) {
        await at(index).write((writer) => writer.outbox.place(100));
        await fanOut(at(index), platforms[index] as never);
        await server.look();
        await setTimeout(5);
      }
    });
    const written = await writeOutOfOrder();
    isWriting = false;
    await Promise.all(working);
    while ((await at(0).write((writer) => writer.outbox.place(1_000))) > 0);
    while (await fanOut(at(0), platforms[0] as never));
    for (const server of servers) {
      await server.look();
      await server.idle();
    }
    expect(addresses.sort()).toEqual(written.sort());
    expect(new Set(ids).size).toBe(written.length);
    await Promise.all(servers.map((server) => server.stop()));
  }, 60_000);
});
