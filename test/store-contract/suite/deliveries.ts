import { expect, it } from 'vitest';
import { UniqueConflict, type DeliveryRecord, type DeliveryWriter, type Store } from '../../../server/src/app/ports.ts';
import { nextId, otherWorkspaceId, workspaceId } from '../../support/store-rows.ts';

const aDelivery = (fields: Partial<DeliveryRecord> = {}): DeliveryRecord => {
  const id = nextId();
  return {
    id, target: 'whk_1', event: `evt_${id}`, type: 'opt_out.added', url: null, body: '{"ü":"\\u2028"}', status: 'pending', attempts: 0, dueAt: 100,
    lastStatus: null, lastError: null, createdAt: 50, deliveredAt: null, ...fields,
  };
};

export function deliveryPromises(opened: () => Store): void {
  const write = <T>(work: (deliveries: DeliveryWriter) => Promise<T>) => opened().write((writer) => work(writer.deliveries));
  const insert = (...rows: DeliveryRecord[]) => write((deliveries) => deliveries.insert(workspaceId, rows));
  const claim = (target = 'whk_1', now = 100, limit = 10, workspace = workspaceId) => write((deliveries) => deliveries.claim(workspace, target, now, now + 1_000, limit));
  const found = (id: number) => opened().deliveries.find(workspaceId, id);

  it('gives a delivery back as it was written, to its own workspace', async () => {
    const row = aDelivery({ url: 'https://example.com/ü', status: 'failed', dueAt: null, attempts: 10, lastStatus: 500, lastError: 'timeout', deliveredAt: 7 });
    await insert(row);
    expect([await found(row.id), await opened().deliveries.find(otherWorkspaceId, row.id), await found(999_999)]).toEqual([row, null, null]);
  });

  it('makes out an event to a target once', async () => {
    await insert(aDelivery({ event: 'evt_x' }), aDelivery({ event: 'evt_x', target: 'whk_2' }));
    await expect(insert(aDelivery(), aDelivery({ event: 'evt_x' }))).rejects.toBeInstanceOf(UniqueConflict);
    expect((await opened().deliveries.page(workspaceId, 'whk_1', 'any', 10, null)).length).toBe(1);
  });

  it('gives what is due to one of many that claim it at once, counts the try, and gives it again when the time of the claim is up', async () => {
    const rows = Array.from({ length: 12 }, (_, index) => aDelivery({ dueAt: 80 + index }));
    await insert(...rows, aDelivery({ dueAt: 101 }), aDelivery({ target: 'whk_2' }), aDelivery({ status: 'delivered', dueAt: null }));
    const claims = (await Promise.all(Array.from({ length: 6 }, () => claim('whk_1', 100, 4)))).flat();
    expect(claims.map(({ id }) => id).sort((a, b) => a - b)).toEqual(rows.map(({ id }) => id));
    expect(new Set(claims.map(({ attempts, dueAt }) => `${attempts} ${dueAt}`))).toEqual(new Set(['1 1100']));
    expect(await claim('whk_1', 100)).toEqual([]);
    expect((await claim('whk_1', 1_100, 100)).map(({ attempts }) => attempts).sort()).toEqual([...Array<number>(1).fill(1), ...Array<number>(12).fill(2)]);
    expect(await claim('whk_2', 100, 10, otherWorkspaceId)).toEqual([]);
  });

  it('keeps what became of a try, and brings what is to be tried again', async () => {
    const [done, later] = [aDelivery(), aDelivery()];
    await insert(done, later);
    await claim();
    await write(async (deliveries) => {
      await deliveries.settle(workspaceId, { id: done.id, status: 'delivered', dueAt: null, lastStatus: 204, lastError: null, deliveredAt: 120 });
      await deliveries.settle(workspaceId, { id: later.id, status: 'pending', dueAt: 500, lastStatus: null, lastError: 'timeout', deliveredAt: null });
    });
    expect(await found(done.id)).toEqual({ ...done, status: 'delivered', attempts: 1, dueAt: null, lastStatus: 204, deliveredAt: 120 });
    expect((await claim('whk_1', 499)).length).toBe(0);
    expect((await claim('whk_1', 500)).map(({ id, lastError }) => [id, lastError])).toEqual([[later.id, 'timeout']]);
  });

  it('names the targets with something pending, the first one due first, however much waits for each', async () => {
    await write(async (deliveries) => {
      for (const target of ['whk_1', 'whk_2', 'whk_3']) await deliveries.follow({ workspaceId, target, position: 0 });
    });
    await insert(...Array.from({ length: 30 }, () => aDelivery({ dueAt: 300 })), aDelivery({ target: 'whk_2', dueAt: 200 }), aDelivery({ target: 'whk_3', status: 'failed', dueAt: null }), aDelivery({ target: 'whk_9', dueAt: 1 }));
    expect(await opened().deliveries.dueTargets()).toEqual([{ workspaceId, target: 'whk_2', dueAt: 200 }, { workspaceId, target: 'whk_1', dueAt: 300 }]);
  });

  it('knows who follows and who is behind', async () => {
    const follow = (target: string, position: number, workspace = workspaceId) => write((deliveries) => deliveries.follow({ workspaceId: workspace, target, position }));
    await follow('whk_1', 0);
    await follow('whk_2', 1);
    await follow('default', 0);
    await follow('whk_3', 0, otherWorkspaceId);
    expect(await opened().deliveries.followersBehind(10)).toEqual([]);
    await opened().write((writer) => writer.outbox.append(workspaceId, { id: nextId(), at: 1, items: [['p+1', 1]] }));
    await opened().write((writer) => writer.outbox.place(10));
    expect((await opened().deliveries.followersBehind(10)).map(({ target }) => target)).toEqual(['default', 'whk_1']);
    expect((await opened().deliveries.followersBehind(1)).length).toBe(1);
    await follow('whk_1', 1);
    await write((deliveries) => deliveries.unfollow(workspaceId, 'default'));
    expect(await opened().deliveries.followersBehind(10)).toEqual([]);
    expect(await opened().deliveries.followers()).toEqual([{ workspaceId, target: 'whk_1', position: 1 }, { workspaceId, target: 'whk_2', position: 1 }, { workspaceId: otherWorkspaceId, target: 'whk_3', position: 0 }]);
  });

  it('pages the log of a target, newest first, by status', async () => {
    const rows = Array.from({ length: 9 }, (_, index) => aDelivery(index % 3 === 0 ? { status: 'failed', dueAt: null } : {}));
    await insert(...rows, aDelivery({ target: 'whk_2' }));
    const page = async (status: 'any' | 'failed', limit: number, before: number | null) => (await opened().deliveries.page(workspaceId, 'whk_1', status, limit, before)).map(({ id }) => id);
    const ids = rows.map(({ id }) => id).reverse();
    expect([await page('any', 5, null), await page('any', 5, ids[4] ?? 0), await page('failed', 9, null)]).toEqual([ids.slice(0, 5), ids.slice(5), [ids[2], ids[5], ids[8]]]);
  });

  it('makes due again what is not pending, of events in a time, all or the failed ones', async () => {
    const [failed, delivered, pending, older] = [
      aDelivery({ status: 'failed', dueAt: null, attempts: 10, createdAt: 60, lastError: 'timeout' }), aDelivery({ status: 'delivered', dueAt: null, createdAt: 70, deliveredAt: 75 }),
      aDelivery({ createdAt: 65, attempts: 3, dueAt: 900 }), aDelivery({ status: 'failed', dueAt: null, createdAt: 59 }),
    ];
    await insert(failed, delivered, pending, older);
    const replay = (onlyFailed: boolean) => write((deliveries) => deliveries.replay(workspaceId, 'whk_1', { since: 60, until: 70, onlyFailed }, 200));
    expect(await replay(true)).toBe(1);
    expect(await found(failed.id)).toEqual({ ...failed, status: 'pending', attempts: 0, dueAt: 200 });
    expect(await replay(false)).toBe(1);
    expect([await found(delivered.id), await found(pending.id), await found(older.id)]).toEqual([{ ...delivered, status: 'pending', dueAt: 200, deliveredAt: null }, pending, older]);
  });

  it('deletes what is old in portions', async () => {
    await insert(...[10, 20, 30].map((createdAt) => aDelivery({ createdAt })));
    expect([await opened().deliveries.hasBefore(10), await opened().deliveries.hasBefore(11)]).toEqual([false, true]);
    expect([await write((deliveries) => deliveries.deleteBefore(30, 1)), await write((deliveries) => deliveries.deleteBefore(30, 9))]).toEqual([1, 1]);
    expect((await opened().deliveries.page(workspaceId, 'whk_1', 'any', 10, null)).map(({ createdAt }) => createdAt)).toEqual([30]);
  });
}
