import type { DatabaseSync } from 'node:sqlite';
import type { DirectoryReader, KeyOfWorkspace } from '../../app/ports.ts';
import { storeError } from './errors.ts';

const most = 1_000;

const frozen = ({ key, workspace }: KeyOfWorkspace): KeyOfWorkspace =>
  Object.freeze({ key: Object.freeze(key), workspace: Object.freeze({ ...workspace, settings: Object.freeze(workspace.settings) }) });

/**
 * Remembers the keys that come with every request for as long as nobody, in whichever process, has committed anything: so says SQLite's
 * `data_version` of a connection that does not write, and it is asked each time. A key that is revoked is so for the next request.
 */
export function rememberingKeys(directory: DirectoryReader, reading: DatabaseSync): DirectoryReader {
  const dataVersion = reading.prepare('pragma data_version');
  dataVersion.setReturnArrays(true);
  const remembered = new Map<string, KeyOfWorkspace>();
  let version: unknown;

  const currentVersion = (): unknown => {
    try {
      return (dataVersion.get() as unknown as unknown[])[0];
    } catch (error) {
      throw storeError(error);
    }
  };

  return {
    ...directory,
    async keyByPublicId(publicId) {
      const current = currentVersion();
      if (current !== version) {
        version = current;
        remembered.clear();
      }
      const known = remembered.get(publicId);
      if (known) return known;
      const found = await directory.keyByPublicId(publicId);
      // What was read is as new as the version before it, or newer. When the version has changed meanwhile, it may be too old for the new one.
      if (found && current === version && remembered.size < most) remembered.set(publicId, frozen(found));
      return found;
    },
  };
}
