import { addEntries } from '../../server/src/app/add-entries.ts';
import { createKey } from '../../server/src/app/keys.ts';
import type { Caller, Platform } from '../../server/src/app/context.ts';
import type { Store } from '../../server/src/app/ports.ts';
import { ensureWorkspace } from '../../server/src/app/workspaces.ts';
import { createPlatform } from '../../server/src/platform.ts';
import { openStore, type StorePlace } from '../../server/src/store/open-store.ts';

/** Blocks so many phone numbers from `first` on, the way the service does. */
export async function blockPhones(store: Store, platform: Platform, first: number, count: number, expiresAt?: string): Promise<void> {
  const entries = Array.from({ length: count }, (_, index) => ({ kind: 'block' as const, address: `+4915${String(110_000_000 + first + index)}`, ...(expiresAt === undefined ? {} : { expiresAt }) }));
  await store.write(async (writer) => {
    const workspace = await ensureWorkspace(writer, platform, 'main');
    const caller: Caller = { workspace, key: { id: 1, name: 'Test', role: 'admin' }, actor: 'key_1' };
    return addEntries(writer, platform, caller, { entries });
  });
}

/** A store with a workspace, a key and so many blocks, closed again; answers the key. */
export async function fillStore(place: StorePlace, count: number, platform: Platform = createPlatform()): Promise<string> {
  const store = await openStore(place);
  await blockPhones(store, platform, 0, count);
  const { secret } = await store.write(async (writer) => createKey(writer, platform, await ensureWorkspace(writer, platform, 'main'), { name: 'Test', role: 'agent' }));
  await store.close();
  return secret;
}
