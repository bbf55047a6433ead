import { expect, it } from 'vitest';
import { emptyList } from '../../../server/src/app/default-list.ts';
import { UniqueConflict, type Store } from '../../../server/src/app/ports.ts';
import { anEntry, anEventDraft, appendEvents, workspaceId } from '../../support/store-rows.ts';

export function transactionPromises(opened: () => Store, { readsWhileWriting }: { readsWhileWriting: boolean }): void {
  const openKeys = async () => (await opened().entries.page(workspaceId, {}, 'address', 1_000, null, 0)).map(({ key }) => key);

  it('passes on what the work answers', async () => {
    expect(await opened().write(async () => ({ answer: 42 }))).toEqual({ answer: 42 });
  });

  it('keeps nothing of a work that throws, and passes its error on', async () => {
    const error = new Error('changed my mind');
    const write = opened().write(async (writer) => {
      await writer.entries.insert(workspaceId, [anEntry({ key: 'p+1' })]);
      await appendEvents(writer, workspaceId, [anEventDraft({ key: 'p+1' })]);
      await writer.contacts.put(workspaceId, [{ contactId: 1, key: 'p+1', address: '+1', addressKind: 'phone' }]);
      await writer.directory.putList(workspaceId, { ...emptyList, id: 'lst_1', name: 'x', createdAt: 1 });
      throw error;
    });
    await expect(write).rejects.toBe(error);
    expect(await openKeys()).toEqual([]);
    expect(await opened().events.timeline(workspaceId, 'p+1', 1)).toEqual([]);
    expect(await opened().contacts.findLinked(workspaceId, ['p+1'])).toEqual([]);
    expect((await opened().directory.lists(workspaceId)).length).toBe(1);
  });

  it('keeps nothing of a write of which one row is refused', async () => {
    await opened().write((writer) => writer.entries.insert(workspaceId, [anEntry({ key: 'p+5' })]));
    const rows = Array.from({ length: 10 }, (_, index) => anEntry({ key: `p+${index}` }));
    await expect(opened().write((writer) => writer.entries.insert(workspaceId, rows))).rejects.toBeInstanceOf(UniqueConflict);
    expect(await openKeys()).toEqual(['p+5']);
  });

  it('takes back only the failing one of writes that were asked for together', async () => {
    const writes = Array.from({ length: 20 }, (_, index) =>
      opened().write(async (writer) => {
        await writer.entries.insert(workspaceId, [anEntry({ key: `p+${10 + index}` })]);
        if (index % 3 === 0) throw new Error(`no ${index}`);
        return index;
      }));
    const settled = await Promise.allSettled(writes);
    expect(settled.map(({ status }) => status)).toEqual(settled.map((_, index) => (index % 3 === 0 ? 'rejected' : 'fulfilled')));
    expect(await openKeys()).toEqual(Array.from({ length: 20 }, (_, index) => index).filter((index) => index % 3 !== 0).map((index) => `p+${10 + index}`));
  });

  it('shows a transaction its own writes', async () => {
    const entry = anEntry({ key: 'p+1' });
    const seen = await opened().write(async (writer) => {
      await writer.entries.insert(workspaceId, [entry]);
      const found = await writer.entries.findOpen(workspaceId, ['p+1']);
      await writer.entries.end(workspaceId, [entry], 5, 'removed');
      return [found, await writer.entries.findOpen(workspaceId, ['p+1'])];
    });
    expect(seen).toEqual([[entry], []]);
  });

  if (readsWhileWriting) it('shows nobody else what is not yet committed, and everybody what was acknowledged', async () => {
    let seenMeanwhile: string[] = [];
    await opened().write(async (writer) => {
      await writer.entries.insert(workspaceId, [anEntry({ key: 'p+1' })]);
      seenMeanwhile = await openKeys();
    });
    expect(seenMeanwhile).toEqual([]);
    expect(await openKeys()).toEqual(['p+1']);
  });

  it('runs writes one after the other: none is based on what another is changing', async () => {
    const add = () =>
      opened().write(async (writer) => {
        const before = await writer.entries.findOpen(workspaceId, ['p+1']);
        await Promise.resolve();
        if (before.length === 0) await writer.entries.insert(workspaceId, [anEntry({ key: 'p+1' })]);
        await appendEvents(writer, workspaceId, [anEventDraft({ key: 'p+1' })]);
        return before.length;
      });
    const counts = await Promise.all(Array.from({ length: 12 }, add));
    expect(counts.filter((count) => count === 0).length).toBe(1);
    expect((await opened().events.timeline(workspaceId, 'p+1', 100)).length).toBe(12);
  });

  it('answers a ping', async () => {
    await expect(opened().ping()).resolves.toBeUndefined();
  });
}
