import { expect, it } from 'vitest';
import { UniqueConflict, type ScanStart, type Store } from '../../../server/src/app/ports.ts';
import type { Entry } from '../../../server/src/domain/entry.ts';
import { chainEvents, isChainIntact, type EventDraft, type EventRecord } from '../../../server/src/domain/history.ts';
import { anEntry, anEventDraft, appendEvents, nextId, otherWorkspaceId, sha256, workspaceId } from '../../support/store-rows.ts';

export function eventPromises(opened: () => Store): void {
  const append = (...drafts: EventDraft[]) => opened().write((writer) => appendEvents(writer, workspaceId, drafts));

  it('gives every line back as it was written, so that its hash still verifies', async () => {
    const awkward = {
      ...anEntry({ note: '👩‍🚀 \u2028 "q"', evidence: { b: true, n: 0.30000000000000004, s: 'ﬁ' } }),
      z: [1, [null, { y: -1e21, x: 5e-324 }], '', 'ü', 'u\u0308'], deep: { b: 1, a: { d: 1, c: [] } }, 10: 'ten', 9: 'nine',
    };
    const events = await append(
      anEventDraft({ before: null, after: awkward, batch: 'imp_1', reason: 'opt_out' }),
      anEventDraft({ action: 'widened', before: awkward, after: { a: [], b: {} }, entryId: Number.MAX_SAFE_INTEGER }),
      anEventDraft({ action: 'linked', before: 0, after: false, entryId: null, reason: '' }),
      anEventDraft({ action: 'unlinked', before: '', after: [], entryId: null }),
    );
    const timeline = await opened().events.timeline(workspaceId, events[0]?.key ?? '', 100);
    expect(timeline).toEqual(events.toReversed());
    expect(isChainIntact(timeline, sha256)).toBe(true);
  });

  it('chains the lines of each address over writes of one and of many', async () => {
    const keys = Array.from({ length: 40 }, (_, index) => `p+${index % 13}`);
    await append(...keys.map((key) => anEventDraft({ key })));
    for (const key of keys.slice(0, 20)) await append(anEventDraft({ key }));
    for (const key of new Set(keys)) {
      const timeline = await opened().events.timeline(workspaceId, key, 100);
      expect(timeline.map(({ sequence }) => sequence)).toEqual(Array.from({ length: timeline.length }, (_, index) => timeline.length - index));
      expect(isChainIntact(timeline, sha256)).toBe(true);
    }
  });

  it('knows the head of each address that has lines', async () => {
    const events = await append(anEventDraft({ key: 'p+1' }), anEventDraft({ key: 'p+1' }), anEventDraft({ key: 'p+2' }));
    const heads = await opened().write((writer) => writer.events.heads(workspaceId, ['p+2', 'p+1', 'p+3', 'p+1']));
    const head = (index: number) => ({ sequence: events[index]?.sequence, hash: events[index]?.hash });
    expect(heads).toEqual(new Map([['p+1', head(1)], ['p+2', head(2)]]));
    expect(await opened().write((writer) => writer.events.heads(otherWorkspaceId, ['p+1']))).toEqual(new Map());
    expect(await opened().write((writer) => writer.events.heads(workspaceId, []))).toEqual(new Map());
  });

  it('refuses a second line after the same head: a chain never forks', async () => {
    await append(anEventDraft({ key: 'p+1' }));
    const fork = chainEvents([anEventDraft({ key: 'p+1', after: 'other' })], new Map(), sha256);
    await expect(opened().write((writer) => writer.events.append(workspaceId, fork))).rejects.toBeInstanceOf(UniqueConflict);
    expect((await opened().events.timeline(workspaceId, 'p+1', 10)).length).toBe(1);
  });

  it('shows the newest lines of one address of one workspace', async () => {
    const events = await append(...Array.from({ length: 9 }, () => anEventDraft({ key: 'p+1' })), anEventDraft({ key: 'p+12' }));
    await opened().write((writer) => appendEvents(writer, otherWorkspaceId, [anEventDraft({ key: 'p+1' })]));
    expect(await opened().events.timeline(workspaceId, 'p+1', 3)).toEqual(events.slice(6, 9).reverse());
    expect(await opened().events.timeline(workspaceId, 'p+', 3)).toEqual([]);
  });

  it('gives the lines up to an instant, that one included, oldest first within each address', async () => {
    const at = (key: string, instant: number) => anEventDraft({ key, at: instant, id: nextId() });
    const events = await append(at('p+1', 10), at('p+2', 10), at('p+1', 20), at('p+1', 30), at('p+3', 10), at('p+2', 31));
    const found = await opened().events.until(workspaceId, ['p+2', 'p+1', 'p+9', 'p+1'], 30);
    expect(found.filter(({ key }) => key === 'p+1')).toEqual([events[0], events[2], events[3]]);
    expect(found.filter(({ key }) => key === 'p+2')).toEqual([events[1]]);
    expect(found.length).toBe(4);
  });

  it('finds every line of an address: of an entry it has, of one that left for another key, and of none', async () => {
    const [leaving, staying, elsewhere] = [anEntry({ key: 'p+1' }), anEntry({ key: 'p+1', channel: 'sms' }), anEntry({ key: 'p+2' })];
    const addedBy = (entry: Entry) => anEventDraft({ id: entry.id, key: entry.key, entryId: entry.id, after: entry });
    const moved = { ...leaving, key: 'p+9' };
    const lines = await opened().write(async (writer) => {
      await writer.entries.insert(workspaceId, [leaving, elsewhere]);
      const first = await appendEvents(writer, workspaceId, [addedBy(leaving), anEventDraft({ key: 'p+1', action: 'widened', entryId: leaving.id }), addedBy(elsewhere)]);
      await writer.entries.insert(workspaceId, [staying]);
      return [...first, ...(await appendEvents(writer, workspaceId, [anEventDraft({ key: 'p+1', action: 'linked', entryId: null }), addedBy(staying)]))];
    });
    const expectAllLines = async (of: EventRecord[]): Promise<void> => {
      const byKey = Map.groupBy(of, ({ key }) => key);
      for (const [key, own] of byKey) {
        expect(await opened().events.timeline(workspaceId, key, 100)).toEqual(own.toReversed());
        expect(await opened().events.timeline(workspaceId, key, 2)).toEqual(own.toReversed().slice(0, 2));
        expect(await opened().events.until(workspaceId, [key], Number.MAX_SAFE_INTEGER)).toEqual(own);
        for (const line of own) expect(await opened().events.find(workspaceId, [[key, line.sequence]])).toEqual([line]);
      }
      const heads = await opened().write((writer) => writer.events.heads(workspaceId, [...byKey.keys()]));
      expect(heads).toEqual(new Map([...byKey].map(([key, own]) => [key, { sequence: own.length, hash: own.at(-1)?.hash }])));
      const inOrder = [...byKey].sort().flatMap(([, own]) => own);
      for (const limit of [1, 2, 100]) {
        const seen: EventRecord[] = [];
        for (let after: ScanStart | null = null; ; ) {
          const rows = await opened().events.scan(after, limit);
          const last = rows.at(-1);
          if (!last) break;
          seen.push(...rows.map(({ event }) => event));
          after = { workspaceId: last.workspaceId, key: last.event.key, id: last.event.sequence };
        }
        expect(seen).toEqual(inOrder);
      }
    };
    await expectAllLines(lines);
    const more = await opened().write(async (writer) => {
      await writer.entries.rekey(workspaceId, [{ from: leaving, to: moved }]);
      return appendEvents(writer, workspaceId, [anEventDraft({ key: 'p+1', action: 'rekeyed', entryId: null }), anEventDraft({ key: 'p+9', action: 'rekeyed', entryId: leaving.id })]);
    });
    await expectAllLines([...lines, ...more]);
  });
}
