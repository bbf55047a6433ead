import type { Entry as EntryView } from '@quietlist/contract/entry';
import { idOf } from '../domain/id-text.ts';
import type { Caller } from './context.ts';
import { entryView } from './entry-view.ts';
import type { Clock, StoreReader } from './ports.ts';
import { Problem } from './problem.ts';
import { loadReferences } from './references.ts';

/** One entry of the caller's workspace, ended ones too. Another workspace's is not found. */
export async function getEntry(reader: StoreReader, clock: Clock, caller: Caller, idGiven: string): Promise<EntryView> {
  const id = idOf('ent', idGiven);
  const entry = id === null ? undefined : (await reader.entries.findByIds(caller.workspace.id, [id]))[0];
  if (!entry) throw new Problem('not-found', 'There is no such entry.');
  return entryView(entry, (await loadReferences(reader.directory, caller.workspace.id)).names, clock());
}
