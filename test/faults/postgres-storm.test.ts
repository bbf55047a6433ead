import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addEntries } from '../../server/src/app/add-entries.ts';
import type { Caller } from '../../server/src/app/context.ts';
import type { Store } from '../../server/src/app/ports.ts';
import { removeEntries } from '../../server/src/app/remove-entries.ts';
import { rebuildEntries, isChainIntact } from '../../server/src/domain/history.ts';
import { runWrite } from '../../server/src/http/run-write.ts';
import { runJob } from '../../server/src/jobs/run-job.ts';
import { createPlatform } from '../../server/src/platform.ts';
import { openPostgresStore } from '../../server/src/store/postgres/open-postgres-store.ts';
import { startPostgres, type PostgresServer } from '../support/postgres.ts';
import { anEntry, createWorkspaces, sha256, workspaceId } from '../support/store-rows.ts';

/** Three servers on one database, each with its own connections and ids, in one process. */
let server: PostgresServer;
let stores: Store[];
beforeAll(async () => {
  server = await startPostgres();
  const url = await server.createDatabase();
  stores = await Promise.all([1, 2, 3].map(() => openPostgresStore({ url, poolSize: 6 })));
  await stores[0]?.write(createWorkspaces);
});
afterAll(async () => {
  await Promise.all(stores.map((store) => store.close()));
  await server.remove();
});

const platforms = [1, 2, 3].map(() => createPlatform());
const at = (index: number) => ({ store: stores[index % 3] as Store, platform: platforms[index % 3] as ReturnType<typeof createPlatform> });

async function callerOf(store: Store): Promise<Caller> {
  const workspace = await store.directory.workspace(workspaceId);
  if (!workspace) throw new Error('There is no workspace.');
  return { workspace, key: { id: 1, name: 'test', role: 'admin' }, actor: 'key_1' };
}

describe('many servers that write the same addresses at once', () => {
  it('acknowledges every write, and the history of each address tells exactly what is in force', async () => {
    const phones = ['+5511987650001', '+5511987650002', '+5511987650003', '+5511987650004'];
    const caller = await callerOf(at(0).store);
    const outcomes: Record<string, number> = {};
    const count = (results: ReadonlyArray<{ outcome: string }>) => {
      for (const { outcome } of results) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    };
    const turns = Array.from({ length: 180 }, (_, index) => {
      const { store, platform } = at(index);
      const address = phones[index % phones.length] ?? '';
      const removes = index % 5 === 4;
      return store.write(async (writer) => {
        const answer = removes
          ? await removeEntries(writer, platform, caller, { kind: 'opt_out', addresses: [address], by: 'recipient' })
          : await addEntries(writer, platform, caller, { entries: [{ kind: 'opt_out', address, by: 'recipient', ...(index % 3 === 0 ? { purpose: 'all' as const } : {}) }] });
        return () => count(answer.results);
      }).then((acknowledge) => acknowledge());
    });
    await Promise.all(turns);
    expect(Object.values(outcomes).reduce((sum, one) => sum + one, 0)).toBe(180);

    const written: Record<string, number> = {};
    for (const phone of phones) {
      const key = (await at(1).store.entries.page(workspaceId, { status: 'any' }, 'address', 1_000, null, 0)).find((entry) => entry.address === phone)?.key ?? '';
      const timeline = await at(2).store.events.timeline(workspaceId, key, 1_000);
      expect(isChainIntact(timeline, sha256)).toBe(true);
      expect(timeline.at(-1)?.sequence).toBe(1);
      for (const { action } of timeline) written[action] = (written[action] ?? 0) + 1;
      expect(await at(0).store.entries.findOpen(workspaceId, [key])).toEqual(rebuildEntries(timeline.toReversed()));
    }
    // Each outcome that was told is one line, no more and no less.
    expect(written).toEqual({ added: outcomes['added'], widened: outcomes['widened'], removed: outcomes['removed'] });
  });

  it('does a request once that two servers get at the same instant, and answers both the same', async () => {
    const caller = await callerOf(at(0).store);
    for (let round = 0; round < 15; round += 1) {
      const address = `+55119870000${String(round).padStart(2, '0')}`;
      const answers = await Promise.all([0, 1, 2, 0, 1, 2].map((index) => {
        const { store, platform } = at(index);
        return runWrite({ store, platform, version: 'test' }, {
          caller, idempotencyKey: `round-${round}`, subject: () => `POST ${address}`, status: 200,
          run: (writer) => addEntries(writer, platform, caller, { entries: [{ kind: 'block', address }] }),
        });
      }));
      expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
      expect(answers.filter(({ wasReplayed }) => !wasReplayed).length).toBe(1);
      expect(JSON.parse(answers[0]?.body ?? '').counts.added).toBe(1);
    }
  });

  it('shows every server what another has acknowledged', async () => {
    for (let round = 0; round < 30; round += 1) {
      const entry = anEntry({ id: 1_000_000 + round, key: `p+read${round}` });
      await at(round).store.write((writer) => writer.entries.insert(workspaceId, [entry]));
      for (const other of [1, 2]) expect(await at(round + other).store.entries.findOpen(workspaceId, [entry.key])).toEqual([entry]);
    }
  });

  it('never gives one id to two addresses, even when two servers make the same ids', async () => {
    const now = Date.now();
    const same = [0, 1].map(() => ({ ...createPlatform(() => now), ids: sameIds() }));
    const caller = await callerOf(at(0).store);
    const results = await Promise.all(same.map((platform, index) =>
      at(index).store.write((writer) =>
        addEntries(writer, platform, caller, { entries: Array.from({ length: 50 }, (_, number) => ({ kind: 'block' as const, address: `+55119860${index}${String(number).padStart(4, '0')}` })) }))));
    const ids = results.flatMap(({ results: rows }) => rows.flatMap(({ entries }) => entries));
    expect(ids.length).toBe(100);
    expect(new Set(ids).size).toBe(100);
  });

  it('does a job on one server at a time, on the next one when it is due again, and elsewhere when its server is gone', async () => {
    let now = Date.now() + 1_000_000;
    const done: string[] = [];
    const job = { name: 'count', everyMs: 10_000, run: async () => (done.push('turn'), false) };
    const services = [0, 1, 2].map((index) => ({ store: at(index).store, platform: createPlatform(() => now), version: 'test' }));
    const turn = () => Promise.all(services.map((each, index) => runJob(job, each, `server ${index}`)));

    expect((await turn()).filter((more) => more !== null)).toEqual([false]);
    expect((await turn()).filter((more) => more !== null)).toEqual([]);
    now += 10_000;
    expect((await turn()).filter((more) => more !== null)).toEqual([false]);
    expect(done.length).toBe(2);

    // A server that is killed in the middle never gives its claim back.
    now += 10_000;
    await services[0]?.store.write((writer) => writer.leases.claim('job:count', 'killed', now, now + 60_000));
    now += 59_999;
    expect((await turn()).filter((more) => more !== null)).toEqual([]);
    now += 1;
    expect((await turn()).filter((more) => more !== null)).toEqual([false]);
    expect(done.length).toBe(3);
  });
});

/** Ids that another process makes, too, for a while: both clocks and both counters agree. */
function sameIds() {
  let last = 5_000_000;
  return { next: () => (last += 1) };
}
