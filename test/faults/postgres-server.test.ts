import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StoreUnavailable, type Store } from '../../server/src/app/ports.ts';
import { isChainIntact } from '../../server/src/domain/history.ts';
import { openPostgresStore } from '../../server/src/store/postgres/open-postgres-store.ts';
import { emptyTables, startPostgres, type PostgresServer } from '../support/postgres.ts';
import { anEntry, anEventDraft, appendEvents, createWorkspaces, sha256, workspaceId } from '../support/store-rows.ts';

let server: PostgresServer;
let url: string;
let store: Store;
beforeAll(async () => {
  server = await startPostgres();
  url = await server.createDatabase();
  store = await openPostgresStore({ url, poolSize: 4, readTimeoutMs: 1_000, writeTimeoutMs: 1_000 });
});
beforeEach(async () => {
  await emptyTables(url);
  await store.write(createWorkspaces);
});
afterAll(async () => {
  await store.close();
  await server.remove();
});

/** An entry and its line of the history, as every add writes them. */
const add = (key: string) =>
  store.write(async (writer) => {
    const [open] = await writer.entries.findOpen(workspaceId, [key]);
    const entry = open ?? anEntry({ key });
    if (!open) await writer.entries.insert(workspaceId, [entry]);
    await appendEvents(writer, workspaceId, [anEventDraft({ key, entryId: entry.id })]);
  });

/** Adds until told to stop; answers how often each key was acknowledged, and how often the store said that it could not. */
async function addUnderFire(keys: readonly string[], isOver: () => boolean): Promise<{ acknowledged: Map<string, number>; refused: number }> {
  const acknowledged = new Map<string, number>();
  let refused = 0;
  const writer = async (index: number): Promise<void> => {
    for (let turn = index; !isOver(); turn += 1) {
      const key = keys[turn % keys.length] ?? '';
      try {
        await add(key);
        acknowledged.set(key, (acknowledged.get(key) ?? 0) + 1);
      } catch (error) {
        expect(error).toBeInstanceOf(StoreUnavailable);
        refused += 1;
        await setTimeout(5);
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, (_, index) => writer(index * 7)));
  return { acknowledged, refused };
}

/** Nothing that was acknowledged is gone, nothing is half there, and no chain is broken. */
async function expectAllKept(acknowledged: ReadonlyMap<string, number>): Promise<void> {
  for (const [key, times] of acknowledged) {
    const timeline = await store.events.timeline(workspaceId, key, 10_000);
    expect(timeline.length).toBeGreaterThanOrEqual(times);
    expect(timeline.at(-1)?.sequence).toBe(1);
    expect(isChainIntact(timeline, sha256)).toBe(true);
    const open = await store.entries.findOpen(workspaceId, [key]);
    expect(open.length).toBe(1);
    expect(new Set(timeline.map(({ entryId }) => entryId))).toEqual(new Set([open[0]?.id]));
  }
}

const keysOf = (count: number): string[] => Array.from({ length: count }, (_, index) => `p+${index}`);

describe('PostgreSQL under fire', () => {
  it('keeps every acknowledged write while its backends are killed, and goes on without being opened again', async () => {
    let kills = 0;
    const killing = (async () => {
      while (kills < 60) {
        const killed = await server.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'quietlist%' order by random() limit 3");
        kills += killed.length;
        await setTimeout(15);
      }
    })();
    const fire = addUnderFire(keysOf(12), () => kills >= 60);
    await killing;
    const { acknowledged } = await fire;
    expect(acknowledged.size).toBe(12);
    await expectAllKept(acknowledged);
    await add('p+after');
  });

  it.each(['fast', 'kill'] as const)('keeps every acknowledged write when the server ends (%s), says so to whoever asks, and serves again once it is back', async (how) => {
    let isOver = false;
    const fire = addUnderFire(keysOf(12), () => isOver);
    await setTimeout(150);
    await server.stop(how);
    for (const ask of [() => store.entries.findOpen(workspaceId, ['p+1']), () => store.contacts.findLinked(workspaceId, ['p+1']), () => store.ping(), () => add('p+1')]) {
      await expect(ask()).rejects.toBeInstanceOf(StoreUnavailable);
    }
    await server.start();
    await store.ping();
    await add('p+back');
    isOver = true;
    const { acknowledged, refused } = await fire;
    expect(refused).toBeGreaterThan(0);
    expect(acknowledged.size).toBe(12);
    await expectAllKept(acknowledged);
  });

  it('refuses writes beyond its connections, and answers checks meanwhile', async () => {
    await add('p+1');
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    let held = 0;
    const holding = Array.from({ length: 4 }, (_, index) => store.write(async (writer) => {
      await writer.entries.insert(workspaceId, [anEntry({ key: `p+held${index}` })]);
      held += 1;
      await gate;
    }));
    while (held < 4) await setTimeout(5);
    await expect(add('p+2')).rejects.toBeInstanceOf(StoreUnavailable);
    expect((await store.entries.findOpen(workspaceId, ['p+1', 'p+2'])).length).toBe(1);
    open();
    await Promise.all(holding);
    await add('p+2');
    expect((await store.entries.findOpen(workspaceId, ['p+held0', 'p+held3', 'p+2'])).length).toBe(3);
  });

  it('gives up on a server that hangs, and serves again once it goes on', async () => {
    await add('p+1');
    server.freeze(true);
    try {
      const asked = [store.entries.findOpen(workspaceId, ['p+1']), store.ping(), add('p+2'), add('p+1')];
      for (const answer of await Promise.allSettled(asked)) {
        expect(answer.status).toBe('rejected');
        if (answer.status === 'rejected') expect(answer.reason).toBeInstanceOf(StoreUnavailable);
      }
    } finally {
      server.freeze(false);
    }
    expect((await store.entries.findOpen(workspaceId, ['p+1'])).length).toBe(1);
    await add('p+2');
    await expectAllKept(new Map([['p+1', 1], ['p+2', 1]]));
  });

  it('ends the transactions of a server that is gone, so that nobody waits for its locks', async () => {
    const other = await openPostgresStore({ url, writeTimeoutMs: 60_000 });
    const { promise: never } = Promise.withResolvers<void>();
    let isHeld = false;
    const holding = other.write(async (writer) => {
      await writer.entries.insert(workspaceId, [anEntry({ key: 'p+1' })]);
      isHeld = true;
      await never;
    });
    holding.catch(() => undefined);
    while (!isHeld) await setTimeout(5);
    const waiting = add('p+1');
    await setTimeout(50);
    await server.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'quietlist writes' and state = 'idle in transaction'");
    await waiting;
    await expectAllKept(new Map([['p+1', 1]]));
  });
});
