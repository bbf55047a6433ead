import fc from 'fast-check';
import { expect, it } from 'vitest';
import { announce } from '../../server/src/app/announce.ts';
import { everything, readFeed, type FeedFilter } from '../../server/src/app/feed.ts';
import { createPlatform } from '../../server/src/platform.ts';
import { openMemoryStore } from '../support/memory-store.ts';
import { anEntry, createWorkspaces, workspaceId } from '../support/store-rows.ts';
import { ChangeSet } from '../../server/src/app/change-set.ts';

type Row = { what: 'changes'; count: number } | { what: 'news'; count: number };

const rows = fc.array(fc.oneof(
  fc.record({ what: fc.constant('changes' as const), count: fc.integer({ min: 1, max: 12 }) }),
  fc.record({ what: fc.constant('news' as const), count: fc.integer({ min: 1, max: 3 }) }),
), { maxLength: 25 });

it('gives each event once and in order, whatever the sizes of writes and readings, wherever a reader begins, and whatever it wants', async () => {
  let number = 0;
  await fc.assert(
    fc.asyncProperty(rows, fc.integer({ min: 1, max: 20 }), fc.nat(60), fc.constantFrom<FeedFilter>(everything, { types: ['review.needed'], lists: [] }, { types: ['opt_out.added'], lists: ['default'] }, { types: [], lists: ['lst_none'] }), async (written: Row[], limit, skipped, filter) => {
      const store = openMemoryStore();
      const platform = createPlatform(() => 1_000);
      await store.write(createWorkspaces);
      const expected: string[] = [];
      for (const { what, count } of written) {
        await store.write(async (writer) => {
          if (what === 'news') return announce(writer, platform, workspaceId, Array.from({ length: count }, () => ({ type: 'review.needed' as const, data: { actor: 'key_1', reason: null, batch: null } })));
          const changes = new ChangeSet(platform, { actor: 'key_1', workspaceId }, [], 1_000);
          for (let index = 0; index < count; index += 1) changes.add(anEntry({ key: `p+${(number += 1)}` }));
          return changes.write(writer);
        });
        for (let index = 0; index < count; index += 1) expected.push(what === 'news' ? 'review.needed' : 'opt_out.added');
      }
      const start = Math.min(skipped, expected.length);
      const wanted = expected.flatMap((type, index) => {
        const isWanted = index >= start && (filter.types.length === 0 || filter.types.includes(type as never)) && (type === 'review.needed' || !filter.lists.includes('lst_none'));
        return isWanted ? [[index + 1, type]] : [];
      });
      const seen: unknown[] = [];
      for (let [position, hasMore] = [start, true]; hasMore; ) {
        const slice = await readFeed(store, workspaceId, position, filter, limit);
        expect(slice.events.length).toBeLessThanOrEqual(limit);
        seen.push(...slice.events.map((event) => [event.position, event.type]));
        ({ position, hasMore } = slice);
      }
      expect(seen).toEqual(wanted);
    }),
    { numRuns: 150 },
  );
});
