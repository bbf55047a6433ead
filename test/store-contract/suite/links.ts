import { expect, it } from 'vitest';
import type { LinkRecord, Store } from '../../../server/src/app/ports.ts';
import { aLink, otherWorkspaceId, sha256, workspaceId } from '../../support/store-rows.ts';

export function linkPromises(opened: () => Store): void {
  const keep = (workspace: number, ...links: LinkRecord[]) => opened().write((writer) => writer.links.keep(workspace, links));

  it('keeps a link as it was made, and finds it by the hash of its token alone', async () => {
    const [open, narrow] = [aLink('a'), aLink('b', { workspaceId: otherWorkspaceId, key: 'telegram:é:1', address: '1 🚀', addressKind: 'handle', list: 'lst_1', channel: 'telegram', sender: 'snd_1' })];
    await keep(workspaceId, open);
    await keep(otherWorkspaceId, narrow);
    expect(await opened().links.find(open.tokenHash)).toEqual(open);
    expect(await opened().links.find(narrow.tokenHash)).toEqual(narrow);
    expect(await opened().links.find(sha256('c'))).toBeNull();
    expect(await opened().links.find('')).toBeNull();
  });

  it('keeps what is there already as it is, also twice in one go', async () => {
    await keep(workspaceId, aLink('a'), aLink('a', { createdAt: 11 }));
    await keep(workspaceId, aLink('a', { createdAt: 12, list: 'lst_9' }), aLink('b'));
    await keep(workspaceId);
    const { list, createdAt } = (await opened().links.find(sha256('a'))) ?? {};
    expect([list, createdAt === 10 || createdAt === 11, (await opened().links.scan(null, 9)).length]).toEqual(['default', true, 2]);
  });

  it('keeps ten thousand at once', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => aLink(String(index), { key: `e${index}` }));
    await keep(workspaceId, ...many);
    await keep(workspaceId, ...many, aLink('one more'));
    expect((await opened().links.find(sha256('9999')))?.key).toBe('e9999');
    expect((await opened().links.scan(null, 20_000)).length).toBe(10_001);
  });

  it('goes through all links once, by their hashes, whatever the size of its steps', async () => {
    await keep(workspaceId, ...['a', 'b', 'c'].map((token) => aLink(token)));
    await keep(otherWorkspaceId, aLink('d', { workspaceId: otherWorkspaceId }));
    const inOrder = ['a', 'b', 'c', 'd'].map(sha256).sort();
    for (const limit of [1, 3, 9]) {
      const seen: string[] = [];
      for (let after: string | null = null; ; after = seen.at(-1) ?? null) {
        const links = await opened().links.scan(after, limit);
        if (links.length === 0) break;
        seen.push(...links.map(({ tokenHash }) => tokenHash));
      }
      expect(seen).toEqual(inOrder);
    }
  });
}
