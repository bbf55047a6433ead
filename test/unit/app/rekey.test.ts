import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addEntries } from '../../../server/src/app/add-entries.ts';
import { check } from '../../../server/src/app/check.ts';
import type { Caller } from '../../../server/src/app/context.ts';
import type { Store } from '../../../server/src/app/ports.ts';
import { rekey } from '../../../server/src/app/rekey.ts';
import { ensureWorkspace } from '../../../server/src/app/workspaces.ts';
import { isChainIntact } from '../../../server/src/domain/history.ts';
import { createPlatform } from '../../../server/src/platform.ts';
import { openMemoryStore } from '../../support/memory-store.ts';
import { anEntry } from '../../support/store-rows.ts';
import { openSqliteStore } from '../../../server/src/store/sqlite/open-sqlite-store.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Stores as older rules left them: keys that today's rules would make otherwise. */
describe.each([
  ['SQLite', () => openSqliteStore({ directory: temporaryFolder() })],
  ['the model store', async () => openMemoryStore()],
])('new address rules on %s', (name, open) => {
  const platform = createPlatform();
  let store: Store;
  let caller: Caller;
  beforeEach(async () => {
    store = await open();
    const workspace = await store.write((writer) => ensureWorkspace(writer, platform, 'main'));
    caller = { workspace, key: { id: 1, name: 'test', role: 'admin' }, actor: 'test' };
  });
  afterEach(() => store.close());

  const decide = async (address: string) => (await check(store, platform.clock, caller, { recipients: [address] })).decisions[0]?.decision;
  const write = (...entries: Array<Parameters<typeof anEntry>[0]>) =>
    store.write((writer) => writer.entries.insert(caller.workspace.id, entries.map((fields) => anEntry({ id: platform.ids.next(), ...fields }))));
  const oldBrazilian = { key: '+551187654321', address: '+551187654321' };

  it('holds a person whose number had another key before', async () => {
    await write(oldBrazilian);
    expect(await decide('+5511987654321')).toBe('allow');
    await rekey(store, platform, () => {});
    expect(await decide('+5511987654321')).toBe('suppress');
    expect(await decide('551187654321')).toBe('suppress');
  });

  it('keeps what either held when two entries become one', async () => {
    await write(oldBrazilian, { key: '+5511987654321', address: '+5511987654321', by: 'operator', purpose: 'all', expiresAt: Date.now() + 60_000 });
    await rekey(store, platform, () => {});
    const [entry, ...others] = await store.entries.findOpen(caller.workspace.id, ['+5511987654321', '+551187654321']);
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ purpose: 'all', expiresAt: null, by: 'recipient' });
  });

  it('gives e-mail the mailbox that it lacked, and ended entries their key', async () => {
    await write({ key: 'a.nn@gmail.com', address: 'a.nn@gmail.com', addressKind: 'email' }, { ...oldBrazilian, endedAt: 5, endedAs: 'removed' });
    await rekey(store, platform, () => {});
    expect(await decide('ann+news@gmail.com')).toBe('suppress');
    expect(await decide('+5511987654321')).toBe('allow');
    expect(await store.entries.findByKey(caller.workspace.id, '+5511987654321', 9)).toHaveLength(1);
  });

  it('holds an opt-out that nobody could read before, by its key and still by its text', async () => {
    await write({ key: 'unverified::0055 11 98765-4321', address: '0055 11 98765-4321', addressKind: 'handle', unverified: true });
    await rekey(store, platform, () => {});
    expect(await decide('+5511987654321')).toBe('suppress');
    expect(await store.entries.findOpen(caller.workspace.id, ['unverified::0055 11 98765-4321'])).toHaveLength(1);
  });

  it('keeps linked addresses linked', async () => {
    const rows = [oldBrazilian, { key: 'ann@example.com', address: 'ann@example.com' }];
    await store.write((writer) => writer.contacts.put(caller.workspace.id, rows.map((row) => ({ ...row, contactId: 3, addressKind: row.key.includes('@') ? 'email' : 'phone' }))));
    await write({ key: 'ann@example.com', address: 'ann@example.com', addressKind: 'email' });
    await rekey(store, platform, () => {});
    expect(await decide('+5511987654321')).toBe('suppress');
    expect((await store.contacts.findLinked(caller.workspace.id, ['+5511987654321'])).map(({ key }) => key)).toEqual(['+5511987654321', 'ann@example.com']);
  });

  it('leaves histories that are intact and say what moved', async () => {
    await store.write((writer) => addEntries(writer, platform, caller, { entries: [{ kind: 'block', address: 'a.nn@gmail.com' }] }));
    await write(oldBrazilian);
    await rekey(store, platform, () => {});
    for (const key of ['+551187654321', '+5511987654321', 'a.nn@gmail.com']) {
      const events = await store.events.timeline(caller.workspace.id, key, 99);
      expect(isChainIntact(events, platform.digest)).toBe(true);
      expect(events.map(({ action }) => action)).toContain(key.includes('@') ? 'added' : 'rekeyed');
    }
  });

  if (name === 'SQLite') it('goes on where it was interrupted, and has nothing to do once it is through', async () => {
    // More rows than one batch; the model store would take long for so many.
    const numbers = Array.from({ length: 4_500 }, (_, index) => `+55118${String(index).padStart(7, '0')}`);
    await write(...numbers.map((number) => ({ key: number, address: number })));
    let batches = 0;
    const failing: Store = { ...store, write: (work) => (batches += 1) > 1 ? Promise.reject(new Error('power cut')) : store.write(work) };
    await expect(rekey(failing, platform, () => {})).rejects.toThrow('power cut');
    const seen: number[] = [];
    await rekey(store, platform, (rows) => seen.push(rows));
    for (const index of [0, 2_222, 4_499]) expect(await decide(`+551198${String(index).padStart(7, '0')}`)).toBe('suppress');
    expect(seen.length).toBeGreaterThan(1);
    await rekey(store, platform, () => expect.unreachable('everything was done'));
  });
});
