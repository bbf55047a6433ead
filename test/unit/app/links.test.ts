import { describe, expect, it } from 'vitest';
import { createLinks } from '../../../server/src/app/create-links.ts';
import type { Caller } from '../../../server/src/app/context.ts';
import { findLink, optInByLink, optOutByLink } from '../../../server/src/app/links.ts';
import { linkSecretMark } from '../../../server/src/app/link-token.ts';
import { createPlatform } from '../../../server/src/platform.ts';
import { openMemoryStore } from '../../support/memory-store.ts';
import { aLink, createWorkspaces, workspaceId } from '../../support/store-rows.ts';

const platform = createPlatform(() => 5_000);

async function aStore() {
  const store = openMemoryStore();
  await store.write(createWorkspaces);
  const workspace = (await store.directory.workspace(workspaceId))!;
  const caller: Caller = { workspace, key: { id: 1, name: 'flow', role: 'agent' }, actor: 'key_1' };
  const tokenFor = async (address: string) => {
    const { results } = await store.write((writer) => createLinks(writer, platform, caller, { links: [{ address }] }, 'https://a.example'));
    return results[0]?.url?.split('/').at(-1) ?? '';
  };
  return { store, tokenFor };
}

describe('links', () => {
  it('go on working when the secret of the store is lost: only new ones differ', async () => {
    const { store, tokenFor } = await aStore();
    const before = await tokenFor('ann@example.com');
    await store.write((writer) => writer.marks.put(linkSecretMark, 'another'));
    const after = await tokenFor('ann@example.com');
    expect(after).not.toBe(before);
    for (const token of [before, after]) expect((await findLink(store, platform, token))?.link.key).toBe('ann@example.com');
    expect((await store.write((writer) => optOutByLink(writer, platform, before, 'page')))?.outcome).toBe('added');
    expect((await store.write((writer) => optOutByLink(writer, platform, after, 'page')))?.outcome).toBe('unchanged');
  });

  it('opt out under the key of today’s rules, whatever the key was when they were made', async () => {
    const { store } = await aStore();
    await store.write((writer) => writer.links.keep(workspaceId, [aLink('old', { key: '+551187654321', address: '+551187654321', addressKind: 'phone' })].map((link) => ({ ...link, tokenHash: platform.digest('old') }))));
    await store.write((writer) => optOutByLink(writer, platform, 'old', 'one_click'));
    const [held] = await store.entries.findOpen(workspaceId, ['+5511987654321']);
    expect(held).toMatchObject({ key: '+5511987654321', address: '+551187654321', by: 'recipient', evidence: { via: 'one_click' } });
    expect((await findLink(store, platform, 'old'))?.own?.id).toBe(held?.id);
    expect(await store.write((writer) => optInByLink(writer, platform, 'old', 'Yes.'))).toBe(true);
    expect(await store.entries.findOpen(workspaceId, ['+5511987654321'])).toEqual([]);
    expect(await store.write((writer) => optInByLink(writer, platform, 'old', 'Yes.'))).toBe(false);
  });

  it('of a workspace that is not there, and tokens of no link, are nothing', async () => {
    const { store } = await aStore();
    await store.write((writer) => writer.links.keep(99, [{ ...aLink('x', { workspaceId: 99 }), tokenHash: platform.digest('gone') }]));
    for (const token of ['gone', '', 'none']) {
      expect(await findLink(store, platform, token)).toBeNull();
      expect(await store.write((writer) => optOutByLink(writer, platform, token, 'page'))).toBeNull();
      expect(await store.write((writer) => optInByLink(writer, platform, token, 'Yes.'))).toBe(false);
    }
  });
});
