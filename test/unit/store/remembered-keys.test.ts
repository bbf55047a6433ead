import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '@quietlist/contract/settings';
import type { KeyRecord } from '../../../server/src/app/ports.ts';
import { openSqliteStore, type SqliteStore } from '../../../server/src/store/sqlite/open-sqlite-store.ts';
import { aKey, createWorkspaces, workspaceId } from '../../support/store-rows.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Two stores on one folder, as of two processes, and a key that the first one knows. */
async function withKey(work: (service: SqliteStore, command: SqliteStore, key: KeyRecord) => Promise<void>): Promise<void> {
  const directory = temporaryFolder();
  const [service, command] = [await openSqliteStore({ directory }), await openSqliteStore({ directory })];
  const key = aKey();
  await service.write(async (writer) => {
    await createWorkspaces(writer);
    await writer.directory.insertKey(key);
  });
  for (let time = 0; time < 3; time += 1) expect((await service.directory.keyByPublicId(key.publicId))?.key).toEqual(key);
  await work(service, command, key);
  await service.close();
  await command.close();
}

const revokedAt = async (store: SqliteStore, { publicId }: KeyRecord) => (await store.directory.keyByPublicId(publicId))?.key.revokedAt;

describe('a key that a service has seen', () => {
  it('is revoked for it as soon as another process has revoked it', () =>
    withKey(async (service, command, key) => {
      await command.write((writer) => writer.directory.revokeKey(workspaceId, key.id, 50));
      expect(await revokedAt(service, key)).toBe(50);
    }));

  it('is revoked for it as soon as it has revoked it, however often it is asked for meanwhile', () =>
    withKey(async (service, _command, key) => {
      let isDone = false;
      const asking = (async () => {
        for (; !isDone; await setImmediate()) await Promise.all([revokedAt(service, key), revokedAt(service, key)]);
      })();
      await service.write(async (writer) => {
        await writer.directory.revokeKey(workspaceId, key.id, 50);
        expect(await revokedAt(service, key)).toBeNull();
      });
      expect(await revokedAt(service, key)).toBe(50);
      isDone = true;
      await asking;
      expect(await revokedAt(service, key)).toBe(50);
    }));

  it('brings the settings that its workspace has now', () =>
    withKey(async (service, command, key) => {
      await command.write((writer) => writer.directory.updateSettings(workspaceId, { ...defaultSettings, mailboxMatching: false }));
      expect((await service.directory.keyByPublicId(key.publicId))?.workspace.settings.mailboxMatching).toBe(false);
    }));

  it('cannot be changed by whoever asked for it', () =>
    withKey(async (service, _command, key) => {
      const known = (await service.directory.keyByPublicId(key.publicId))!;
      expect(() => Object.assign(known.key, { role: 'admin' })).toThrow(TypeError);
      expect(() => Object.assign(known.workspace.settings, { mailboxMatching: false })).toThrow(TypeError);
    }));
});
