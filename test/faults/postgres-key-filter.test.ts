import { setImmediate } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { StoreRefused, type Store } from '../../server/src/app/ports.ts';
import { Tail, TailLost } from '../../server/src/store/postgres/key-filter/tail.ts';
import { openPostgresStore, type PostgresStore } from '../../server/src/store/postgres/open-postgres-store.ts';
import { pgPool } from '../../server/src/store/postgres/pg-pool.ts';
import { pick, seeded } from '../unit/address/support/random.ts';
import { startPostgres, type PostgresServer } from '../support/postgres.ts';
import { anEntry, createWorkspaces, otherWorkspaceId, workspaceId } from '../support/store-rows.ts';

let server: PostgresServer;
let url: string;
const stores: Store[] = [];
const faults: unknown[] = [];

beforeAll(async () => {
  server = await startPostgres({ settings: ['max_prepared_transactions = 5'] });
});
afterAll(() => server.remove());
afterEach(async () => {
  await Promise.all(stores.splice(0).map((store) => store.close()));
  faults.splice(0);
});

async function open(keyFilter: boolean): Promise<PostgresStore> {
  const store = await openPostgresStore({ url, keyFilter, keyFilterPauseMs: 0, poolSize: 6, onError: (error) => void faults.push(error) });
  stores.push(store);
  await store.keyFilterBuilt();
  return store;
}

/** A database of its own, and a store on it with the filter. */
async function openFirst(): Promise<PostgresStore> {
  url = await server.createDatabase();
  const store = await open(true);
  await store.write(createWorkspaces);
  return store;
}

async function byHand(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  onTestFinished(() => client.end().catch(() => {}));
  return client;
}

const add = (store: Store, key: string, mailbox: string | null = null) => store.write((writer) => writer.entries.insert(workspaceId, [anEntry({ key, mailbox })]));
/** Adds an entry by SQL, as somebody might by hand. */
const insertText = (key: string, closed = 0): string =>
  `insert into entry (workspace, key, id, kind, list, channel, sender, closed, address, address_kind, unverified, purpose, direction, reason, source, evidence, origin, created_at)
   values (${workspaceId}, '${key}', ${(lastId += 1)}, 'block', '', '*', '*', ${closed}, 'x', 'phone', 0, 'all', 'both', 'manual', 'api', '{}', 'agent', 1)`;
let lastId = 1_000_000_000;

/** Whether the filter lets the texts through: null while it is not ready, which lets everything through. */
async function letsThrough(store: Store, texts: readonly string[], workspace = workspaceId): Promise<boolean[] | null> {
  const screen = await store.screen?.(workspace);
  return screen ? texts.map((text) => screen([text]).length === 1) : null;
}
/** The same once it is ready. */
async function letsThroughWhenReady(store: PostgresStore, texts: readonly string[]): Promise<boolean[] | null> {
  for (let attempt = 1; attempt <= 20; attempt += 1) {
    const passed = await letsThrough(store, texts);
    if (passed) return passed;
    await store.keyFilterBuilt();
  }
  return null;
}

describe('the key filter on PostgreSQL', () => {
  it('lets through all that leads to somebody, and hardly anything else', async () => {
    const first = await openFirst();
    await add(first, 'p+1', 'm1');
    await first.write((writer) => writer.contacts.put(workspaceId, [{ contactId: 1, key: 'p+2', address: '+2', addressKind: 'phone' }]));
    await first.close();
    const store = await open(true);
    await add(store, 'p+3', 'm3');
    expect(await letsThrough(store, ['p+1', 'm1', 'p+2', 'p+3', 'm3', 'p+4', 'm4'])).toEqual([true, true, true, true, true, false, false]);
    expect(await letsThrough(store, ['p+1', 'm1', 'p+2', 'p+3'], otherWorkspaceId)).toEqual([false, false, false, false]);
    expect(faults).toEqual([]);
  });

  it('lets through what any server has acknowledged, with a filter or without, in the next check of every server', async () => {
    const servers = [await openFirst(), await open(true), await open(false)];
    for (let round = 0; round < 90; round += 1) {
      await add(servers[round % 3] as Store, `p+${round}`);
      expect(await Promise.all(servers.slice(0, 2).map((store) => letsThrough(store, [`p+${round}`, `p-${round}`])))).toEqual([[true, false], [true, false]]);
    }
  });

  it('misses nothing of many writers whose transactions end in any order: removals, keys that change, links and rows put back by hand', async () => {
    const filtered = await openFirst();
    const writers = [filtered, await open(true), await open(false)];
    const hand = await byHand();
    const random = seeded(20_261_127);
    /** Texts that lead to somebody, from when that is acknowledged until it is about to end. */
    const acknowledged = new Set<string>();
    let made = 0;
    let looked = 0;
    let asked = 0;
    const turns = async (): Promise<void> => {
      for (let left = Math.floor(random() * 12); left > 0; left -= 1) await setImmediate();
    };
    const acts = [
      async (store: Store) => {
        const entries = Array.from({ length: 1 + Math.floor(random() * 20) }, () => anEntry({ key: `p+${(made += 1)}`, mailbox: random() < 0.3 ? `m${made}` : null }));
        await store.write(async (writer) => {
          await writer.entries.insert(workspaceId, entries);
          await turns();
        });
        for (const { key, mailbox } of entries) for (const text of [key, mailbox]) if (text !== null) acknowledged.add(text);
        return entries[0];
      },
      async (store: Store) => {
        const from = anEntry({ key: `old${(made += 1)}` });
        const to = { ...from, key: `new${made}`, mailbox: `n${made}` };
        await store.write((writer) => writer.entries.insert(workspaceId, [from]));
        await store.write(async (writer) => {
          await writer.entries.rekey(workspaceId, [{ from, to }]);
          await turns();
        });
        for (const text of [to.key, to.mailbox]) acknowledged.add(text);
      },
      async (store: Store) => {
        const key = `c${(made += 1)}`;
        await store.write(async (writer) => {
          await turns();
          await writer.contacts.put(workspaceId, [{ contactId: made, key, address: key, addressKind: 'phone' }]);
          await turns();
        });
        acknowledged.add(key);
      },
      async (store: Store) => {
        const entry = anEntry({ key: `r${(made += 1)}` });
        await store.write((writer) => writer.entries.insert(workspaceId, [entry]));
        await store.write((writer) => writer.entries.end(workspaceId, [entry], 9, 'removed'));
        if (random() < 0.5) await add(store, entry.key);
        else await hand.query('update entry set closed = 0, ended_at = null, ended_as = null where key = $1', [entry.key]);
        acknowledged.add(entry.key);
      },
      async () => {
        const own = (made += 1);
        await hand.query(insertText(`h${own}`, 5));
        await hand.query('update entry set key = $1, closed = 0 where key = $2', [`H${own}`, `h${own}`]);
        acknowledged.add(`H${own}`);
      },
    ];
    const work = async (): Promise<void> => {
      while (made < 6_000) await pick(random, acts)(pick(random, writers));
    };
    const watch = async (store: Store): Promise<void> => {
      while (made < 6_000) {
        const before = [...acknowledged];
        const screen = await store.screen?.(workspaceId);
        await setImmediate();
        if (!screen) continue;
        asked += 1;
        looked += before.length;
        expect(before.length - screen(before).length, 'texts that were missed').toBe(0);
        await turns();
      }
    };
    await Promise.all([...Array.from({ length: 8 }, work), ...writers.slice(0, 2).map(watch)]);
    expect(asked, 'the filter is at work, so this says something').toBeGreaterThan(100);
    expect(looked).toBeGreaterThan(50_000);
    const every = [...acknowledged];
    expect(await letsThrough(filtered, every)).toEqual(every.map(() => true));
    expect(faults).toEqual([]);
  }, 120_000);

  it('is filled while others write, and has all of it when it is ready', async () => {
    const writer = await openFirst();
    await writer.write(({ entries }) => entries.insert(workspaceId, Array.from({ length: 30_000 }, (_, index) => anEntry({ key: `p+${index}`, mailbox: `m${index}` }))));
    const store = await openPostgresStore({ url, keyFilter: true });
    stores.push(store);
    let isBuilt = false;
    const built = store.keyFilterBuilt().then(() => (isBuilt = true));
    const added: string[] = [];
    while (!isBuilt) {
      added.push(`a${added.length}`);
      await add(writer, added.at(-1) ?? '');
    }
    await built;
    const every = [...added, ...Array.from({ length: 30_000 }, (_, index) => [`p+${index}`, `m${index}`]).flat()];
    expect((await letsThrough(store, every))?.indexOf(false)).toBe(-1);
    expect(added.length).toBeGreaterThan(3);
  });

  it('sees at once what a transaction wrote that was open for long, and reads nothing twice for its sake', async () => {
    const store = await openFirst();
    const long = await byHand();
    await long.query('begin');
    await long.query(insertText('p+long'));
    for (let round = 0; round < 6; round += 1) {
      await store.write(({ entries }) => entries.insert(workspaceId, Array.from({ length: 5_000 }, (_, index) => anEntry({ key: `p+${round}-${index}` }))));
      // More than one step may read, were it read from the oldest open transaction on.
      expect(await letsThrough(store, ['p+long', `p+${round}-7`])).toEqual([false, true]);
    }
    await long.query('commit');
    expect(await letsThrough(store, ['p+long'])).toEqual([true]);
    expect(faults).toEqual([]);
  });

  it('sees what a prepared transaction and a nested one wrote, once they are committed', async () => {
    const store = await openFirst();
    const hand = await byHand();
    await hand.query('begin');
    await hand.query('savepoint inner_one');
    await hand.query(insertText('p+nested'));
    await hand.query('release inner_one');
    expect(await letsThrough(store, ['p+nested'])).toEqual([false]);
    await add(store, 'p+1');
    expect(await letsThrough(store, ['p+nested', 'p+1'])).toEqual([false, true]);
    await hand.query('commit');
    expect(await letsThrough(store, ['p+nested'])).toEqual([true]);
    await hand.query('begin');
    await hand.query(insertText('p+prepared'));
    await hand.query("prepare transaction 'ours'");
    expect(await letsThrough(store, ['p+prepared'])).toEqual([false]);
    await hand.query("commit prepared 'ours'");
    expect(await letsThrough(store, ['p+prepared'])).toEqual([true]);
  });

  it('follows rows that come by logical replication, whatever numbers they bring', async () => {
    const store = await openFirst();
    const hand = await byHand();
    await hand.query('set session_replication_role = replica');
    await hand.query(insertText('p+replicated').replace('created_at)', 'created_at, quietlist_written_in)').replace(/, 1\)$/, ", 1, '5')"));
    expect(await letsThrough(store, ['p+replicated', 'p+none'])).toEqual([true, false]);
  });

  it('is not held up by numbers of another server, as a restored dump brings them', async () => {
    const store = await openFirst();
    const hand = await byHand();
    await hand.query('alter table entry disable trigger quietlist_written_in');
    // More than can be read at once, were they taken for what is new.
    await hand.query(insertText('p+0').replace('created_at)', 'created_at, quietlist_written_in)').replace(/values .*/s, `select ${workspaceId}, 'p+restored-' || n, 3000000000 + n, 'block', '', '*', '*', 0, 'x', 'phone', 0, 'all', 'both', 'manual', 'api', '{}', 'agent', 1, '4294967296999' from generate_series(1, 25000) n`));
    await hand.query('alter table entry enable always trigger quietlist_written_in');
    expect(await letsThroughWhenReady(store, ['p+restored-7', 'p+none'])).toEqual([true, false]);
    await add(store, 'p+after');
    expect(await letsThrough(store, ['p+after', 'p+none'])).toEqual([true, false]);
  });
});

describe('the key filter on PostgreSQL steps aside, and is built anew', () => {
  it('when its connection is killed', async () => {
    const store = await openFirst();
    for (let round = 0; round < 5; round += 1) {
      await server.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'quietlist filter'");
      await add(store, `p+${round}`);
      expect(await letsThroughWhenReady(store, [`p+${round}`, 'p+none'])).toEqual([true, false]);
    }
    expect(faults.length).toBeGreaterThan(0);
  });

  it('when a pooler has put another connection in its place, which may lead to another server', async () => {
    await openFirst();
    const pool = pgPool({ url, size: 2, statementTimeoutMs: 5_000, onError: () => {}, applicationName: 'test' });
    const [one, other] = [await pool.connect(), await pool.connect()];
    let behind = one;
    const tail = await Tail.open({ connect: async () => ({ run: (statement) => behind.run(statement), release: () => {} }), close: async () => {} });
    expect(await tail.read()).toEqual({ text: '', count: 0 });
    behind = other;
    await expect(tail.read()).rejects.toBeInstanceOf(TailLost);
    one.release(false);
    other.release(false);
    await pool.close();
  });

  it('when the database has crashed, which may give numbers out again', async () => {
    const store = await openFirst();
    for (let round = 0; round < 3; round += 1) {
      const hand = await byHand();
      for (let burnt = 0; burnt < 20; burnt += 1) await hand.query('begin; select pg_current_xact_id(); rollback');
      expect(await letsThrough(store, ['p+none'])).not.toEqual([true]);
      await server.stop('kill');
      expect(await letsThrough(store, ['p+none'])).toBeNull();
      await server.start();
      await add(store, `p+${round}`);
      expect(await letsThroughWhenReady(store, [`p+${round}`, 'p+none'])).toEqual([true, false]);
    }
  }, 60_000);

  it('when more was written than can be followed at once', async () => {
    const store = await openFirst();
    const hand = await byHand();
    await hand.query(insertText('p+0').replace(/values .*/s, `select ${workspaceId}, 'q' || n, 2000000000 + n, 'block', '', '*', '*', 0, 'x', 'phone', 0, 'all', 'both', 'manual', 'api', '{}', 'agent', 1 from generate_series(1, 25000) n`));
    expect(await letsThrough(store, ['q25000'])).toBeNull();
    expect(await letsThroughWhenReady(store, ['q1', 'q25000', 'p+none'])).toEqual([true, true, false]);
  });

  it('when its triggers were off for a while, or its tables are made anew', async () => {
    const store = await openFirst();
    const hand = await byHand();
    await hand.query(`alter table entry disable trigger all; ${insertText('p+hidden')}; alter table entry enable always trigger quietlist_written_in`);
    expect(await letsThrough(store, ['p+hidden'])).toBeNull();
    expect(await letsThroughWhenReady(store, ['p+hidden', 'p+none'])).toEqual([true, false]);
    await hand.query(`alter table entry rename to entry_before; create table entry (like entry_before including all);
      insert into entry select * from entry_before; ${insertText('p+restored')}; drop table entry_before`);
    expect(await letsThrough(store, ['p+restored'])).toBeNull();
    await store.keyFilterBuilt();
    expect(await letsThrough(store, ['p+restored'])).toBeNull();
    await store.close();
    expect(await letsThrough(await open(true), ['p+restored', 'p+none'])).toEqual([true, false]);
  });

  it('for as long as the database hangs, without being built anew', async () => {
    const store = await openFirst();
    await add(store, 'p+1');
    server.freeze(true);
    try {
      expect(await letsThrough(store, ['p+1'])).toBeNull();
    } finally {
      server.freeze(false);
    }
    await add(store, 'p+2');
    expect(await letsThrough(store, ['p+1', 'p+2', 'p+none'])).toEqual([true, true, false]);
    expect(faults).toEqual([]);
  });

  it('while the database is away, and then no check gets an answer from anywhere', async () => {
    const store = await openFirst();
    await add(store, 'p+1');
    await server.stop();
    expect(await letsThrough(store, ['p+1'])).toBeNull();
    await expect(store.entries.findOpen(workspaceId, ['p+1'])).rejects.toThrow();
    await server.start();
    expect(await letsThroughWhenReady(store, ['p+1', 'p+none'])).toEqual([true, false]);
  });
});

it('a server that runs already goes on as it is when the first one with a filter is started', async () => {
  url = await server.createDatabase();
  const running = await open(false);
  await running.write(createWorkspaces);
  await add(running, 'p+1', 'm1');
  const everything = async () => {
    await add(running, `p+${(lastId += 1)}`);
    await running.write(({ contacts }) => contacts.put(workspaceId, [{ contactId: 1, key: 'p+1', address: '+1', addressKind: 'phone' }]));
    // Over and over, so that every connection has its statements ready from before.
    for (let round = 0; round < 20; round += 1) {
      await Promise.all([
        running.entries.findOpen(workspaceId, ['p+1']), running.entries.findOpenByMailbox(workspaceId, ['m1']), running.entries.findByKey(workspaceId, 'p+1', 5), running.entries.findByIds(workspaceId, [1]),
        running.entries.scan(null, 5), running.entries.findDue(9, 5), running.entries.page(workspaceId, {}, 'createdAt', 5, null, 0), running.contacts.findLinked(workspaceId, ['p+1']), running.contacts.scan(null, 5),
        running.write(({ entries }) => entries.findOpen(workspaceId, ['p+1'])),
      ]);
    }
  };
  await everything();
  await open(true);
  await everything();
});

describe('who does not ask for the filter', () => {
  it('gets a schema without anything of it, and no screen', async () => {
    url = await server.createDatabase();
    const store = await open(false);
    expect(store.screen).toBeUndefined();
    expect(await server.query("select 1 from pg_attribute where attname like '%written_in%' union all select 1 from pg_proc where proname like 'quietlist%' union all select 1 from pg_trigger", url)).toEqual([]);
  });

  it('is not held up for long by who does, and cannot get at a table that is in use', async () => {
    url = await server.createDatabase();
    const running = await open(false);
    await running.write(createWorkspaces);
    const hand = await byHand();
    await hand.query('begin; select 1 from entry');
    const starting = expect(openPostgresStore({ url, keyFilter: true })).rejects.toThrow('Something works on the tables for long');
    await add(running, 'p+1');
    expect(await running.entries.findOpen(workspaceId, ['p+1'])).toHaveLength(1);
    await starting;
    await hand.query('commit');
    expect(await letsThrough(await open(true), ['p+1', 'p+none'])).toEqual([true, false]);
  });

  it('is refused it on shards, whose nodes number their transactions each by itself', async () => {
    url = await server.createDatabase();
    await expect(openPostgresStore({ url, keyFilter: true, isSharded: true })).rejects.toBeInstanceOf(StoreRefused);
  });
});
