import { expect, it } from 'vitest';
import type { OutboxItem, Store } from '../../../server/src/app/ports.ts';
import { anEventDraft, appendEvents, nextId, otherWorkspaceId, workspaceId } from '../../support/store-rows.ts';

export function outboxPromises(opened: () => Store): void {
  const reference = (number: number): OutboxItem => [`p+${number}`, number];
  const append = (items: OutboxItem[], { workspace = workspaceId, at = 1_000 } = {}) =>
    opened().write((writer) => writer.outbox.append(workspace, { id: nextId(), at, items }));
  const place = (limit = 1_000) => opened().write((writer) => writer.outbox.place(limit));
  const after = async (position: number, limit = 100, workspace = workspaceId) =>
    (await opened().outbox.after(workspace, position, limit)).map((row) => ({ items: row.items, position: row.position }));

  it('gives the events of a workspace positions without gaps, in the order in which they were committed', async () => {
    await append([reference(1)]);
    await append([reference(2), reference(3), reference(4)]);
    await append([reference(1)], { workspace: otherWorkspaceId });
    await place();
    await append([reference(5)]);
    await place();
    expect(await after(0)).toEqual([
      { items: [reference(1)], position: 1 },
      { items: [reference(2), reference(3), reference(4)], position: 4 },
      { items: [reference(5)], position: 5 },
    ]);
    expect([await opened().outbox.head(workspaceId), await opened().outbox.head(otherWorkspaceId), await opened().outbox.head(99)]).toEqual([5, 1, 0]);
  });

  it('answers the rows that hold events after a position, also from within a row', async () => {
    await append([reference(1), reference(2)]);
    await append([reference(3)]);
    await append([reference(4)]);
    await place();
    expect((await after(1)).map(({ position }) => position)).toEqual([2, 3, 4]);
    expect((await after(2, 1)).map(({ position }) => position)).toEqual([3]);
    expect(await after(4)).toEqual([]);
  });

  it('gives announcements back as they were written', async () => {
    const data = { actor: 'key_1', reason: null, batch: 'ü\u2028"\\' };
    await append([{ id: 7, type: 'review.needed', data }]);
    await place();
    expect((await after(0))[0]?.items).toEqual([{ id: 7, type: 'review.needed', data }]);
  });

  it('places rows in portions until none waits, and each once', async () => {
    for (let number = 1; number <= 7; number += 1) await append([reference(number)]);
    while ((await place(3)) > 0);
    expect(await opened().outbox.hasUnplaced()).toBe(false);
    expect((await after(0)).map(({ position }) => position)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(await place()).toBe(0);
  });

  it('tells nothing of a write that failed', async () => {
    await expect(opened().write(async (writer) => {
      await writer.outbox.append(workspaceId, { id: nextId(), at: 1, items: [reference(1)] });
      throw new Error('no');
    })).rejects.toThrow('no');
    await append([reference(2)]);
    await place();
    expect(await after(0)).toEqual([{ items: [reference(2)], position: 1 }]);
  });

  it('gives every committed row one place while many write and many place at once', async () => {
    await Promise.all(Array.from({ length: 40 }, async (_, number) => {
      await append([reference(number), reference(number + 100)]);
      await place(5);
    }));
    while ((await place()) > 0);
    const rows = await after(0, 1_000);
    expect(rows.map(({ position }) => position)).toEqual(Array.from({ length: 40 }, (_, index) => 2 * index + 2));
    expect(new Set(rows.map(({ items }) => (items[0] as unknown as [string])[0])).size).toBe(40);
  });

  it('deletes old rows from the oldest on, in portions, and counts on from where it was', async () => {
    for (const at of [10, 20, 30, 40]) await append([reference(at), reference(at + 1)], { at });
    await append([reference(1)], { at: 10, workspace: otherWorkspaceId });
    await place();
    expect([await opened().outbox.start(workspaceId), await opened().outbox.hasBefore(10), await opened().outbox.hasBefore(11)]).toEqual([0, false, true]);
    const deleteBefore = (at: number, limit: number) => opened().write((writer) => writer.outbox.deleteBefore(at, limit));
    expect((await deleteBefore(31, 2)) + (await deleteBefore(31, 100))).toBe(4);
    expect([await after(0), await opened().outbox.start(workspaceId)]).toEqual([[{ items: [reference(40), reference(41)], position: 8 }], 6]);
    expect([await opened().outbox.hasBefore(31), await after(0, 9, otherWorkspaceId), await opened().outbox.start(otherWorkspaceId)]).toEqual([false, [], 1]);
    await deleteBefore(100, 100);
    expect([await opened().outbox.start(workspaceId), await opened().outbox.head(workspaceId)]).toEqual([8, 8]);
    await append([reference(9)]);
    await place();
    expect((await after(8)).map(({ position }) => position)).toEqual([9]);
  });

  it('finds the lines of the history that it refers to, and no others', async () => {
    const events = await opened().write((writer) => appendEvents(writer, workspaceId, ['p+1', 'p+1', 'p+2', 'p+1', 'p+2'].map((key) => anEventDraft({ key }))));
    const found = await opened().events.find(workspaceId, [['p+1', 3], ['p+2', 1], ['p+1', 1], ['p+2', 9], ['p+9', 1]]);
    expect(found.sort((a, b) => a.id - b.id)).toEqual([events[0], events[2], events[3]]);
    expect([await opened().events.find(workspaceId, []), await opened().events.find(otherWorkspaceId, [['p+1', 1]])]).toEqual([[], []]);
  });
}
