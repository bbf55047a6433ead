import { defaultSettings } from '@quietlist/contract/settings';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { compareStores } from '../../server/src/app/compare-stores.ts';
import { emptyList } from '../../server/src/app/default-list.ts';
import { copyStore, requireWhole } from '../../server/src/app/copy-store.ts';
import { StoreRefused, StoreUnavailable, type Store } from '../../server/src/app/ports.ts';
import { openStore, type StorePlace } from '../../server/src/store/open-store.ts';
import { startPostgres, type PostgresServer } from '../support/postgres.ts';
import { runMain } from '../support/run-main.ts';
import { aKey, aLink, anEntry, anEventDraft, appendEvents, createWorkspaces, otherWorkspaceId, sha256, workspaceId } from '../support/store-rows.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.remove());

const folder = (): StorePlace & { directory: string } => ({ engine: 'sqlite', directory: temporaryFolder() });
const database = async (): Promise<StorePlace & { url: string }> => ({ engine: 'postgres', url: await server.createDatabase() });

async function opened(place: StorePlace): Promise<Store> {
  const store = await openStore(place);
  onTestFinished(() => store.close());
  return store;
}

const people = 2_300;
const links = 2_100;

/** Everything that a store can hold: open and ended entries, awkward texts, two workspaces, revoked keys, linked addresses. */
async function fill(store: Store): Promise<void> {
  await store.write(createWorkspaces);
  await store.write(async (writer) => {
    const { directory, records } = writer;
    await directory.putList(workspaceId, { ...emptyList, id: 'lst_1', name: 'Größe 🚀', description: 'a\u2028b', keyword: 'NEIN', createdAt: 5 });
    await directory.putList(workspaceId, { ...emptyList, id: 'default', name: 'Renamed', createdAt: 1 });
    await records.put(workspaceId, 'template', { id: 'tpl_1', name: 'welcome', body: { name: 'welcome', channel: null, buttons: ['Stop'] }, createdAt: 3 });
    await directory.putSender(otherWorkspaceId, { id: 'snd_1', name: 'Main', channel: 'sms', channelId: 7, createdAt: 6 });
    await directory.insertKey({ ...aKey({ workspaceId, name: 'old' }), revokedAt: 9, lastUsedAt: 8, expiresAt: 10 });
    await directory.insertKey(aKey({ workspaceId: otherWorkspaceId, name: 'new' }));
    await writer.contacts.put(workspaceId, [{ contactId: 1, key: 'p+1', address: '+1', addressKind: 'phone' }, { contactId: 1, key: 'eA', address: 'A', addressKind: 'email' }]);
    await writer.marks.put('address-rules', 'version of the source');
    await writer.marks.put('link-secret', 'secret of the source');
    for (const workspace of [workspaceId, otherWorkspaceId]) await writer.links.keep(workspace, Array.from({ length: links / 2 }, (_, index) => aLink(`${workspace} ${index}`, { workspaceId: workspace, channel: index % 2 ? null : 'email' })));
  });
  await store.write(async (writer) => {
    const entries = Array.from({ length: people }, (_, index) => anEntry({
      key: `${index % 2 ? 'p+' : 'e'}${index}`, note: index % 3 ? null : '"ü" \\ {}', evidence: { index, text: 'NULL', none: '' }, mailbox: index % 5 ? null : `m${index}`,
      expiresAt: index % 7 ? null : 99, channel: index % 4 ? null : 'sms',
    }));
    await writer.entries.insert(workspaceId, entries);
    await writer.entries.insert(otherWorkspaceId, [anEntry({ key: 'p+1', kind: 'block' })]);
    await writer.entries.end(workspaceId, entries.slice(0, 40), 77, 'removed');
    const drafts = entries.flatMap(({ id, key }, index) => (index < 40 ? [anEventDraft({ key, entryId: id }), anEventDraft({ key, entryId: id, action: 'removed', before: { a: [1, null] } })] : [anEventDraft({ key, entryId: id })]));
    await appendEvents(writer, workspaceId, drafts);
    await appendEvents(writer, otherWorkspaceId, [anEventDraft({ key: 'p+1' })]);
    await writer.deliveries.follow({ workspaceId, target: 'whk_1', position: 2 });
    await writer.deliveries.insert(workspaceId, [{
      id: 5, target: 'whk_1', event: 'evt_1', type: 'opt_out.added', url: null, body: '{"ü":1}', status: 'pending', attempts: 2, dueAt: 90, lastStatus: 500, lastError: null, createdAt: 50, deliveredAt: null,
    }]);
    // The oldest is no longer kept, and the newest waits for its place.
    await writer.outbox.append(workspaceId, { id: 1, at: 10, items: [['p+1', 1], ['p+3', 1]] });
    await writer.outbox.place(10);
    await writer.outbox.append(workspaceId, { id: 2, at: 20, items: [['p+5', 1], { id: 3, type: 'review.needed', data: { actor: 'key_1', reason: null, batch: 'ü' } }] });
    await writer.outbox.place(10);
    await writer.outbox.append(workspaceId, { id: 4, at: 20, items: [['p+7', 1]] });
    await writer.outbox.append(otherWorkspaceId, { id: 6, at: 10, items: [['p+1', 1]] });
    await writer.outbox.deleteBefore(15, 10);
  });
}

const copy = (source: Store, target: Store) => copyStore(source, target, sha256, () => {});
const difference = async (source: Store, target: Store) => (await compareStores(source, target, sha256, () => {})).difference;
const counts = { workspaces: 2, entries: people + 1, events: people + 41, contacts: 2, links, news: 2, deliveries: 1 };

describe('copying a store', () => {
  it('takes everything from a folder to a database and back again, and lets nobody tell the difference', async () => {
    const [first, middle, last] = [await opened(folder()), await opened(await database()), await opened(folder())];
    await fill(first);
    expect(await copy(first, middle)).toEqual(counts);
    expect(await copy(middle, last)).toEqual(counts);
    expect(await difference(first, last)).toBeNull();
    expect(await last.marks.get('address-rules')).toBe('version of the source');
    expect(await last.marks.get('link-secret')).toBe('secret of the source');
    expect(await last.links.find(sha256('8 7'))).toEqual(await first.links.find(sha256('8 7')));
    for (const store of [middle, last]) {
      expect([await store.outbox.head(workspaceId), await store.outbox.start(workspaceId), await store.outbox.head(otherWorkspaceId), (await store.outbox.after(workspaceId, 2, 9)).map(({ position }) => position)]).toEqual([5, 2, 1, [4, 5]]);
      expect(await store.deliveries.dueTargets()).toEqual([{ workspaceId, target: 'whk_1', dueAt: 90 }]);
    }
    expect((await last.directory.lists(workspaceId)).map(({ name }) => name)).toEqual(['Renamed', 'Größe 🚀']);
    const [held] = await last.entries.findOpen(workspaceId, ['p+41']);
    expect(held).toEqual((await first.entries.findOpen(workspaceId, ['p+41']))[0]);
    await requireWhole(last);
  });

  it('goes on where it stopped, however often, and serves nobody before it is done', async () => {
    const [source, target] = [await opened(folder()), await opened(await database())];
    await fill(source);
    let writes = 0;
    const failing: Store = { ...target, write: async (work) => {
      writes += 1;
      if (writes % 2 === 0) throw new StoreUnavailable('gone');
      return target.write(work);
    } };
    let interruptions = 0;
    for (;;) {
      try {
        expect(await copy(source, failing)).toEqual(counts);
        break;
      } catch (error) {
        expect(error).toBeInstanceOf(StoreUnavailable);
        interruptions += 1;
        await expect(requireWhole(target)).rejects.toBeInstanceOf(StoreRefused);
      }
    }
    expect(interruptions).toBeGreaterThan(3);
    await requireWhole(target);
    expect(await copy(source, target)).toEqual(counts);
  });

  it('leaves a target alone that holds other data, and copies from none that is empty or half a copy', async () => {
    const [source, other, target] = [await opened(folder()), await opened(folder()), await opened(await database())];
    await fill(source);
    await other.write((writer) => writer.directory.insertWorkspace({ id: 3, name: 'other', settings: defaultSettings, createdAt: 3 }));
    await expect(copy(source, other)).rejects.toThrow(/other data/);
    expect((await other.directory.workspaces()).length).toBe(1);
    await expect(copy(target, other)).rejects.toThrow(/empty/);

    const failing: Store = { ...target, write: (() => { let writes = 0; return async (work) => { if ((writes += 1) > 1) throw new StoreUnavailable('gone'); return target.write(work); }; })() };
    await expect(copy(source, failing)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(copy(other, target)).rejects.toThrow(/other data/);
    await expect(copy(target, await opened(folder()))).rejects.toThrow(/not finished/);
  });

  it('finds a row that was changed on the way, and a history that was tampered with', async () => {
    const source = await opened(folder());
    await fill(source);
    const place = await database();
    const target = await opened(place);
    await copy(source, target);
    for (const [change, back, what] of [
      ["update entry set note = 'x' where key = 'p+41'", "update entry set note = null where key = 'p+41'", /entries that are not the same/],
      ["update event set actor = 'somebody' where key = 'p+41'", "update event set actor = 'key_1' where key = 'p+41'", /broken in the target/],
      ["update list set name = 'x' where id = 'lst_1'", "update list set name = 'Größe 🚀' where id = 'lst_1'", /lists/],
      [`update link set list = 'lst_9' where token_hash = '${  sha256('7 1')  }'`, `update link set list = 'default' where token_hash = '${  sha256('7 1')  }'`, /links that are not the same/],
      ["delete from contact_address where key = 'eA'", "insert into contact_address values (7, 'eA', 1, 'A', 'email')", /2 contacts in the source, 1 in the target/],
    ] as const) {
      await server.query(change, place.url);
      await expect(copy(source, target)).rejects.toThrow(what);
      await server.query(back, place.url);
      expect(await difference(source, target)).toBeNull();
    }
  });

  it('is one command', async () => {
    const [from, to] = [folder(), await database()];
    const source = await openStore(from);
    await fill(source);
    await source.close();
    const done = await runMain(['copy', '--from', from.directory, '--to', to.url]);
    expect(done.stderr).toBe('');
    expect(done.stdout).toContain(`${(people + 1).toLocaleString('en-US')} entries`);
    expect(done.code).toBe(0);
    expect((await runMain(['copy', '--from', to.url, '--to', to.url])).code).toBe(64);
    const none = await runMain(['copy', '--from', `${from.directory}/none`, '--to', to.url]);
    expect([none.code, none.stderr]).toEqual([64, expect.stringMatching(/no data of Quietlist/)]);
    const bad = await runMain(['copy', '--from', from.directory, '--to', 'mysql://user:secret@host/db']);
    expect([bad.code, bad.stderr]).toEqual([64, expect.not.stringContaining('secret')]);
  });
});
