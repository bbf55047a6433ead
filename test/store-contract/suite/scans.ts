import { expect, it } from 'vitest';
import type { ScanStart, Store } from '../../../server/src/app/ports.ts';
import { anEntry, anEventDraft, appendEvents, otherWorkspaceId, workspaceId } from '../../support/store-rows.ts';

/** Work that goes through everything: scans, moved keys, marks. */
export function scanPromises(opened: () => Store): void {
  const everyEntry = async (limit: number): Promise<number[]> => {
    const ids: number[] = [];
    let after: ScanStart | null = null;
    for (;;) {
      const rows = await opened().entries.scan(after, limit);
      const last = rows.at(-1);
      if (!last) return ids;
      ids.push(...rows.map(({ entry }) => entry.id));
      after = { workspaceId: last.workspaceId, key: last.entry.key, id: last.entry.id };
    }
  };

  it('goes through the history of every address of all workspaces, oldest line first, whatever the size of its steps', async () => {
    const drafts = ['p+2', 'e1', 'p+2', 'e1', 'e1'].map((key) => anEventDraft({ key }));
    const ours = await opened().write((writer) => appendEvents(writer, workspaceId, drafts));
    const theirs = await opened().write((writer) => appendEvents(writer, otherWorkspaceId, [anEventDraft({ key: 'a' })]));
    const inOrder = [1, 3, 4, 0, 2].map((index) => ({ workspaceId, event: ours[index] })).concat({ workspaceId: otherWorkspaceId, event: theirs[0] });
    for (const limit of [1, 2, 100]) {
      const seen: Array<{ workspaceId: number; event: unknown }> = [];
      for (let after: ScanStart | null = null; ; ) {
        const rows = await opened().events.scan(after, limit);
        const last = rows.at(-1);
        if (!last) break;
        seen.push(...rows);
        after = { workspaceId: last.workspaceId, key: last.event.key, id: last.event.sequence };
      }
      expect(seen).toEqual(inOrder);
    }
  });

  it('goes through every entry of all workspaces once, whatever the size of its steps', async () => {
    const ours = ['p+3', 'p+1', 'p+1', 'e2'].map((key, index) => anEntry({ key, channel: `c${index}` }));
    const ended = anEntry({ key: 'p+1', endedAt: 5, endedAs: 'removed' });
    const theirs = anEntry({ key: 'a' });
    await opened().write(async (writer) => {
      await writer.entries.insert(workspaceId, [...ours, ended]);
      await writer.entries.insert(otherWorkspaceId, [theirs]);
    });
    const inOrder = [ours[3], ours[1], ours[2], ended, ours[0], theirs].map((entry) => entry?.id);
    for (const limit of [1, 2, 100]) expect(await everyEntry(limit)).toEqual(inOrder);
  });

  it('puts an entry under another key, with everything else as it was', async () => {
    const from = anEntry({ key: 'p+old', note: 'kept', expiresAt: 9_000_000_000_000 });
    const neighbour = anEntry({ key: 'p+old', channel: 'sms' });
    await opened().write((writer) => writer.entries.insert(workspaceId, [from, neighbour]));
    const to = { ...from, key: 'p+new', mailbox: 'm@x.example' };
    await opened().write((writer) => writer.entries.rekey(workspaceId, [{ from, to }]));
    expect(await opened().entries.findOpen(workspaceId, ['p+old', 'p+new'])).toEqual(expect.arrayContaining([to, neighbour]));
    expect(await opened().entries.findByIds(workspaceId, [from.id])).toEqual([to]);
  });

  it('goes through every linked address of all workspaces once', async () => {
    const row = (key: string) => ({ contactId: 1, key, address: key, addressKind: 'phone' as const });
    await opened().write(async (writer) => {
      await writer.contacts.put(workspaceId, [row('p+2'), row('p+1')]);
      await writer.contacts.put(otherWorkspaceId, [row('p+1')]);
    });
    const first = await opened().contacts.scan(null, 2);
    expect(first).toEqual([{ workspaceId, address: row('p+1') }, { workspaceId, address: row('p+2') }]);
    expect(await opened().contacts.scan({ workspaceId, key: 'p+2', id: 0 }, 2)).toEqual([{ workspaceId: otherWorkspaceId, address: row('p+1') }]);
  });

  it('remembers a mark, and only its last value', async () => {
    expect(await opened().marks.get('rules')).toBeNull();
    await opened().write((writer) => writer.marks.put('rules', '1'));
    await opened().write((writer) => writer.marks.put('rules', '2'));
    expect(await opened().marks.get('rules')).toBe('2');
  });
}
