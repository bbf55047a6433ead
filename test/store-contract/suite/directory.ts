import { expect, it } from 'vitest';
import { defaultSettings } from '@quietlist/contract/settings';
import { defaultList, emptyList } from '../../../server/src/app/default-list.ts';
import { UniqueConflict, type DirectoryWriter, type ListRecord, type SenderRecord, type Store } from '../../../server/src/app/ports.ts';
import { aKey, nextId, otherWorkspaceId, workspaceId } from '../../support/store-rows.ts';

const aList = (fields: Partial<ListRecord>): ListRecord => ({ ...emptyList, id: 'lst_1', name: 'News', createdAt: 10, ...fields });
const aSender = (fields: Partial<SenderRecord>): SenderRecord => ({ id: 'snd_1', name: 'Main', channel: 'whatsapp', channelId: 1, createdAt: 10, ...fields });

export function directoryPromises(opened: () => Store): void {
  const write = <T>(work: (directory: DirectoryWriter) => Promise<T>) => opened().write((writer) => work(writer.directory));

  it('creates a workspace together with its default list', async () => {
    const workspace = { id: nextId() + 100, name: 'Größe 🚀', settings: { ...defaultSettings, defaultCountry: 'BR', mailboxMatching: false }, createdAt: 77 };
    await write((directory) => directory.insertWorkspace(workspace));
    const { directory } = opened();
    expect(await directory.workspace(workspace.id)).toEqual(workspace);
    expect(await directory.workspaceByName(workspace.name)).toEqual(workspace);
    expect((await directory.workspaces()).map(({ name }) => name)).toEqual(['ours', 'theirs', workspace.name]);
    expect(await directory.lists(workspace.id)).toEqual([defaultList(77)]);
    expect([await directory.workspace(-1), await directory.workspaceByName('none')]).toEqual([null, null]);
  });

  it('refuses a workspace whose name is taken, with its default list', async () => {
    await expect(write((directory) => directory.insertWorkspace({ id: 99, name: 'ours', settings: defaultSettings, createdAt: 1 }))).rejects.toBeInstanceOf(UniqueConflict);
    expect(await opened().directory.lists(99)).toEqual([]);
  });

  it('changes the settings of one workspace', async () => {
    const settings = { ...defaultSettings, listMatching: 'named' as const };
    await write((directory) => directory.updateSettings(workspaceId, settings));
    expect((await opened().directory.workspace(workspaceId))?.settings).toEqual(settings);
    expect((await opened().directory.workspace(otherWorkspaceId))?.settings).toEqual(defaultSettings);
  });

  it('keeps lists by creation, the default one first, and replaces one that is put again', async () => {
    const [late, early, twin] = [aList({ id: 'lst_a', name: 'Late', createdAt: 30 }), aList({ id: 'lst_z', name: 'Early', createdAt: 0 }), aList({ id: 'lst_b', name: 'Twin', createdAt: 30 })];
    for (const list of [twin, late, early]) await write((directory) => directory.putList(workspaceId, list));
    const renamed = { ...late, name: 'Later', description: 'é', keyword: 'ARRÊT', confirmationMessage: '👋', webhookUrl: 'https://example.com/hook', languages: ['fr' as const, 'en' as const] };
    await write((directory) => directory.putList(workspaceId, renamed));
    expect((await opened().directory.lists(workspaceId)).slice(1)).toEqual([early, renamed, twin]);
    expect((await opened().directory.lists(workspaceId))[0]?.id).toBe('default');
    expect((await opened().directory.lists(otherWorkspaceId)).length).toBe(1);
    await write((directory) => directory.deleteList(workspaceId, 'lst_a'));
    expect((await opened().directory.lists(workspaceId)).slice(1)).toEqual([early, twin]);
  });

  it('refuses a list name that is taken in the workspace, when creating and when renaming', async () => {
    await write((directory) => directory.putList(workspaceId, aList({})));
    await write((directory) => directory.putList(workspaceId, aList({ id: 'lst_2', name: 'Other' })));
    await write((directory) => directory.putList(otherWorkspaceId, aList({})));
    for (const id of ['lst_3', 'lst_2', 'default']) await expect(write((directory) => directory.putList(workspaceId, aList({ id })))).rejects.toBeInstanceOf(UniqueConflict);
    expect((await opened().directory.lists(workspaceId)).map(({ name }) => name)).toEqual(['Default', 'News', 'Other']);
  });

  it('keeps senders by creation, replaces one that is put again, and deletes', async () => {
    const [second, first] = [aSender({ createdAt: 20 }), aSender({ id: 'snd_2', name: 'Old', channel: 'my-channel', channelId: 2_147_483_647, createdAt: 5 })];
    for (const sender of [second, first]) await write((directory) => directory.putSender(workspaceId, sender));
    await write((directory) => directory.putSender(workspaceId, { ...second, name: 'Renamed' }));
    expect(await opened().directory.senders(workspaceId)).toEqual([first, { ...second, name: 'Renamed' }]);
    await write((directory) => directory.deleteSender(otherWorkspaceId, 'snd_2'));
    await write((directory) => directory.deleteSender(workspaceId, 'snd_1'));
    expect(await opened().directory.senders(workspaceId)).toEqual([first]);
  });

  it('refuses a sender whose name or channelId is taken in the workspace', async () => {
    await write((directory) => directory.putSender(workspaceId, aSender({})));
    await write((directory) => directory.putSender(otherWorkspaceId, aSender({})));
    for (const taken of [{ channelId: 2 }, { name: 'Other' }]) {
      await expect(write((directory) => directory.putSender(workspaceId, aSender({ id: 'snd_2', ...taken })))).rejects.toBeInstanceOf(UniqueConflict);
    }
    expect((await opened().directory.senders(workspaceId)).length).toBe(1);
  });

  it('finds a key by its public id, over all workspaces, exactly', async () => {
    const [ours, theirs] = [aKey({ expiresAt: 9, role: 'admin' }), aKey({ workspaceId: otherWorkspaceId, name: 'ключ' })];
    for (const key of [ours, theirs]) await write((directory) => directory.insertKey(key));
    const { directory } = opened();
    expect(await directory.keyByPublicId(ours.publicId)).toEqual({ key: ours, workspace: await directory.workspace(workspaceId) });
    expect(await directory.keyByPublicId(theirs.publicId)).toEqual({ key: theirs, workspace: await directory.workspace(otherWorkspaceId) });
    expect(await directory.keyByPublicId(ours.publicId.toUpperCase())).toBeNull();
    expect(await directory.keys(workspaceId)).toEqual([ours]);
  });

  it('refuses a public id that is taken', async () => {
    const key = aKey();
    await write((directory) => directory.insertKey(key));
    await expect(write((directory) => directory.insertKey(aKey({ publicId: key.publicId, workspaceId: otherWorkspaceId })))).rejects.toBeInstanceOf(UniqueConflict);
  });

  it('revokes a key once, in its own workspace, and notes when it was used', async () => {
    const key = aKey();
    await write((directory) => directory.insertKey(key));
    await write((directory) => directory.revokeKey(otherWorkspaceId, key.id, 20));
    const read = async () => (await opened().directory.keyByPublicId(key.publicId))?.key;
    expect(await read()).toEqual(key);
    await write((directory) => directory.revokeKey(workspaceId, key.id, 30));
    expect(await read()).toEqual({ ...key, revokedAt: 30 });
    await write((directory) => directory.revokeKey(workspaceId, key.id, 40));
    await write((directory) => directory.touchKey(key.id, 50));
    expect(await read()).toEqual({ ...key, revokedAt: 30, lastUsedAt: 50 });
  });

  it('shows the settings of the workspace of a key as soon as they are changed', async () => {
    const key = aKey();
    await write((directory) => directory.insertKey(key));
    for (const messageDays of [1, 2, 3]) {
      await write((directory) => directory.updateSettings(workspaceId, { ...defaultSettings, messageDays }));
      expect((await opened().directory.keyByPublicId(key.publicId))?.workspace.settings.messageDays).toBe(messageDays);
    }
  });
}
