import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StoreUnavailable, type Store } from '../../server/src/app/ports.ts';
import { openPostgresStore } from '../../server/src/store/postgres/open-postgres-store.ts';
import { startPostgres, type PostgresServer } from '../support/postgres.ts';
import { anEntry, createWorkspaces, workspaceId } from '../support/store-rows.ts';

let primary: PostgresServer;
let replica: PostgresServer;
let url: string;
const stores: Store[] = [];
/** Whatever goes wrong on the replica is told, and changes no answer. */
const faults: unknown[] = [];

async function open(maxReplicaLagMs?: number): Promise<Store> {
  const options = { url, replicaUrl: replica.url(new URL(url).pathname.slice(1)), poolSize: 3, ...(maxReplicaLagMs === undefined ? {} : { maxReplicaLagMs }) };
  const store = await openPostgresStore({ ...options, onError: (error) => void faults.push(error) });
  stores.push(store);
  return store;
}

beforeAll(async () => {
  primary = await startPostgres();
  url = await primary.createDatabase();
  const store = await openPostgresStore({ url });
  await store.write(createWorkspaces);
  await store.close();
  replica = await primary.replicate();
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await replica.remove();
  await primary.remove();
});

let made = 0;
async function add(store: Store): Promise<string> {
  const key = `p+${(made += 1)}`;
  await store.write((writer) => writer.entries.insert(workspaceId, [anEntry({ key })]));
  return key;
}
const holds = async (store: Store, key: string): Promise<boolean> => (await store.entries.findOpen(workspaceId, [key])).length === 1;
const lookUpsOnReplica = async (): Promise<number> =>
  (await replica.query("select 1 from pg_stat_activity where application_name = 'quietlist checks' and query like '%string_to_array%'")).length;

describe('checks on a replica', () => {
  it('asks the replica, and sees what any server has acknowledged', async () => {
    const [one, other] = [await open(), await open()];
    for (let round = 0; round < 40; round += 1) {
      const key = await add(round % 2 ? one : other);
      expect([await holds(one, key), await holds(other, key)]).toEqual([true, true]);
    }
    expect(await lookUpsOnReplica()).toBeGreaterThan(0);
    expect(faults).toEqual([]);
  });

  it('asks the primary while the replica is behind', async () => {
    const store = await open();
    await replica.query('select pg_wal_replay_pause()');
    const key = await add(store);
    expect(await holds(store, key)).toBe(true);
    expect(await holds(await open(), key)).toBe(true);
    await replica.query('select pg_wal_replay_resume()');
  });

  it('sees its own writes whatever lag is allowed, and those of others once the lag is over', async () => {
    const [patient, other] = [await open(60_000), await open()];
    const first = await add(patient);
    expect(await holds(patient, first)).toBe(true);
    await replica.query('select pg_wal_replay_pause()');
    const foreign = await add(other);
    expect(await holds(patient, foreign)).toBe(false);
    const own = await add(patient);
    expect([await holds(patient, own), await holds(patient, foreign)]).toEqual([true, true]);
    await replica.query('select pg_wal_replay_resume()');
  });

  it('goes on with the primary when the replica is gone, and comes back to it', async () => {
    const store = await open();
    await replica.stop();
    const key = await add(store);
    expect(await holds(store, key)).toBe(true);
    expect(faults.length).toBeGreaterThan(0);
    await replica.start();
    expect(await holds(await open(), key)).toBe(true);
    expect(await lookUpsOnReplica()).toBeGreaterThan(0);
  });

  it('gives no answer when the primary is gone: nobody knows then how old the replica is', async () => {
    const store = await open(0);
    const key = await add(store);
    expect(await holds(store, key)).toBe(true);
    await primary.stop();
    await expect(store.entries.findOpen(workspaceId, [key])).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(store.contacts.findLinked(workspaceId, [key])).rejects.toBeInstanceOf(StoreUnavailable);
    await primary.start();
    expect(await holds(store, key)).toBe(true);
  });

  it('does not ask a replica that has become a server of its own', async () => {
    const store = await open();
    await replica.query('select pg_promote(true)');
    const key = await add(store);
    expect(await holds(store, key)).toBe(true);
  });
});
