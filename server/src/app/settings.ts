import type { Settings, UpdateSettingsRequest } from '@quietlist/contract/settings';
import type { Caller } from './context.ts';
import type { StoreWriter } from './ports.ts';
import { Problem } from './problem.ts';

/** Changes what the request names. The rest is read in this transaction: what somebody else has just changed stays changed. */
export async function updateSettings(writer: StoreWriter, caller: Caller, request: UpdateSettingsRequest): Promise<Settings> {
  const workspace = await writer.directory.workspace(caller.workspace.id);
  if (!workspace) throw new Problem('not-found', 'There is no such workspace.');
  const settings = { ...workspace.settings, ...request };
  await writer.directory.updateSettings(caller.workspace.id, settings);
  return settings;
}
