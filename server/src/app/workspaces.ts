import { defaultSettings } from '@quietlist/contract/settings';
import type { Platform } from './context.ts';
import type { StoreWriter, Workspace } from './ports.ts';

/** The workspace of this name, made with its default list when it is new. */
export async function ensureWorkspace(writer: StoreWriter, platform: Platform, name: string): Promise<Workspace> {
  const existing = await writer.directory.workspaceByName(name);
  if (existing) return existing;
  const workspace: Workspace = { id: platform.ids.next(), name, settings: defaultSettings, createdAt: platform.clock() };
  await writer.directory.insertWorkspace(workspace);
  return workspace;
}
