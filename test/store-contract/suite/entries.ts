import { expect, it } from 'vitest';
import { UniqueConflict, type Store } from '../../../server/src/app/ports.ts';
import type { Entry } from '../../../server/src/domain/entry.ts';
import { anEntry, otherWorkspaceId, workspaceId } from '../../support/store-rows.ts';

const byId = (a: Entry, b: Entry): number => a.id - b.id;

export function entryPromises(opened: () => Store): void {
  const insert = async (...entries: Entry[]): Promise<Entry[]> => {
    await opened().write((writer) => writer.entries.insert(workspaceId, entries));
    return entries;
  };
  const read = async (id: number): Promise<Entry | undefined> => (await opened().entries.findByIds(workspaceId, [id]))[0];

  it('gives every field back as it was written', async () => {
    const full = anEntry({
      kind: 'opt_out', key: 'hx\u{1F9D1}\u{200D}\u{1F680}', address: 'ナ\u{10FFFF}\u{E000}"\\\n', addressKind: 'handle', unverified: true, mailbox: 'em@gmail.com',
      channel: 'whatsapp', sender: 'snd_1', list: 'lst_1', purpose: 'all', direction: 'both', reason: 'legal', note: '', source: 'template_reply',
      evidence: { text: "STOP 👍 'quoted' \"too\"", score: 0.1, big: Number.MAX_SAFE_INTEGER, tiny: -1.5e-300, yes: true, no: false, empty: '', ['__proto__']: 1 },
      by: 'system', batch: 'imp_1', createdAt: 1_780_000_000_123, expiresAt: 1_790_000_000_999,
    });
    const bare = anEntry({ kind: 'block', key: 'p+1' });
    await insert(full, bare);
    expect((await opened().entries.findByIds(workspaceId, [full.id, bare.id])).sort(byId)).toEqual([full, bare]);
    expect(await opened().entries.findOpen(workspaceId, [full.key])).toEqual([full]);
  });

  it('finds the open entries of many keys, each once, whatever the order and repeats of the keys', async () => {
    const entries = await insert(...Array.from({ length: 300 }, (_, index) => anEntry({ key: `p+${(index * 7919) % 1000}` })));
    const more = await insert(anEntry({ key: 'p+0', channel: 'sms' }), anEntry({ key: 'p+0', kind: 'block' }));
    const asked = [...entries, ...entries].map(({ key }) => key).concat('p+none', 'p+');
    expect((await opened().entries.findOpen(workspaceId, asked)).sort(byId)).toEqual([...entries, ...more]);
    expect(await opened().entries.findOpen(workspaceId, [])).toEqual([]);
  });

  it('finds entries among more keys than one statement takes', async () => {
    const entries = await insert(anEntry({ key: 'p+0' }), anEntry({ key: 'p+9999' }), anEntry({ key: 'p+25000' }));
    const keys = Array.from({ length: 25_001 }, (_, index) => `p+${index}`);
    expect((await opened().entries.findOpen(workspaceId, keys)).sort(byId)).toEqual(entries);
  });

  it('tells keys apart that differ only in case, accents or blanks', async () => {
    const keys = ['ea@x.de', 'eA@x.de', 'eá@x.de', 'ea\u0301@x.de', 'ea@x.de ', 'e'];
    const entries = await insert(...keys.map((key) => anEntry({ key })));
    for (const entry of entries) expect(await opened().entries.findOpen(workspaceId, [entry.key])).toEqual([entry]);
  });

  it('finds open entries by mailbox, and none without one', async () => {
    const tagged = anEntry({ key: 'eann+news@gmail.com', mailbox: 'mann@gmail.com' });
    const plain = anEntry({ key: 'eann@gmail.com', mailbox: 'mann@gmail.com' });
    await insert(tagged, plain, anEntry({ key: 'eann@example.com' }));
    expect((await opened().entries.findOpenByMailbox(workspaceId, ['mann@gmail.com', 'mbob@gmail.com'])).sort(byId)).toEqual([tagged, plain]);
    await opened().write((writer) => writer.entries.end(workspaceId, [plain], 9, 'removed'));
    expect(await opened().entries.findOpenByMailbox(workspaceId, ['mann@gmail.com'])).toEqual([tagged]);
    expect((await opened().entries.keysOfMailboxes(workspaceId, ['mann@gmail.com', 'mbob@gmail.com'])).sort()).toEqual([plain.key, tagged.key].sort());
    expect(await opened().entries.keysOfMailboxes(otherWorkspaceId, ['mann@gmail.com'])).toEqual([]);
  });

  it('never shows a workspace the entries of another', async () => {
    const [ours] = await insert(anEntry({ mailbox: 'm', sender: 'snd_1', expiresAt: 5 }));
    const { entries } = opened();
    const id = ours?.id ?? 0;
    expect(await entries.findOpen(otherWorkspaceId, [ours?.key ?? ''])).toEqual([]);
    expect(await entries.findOpenByMailbox(otherWorkspaceId, ['m'])).toEqual([]);
    expect(await entries.findByIds(otherWorkspaceId, [id])).toEqual([]);
    expect(await entries.findByKey(otherWorkspaceId, ours?.key ?? '', 10)).toEqual([]);
    expect(await entries.page(otherWorkspaceId, { status: 'any' }, '-createdAt', 10, null, 0)).toEqual([]);
    expect(await entries.countOpenByList(otherWorkspaceId, 0)).toEqual(new Map());
    expect(await entries.hasOpenOfSender(otherWorkspaceId, 'snd_1', 0)).toBe(false);
    await opened().write(async (writer) => {
      await writer.entries.end(otherWorkspaceId, ours ? [ours] : [], 9, 'removed');
      await writer.entries.update(otherWorkspaceId, [anEntry({ id, note: 'changed' })]);
    });
    expect(await read(id)).toEqual(ours);
  });

  it.each([
    ['the same scope', {}],
    ['any channel and sender twice', { channel: null, sender: null }],
  ])('refuses a second open entry of one natural key: %s', async (_, scope) => {
    const first = anEntry({ channel: 'sms', sender: 'snd_1', ...scope });
    await insert(first);
    await expect(insert({ ...first, id: anEntry().id, note: 'second' })).rejects.toBeInstanceOf(UniqueConflict);
    expect(await opened().entries.findByKey(workspaceId, first.key, 10)).toEqual([first]);
  });

  it('keeps entries apart that differ in one part of the natural key', async () => {
    const entries = [
      anEntry(), anEntry({ channel: 'sms' }), anEntry({ sender: 'snd_1' }), anEntry({ channel: 'sms', sender: 'snd_1' }), anEntry({ list: 'lst_1' }),
      anEntry({ kind: 'block' }), anEntry({ kind: 'block', channel: 'sms' }), anEntry({ key: 'p+1' }),
    ];
    await insert(...entries);
    await opened().write((writer) => writer.entries.insert(otherWorkspaceId, [anEntry()]));
    expect((await opened().entries.page(workspaceId, {}, 'createdAt', 100, null, 0)).length).toBe(entries.length);
  });

  it('frees the natural key when an entry ends, any number of times, and keeps every tombstone', async () => {
    const ended: Entry[] = [];
    for (const endedAs of ['removed', 'expired', 'removed'] as const) {
      const [entry] = await insert(anEntry({ channel: 'sms' }));
      if (!entry) continue;
      await opened().write((writer) => writer.entries.end(workspaceId, [entry], 2_000, endedAs));
      ended.unshift({ ...entry, endedAt: 2_000, endedAs });
    }
    const [again] = await insert(anEntry({ channel: 'sms' }));
    expect(await opened().entries.findByKey(workspaceId, again?.key ?? '', 10)).toEqual([again, ...ended]);
    expect(await opened().entries.findByKey(workspaceId, again?.key ?? '', 2)).toEqual([again, ended[0]]);
    expect(await opened().entries.findOpen(workspaceId, [again?.key ?? ''])).toEqual([again]);
  });

  it('ends many entries at once, leaves others alone, and does not end one twice', async () => {
    const entries = await insert(...Array.from({ length: 50 }, (_, index) => anEntry({ key: `p+${index}` })));
    const ending = entries.slice(10);
    const ids = ending.map(({ id }) => id);
    const nobody = { id: 999_999, key: 'p+0' };
    const mixedUp = { id: entries[0]?.id ?? 0, key: 'p+1' };
    await opened().write((writer) => writer.entries.end(workspaceId, [...ending, nobody, mixedUp], 2_000, 'removed'));
    await opened().write((writer) => writer.entries.end(workspaceId, ending, 3_000, 'expired'));
    expect((await opened().entries.findOpen(workspaceId, entries.map(({ key }) => key))).sort(byId)).toEqual(entries.slice(0, 10));
    expect((await opened().entries.findByIds(workspaceId, ids)).every(({ endedAt, endedAs }) => endedAt === 2_000 && endedAs === 'removed')).toBe(true);
  });

  it('updates the changeable fields of an open entry and nothing else', async () => {
    const [entry] = await insert(anEntry({ channel: 'sms', mailbox: 'm' }));
    if (!entry) return;
    const change = {
      purpose: 'all', direction: 'both', expiresAt: 5_000, by: 'operator', reason: 'abuse', note: 'née', source: 'csv', evidence: { a: false }, batch: 'b',
    } as const;
    const attempt = { ...entry, ...change, channel: 'email', address: 'other', createdAt: 9, mailbox: 'n', list: 'lst_2', unverified: true };
    await opened().write((writer) => writer.entries.update(workspaceId, [attempt]));
    expect(await read(entry.id)).toEqual({ ...entry, ...change });
  });

  it('does not update an entry that has ended', async () => {
    const [entry] = await insert(anEntry());
    if (!entry) return;
    await opened().write((writer) => writer.entries.end(workspaceId, [entry], 2_000, 'removed'));
    await opened().write((writer) => writer.entries.update(workspaceId, [{ ...entry, note: 'late' }]));
    expect(await read(entry.id)).toEqual({ ...entry, endedAt: 2_000, endedAs: 'removed' });
  });

  it('counts the active entries of each list: neither ended nor past their expiry, and no blocks', async () => {
    const [gone] = await insert(anEntry({ key: 'p+1' }), anEntry({ key: 'p+2' }), anEntry({ key: 'p+3', expiresAt: 50 }), anEntry({ key: 'p+4', expiresAt: 51 }),
      anEntry({ key: 'p+5', list: 'lst_1', expiresAt: 10 }), anEntry({ key: 'p+6', list: 'lst_2' }), anEntry({ kind: 'block' }));
    await opened().write((writer) => writer.entries.end(workspaceId, gone ? [gone] : [], 2, 'removed'));
    expect(await opened().entries.countOpenByList(workspaceId, 50)).toEqual(new Map([['default', 2], ['lst_2', 1]]));
  });

  it('knows whether a sender has an active entry', async () => {
    const [gone] = await insert(anEntry({ sender: 'snd_gone' }), anEntry({ sender: 'snd_past', expiresAt: 50 }), anEntry({ sender: 'snd_now', expiresAt: 51 }), anEntry());
    await opened().write((writer) => writer.entries.end(workspaceId, gone ? [gone] : [], 2, 'removed'));
    const has = (sender: string) => opened().entries.hasOpenOfSender(workspaceId, sender, 50);
    expect([await has('snd_gone'), await has('snd_past'), await has('snd_now'), await has('*')]).toEqual([false, false, true, false]);
  });

  it('finds what is due to expire in every workspace, oldest first', async () => {
    const [late, early, , gone] = await insert(anEntry({ key: 'p+1', expiresAt: 30 }), anEntry({ key: 'p+2', expiresAt: 20 }), anEntry({ key: 'p+3', expiresAt: 31 }),
      anEntry({ key: 'p+4', expiresAt: 1 }), anEntry({ key: 'p+5' }));
    const theirs = anEntry({ expiresAt: 25 });
    await opened().write(async (writer) => {
      await writer.entries.insert(otherWorkspaceId, [theirs]);
      await writer.entries.end(workspaceId, gone ? [gone] : [], 2, 'expired');
    });
    expect(await opened().entries.findDue(30, 10)).toEqual([
      { workspaceId, entry: early }, { workspaceId: otherWorkspaceId, entry: theirs }, { workspaceId, entry: late },
    ]);
    expect(await opened().entries.findDue(30, 1)).toEqual([{ workspaceId, entry: early }]);
  });
}
