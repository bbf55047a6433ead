import type { Settings, UpdateSettingsRequest } from '@quietlist/contract/settings';
import type { Caller } from './context.ts';
import type { StoreWriter } from './ports.ts';

export async function updateSettings(writer: StoreWriter, caller: Caller, request: UpdateSettingsRequest): Promise<Settings> {
  const settings = { ...caller.workspace.settings, ...request };
  await writer.directory.updateSettings(caller.workspace.id, settings);
  return settings;
}
