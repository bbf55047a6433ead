import { expect, it } from 'vitest';
import type { EntryFilter, EntrySort, PageStart, Store } from '../../../server/src/app/ports.ts';
import type { Entry } from '../../../server/src/domain/entry.ts';
import { anEntry, workspaceId } from '../../support/store-rows.ts';

const now = 10_000;
const sorts: EntrySort[] = ['-createdAt', 'createdAt', 'address', '-address'];

/** Entries of every sort: kinds, lists, scopes, reasons, ended and past their expiry, several of one key and of one instant. */
function sampleEntries(): Entry[] {
  return Array.from({ length: 96 }, (_, index) => {
    const kind = index % 3 === 0 ? 'block' : 'opt_out';
    return anEntry({
      kind,
      key: `${index % 2 ? 'p+' : 'e'}${(index * 37) % 24}`,
      list: kind === 'block' ? null : index % 5 === 0 ? 'lst_1' : 'default',
      channel: ['whatsapp', 'sms', null][index % 4] ?? null,
      sender: ['snd_1', 'snd_2', null][(index >> 2) % 4] ?? null,
      reason: index % 7 === 0 ? 'legal' : 'opt_out',
      source: index % 6 === 0 ? 'csv' : 'api',
      by: index % 4 === 0 ? 'operator' : 'recipient',
      batch: index % 8 === 0 ? 'imp_1' : null,
      createdAt: 1_000 + Math.floor(index / 3),
      expiresAt: index % 9 === 0 ? now - 1 + ((index / 9) % 3) : null,
    });
  });
}

const filters: EntryFilter[] = [
  {}, { status: 'any' }, { status: 'removed' }, { status: 'expired' }, { status: 'active' },
  ...(['active', 'any', 'removed', 'expired'] as const).flatMap((status): EntryFilter[] => [
    { status, kind: 'block' }, { status, kind: 'opt_out' }, { status, list: 'default' }, { status, list: 'lst_1' }, { status, list: 'lst_1', kind: 'block' },
    { status, sender: 'snd_1' }, { status, sender: 'snd_1', kind: 'block' }, { status, sender: 'snd_2', list: 'default' }, { status, channel: 'sms' },
    { status, reason: 'legal' }, { status, source: 'csv' }, { status, by: 'operator' }, { status, batch: 'imp_1' },
    { status, createdFrom: 1_005, createdTo: 1_020 }, { status, keyPrefix: 'p+1' }, { status, keyPrefix: 'e' }, { status, keyPrefix: 'e2', kind: 'opt_out' },
    { status, kind: 'opt_out', list: 'default', channel: 'whatsapp', source: 'api', createdFrom: 1_002, keyPrefix: 'p' },
  ]),
  { sender: '*' }, { channel: '*' }, { list: '' }, { keyPrefix: '' }, { keyPrefix: 'q' }, { list: 'none' },
];

export function entryPagePromises(opened: () => Store): void {
  /** Writes the sample, ends some, and answers what is then in the store. */
  async function sample(): Promise<Entry[]> {
    const entries = sampleEntries().filter((entry, index, all) => {
      const sameAs = (other: Entry) => other.key === entry.key && other.kind === entry.kind && other.list === entry.list && other.channel === entry.channel && other.sender === entry.sender;
      return all.findIndex(sameAs) === index;
    });
    await opened().write(async (writer) => {
      await writer.entries.insert(workspaceId, entries);
      await writer.entries.end(workspaceId, entries.filter((_, index) => index % 5 === 1), 5_000, 'removed');
      await writer.entries.end(workspaceId, entries.filter((_, index) => index % 7 === 2), 6_000, 'expired');
    });
    return opened().entries.findByIds(workspaceId, entries.map(({ id }) => id));
  }

  const page = (filter: EntryFilter, sort: EntrySort, limit: number, after: PageStart | null) => opened().entries.page(workspaceId, filter, sort, limit, after, now);

  async function allPages(filter: EntryFilter, sort: EntrySort, limit: number): Promise<Entry[]> {
    const found: Entry[] = [];
    for (let after: PageStart | null = null; ; ) {
      const rows: Entry[] = await page(filter, sort, limit, after);
      found.push(...rows);
      const last = rows.at(-1);
      if (rows.length < limit || !last) return found;
      after = { key: last.key, id: last.id };
    }
  }

  const statusOf = (entry: Entry): string =>
    entry.endedAs ?? (entry.expiresAt !== null && entry.expiresAt <= now ? 'expired' : 'active');
  const expected = (entries: Entry[], { status = 'active', keyPrefix = '', createdFrom = 0, createdTo = Infinity, ...exact }: EntryFilter, sort: EntrySort): Entry[] => {
    const rows = entries.filter(
      (entry) =>
        (status === 'any' || statusOf(entry) === status) && entry.key.startsWith(keyPrefix) && entry.createdAt >= createdFrom && entry.createdAt <= createdTo &&
        Object.entries(exact).every(([field, value]) => entry[field as keyof typeof exact] === value),
    );
    const byAddress = (a: Entry, b: Entry) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id - b.id);
    rows.sort(sort.endsWith('address') ? byAddress : (a, b) => a.id - b.id);
    return sort.startsWith('-') ? rows.reverse() : rows;
  };

  it.each(sorts)('shows exactly the rows of every filter, each once and in order, over pages of any size: %s', async (sort) => {
    const entries = await sample();
    for (const filter of filters) {
      const rows = expected(entries, filter, sort);
      for (const limit of [1, 7, 1_000]) expect({ filter, rows: await allPages(filter, sort, limit) }).toEqual({ filter, rows });
    }
  });

  it.each(sorts)('goes on after the last row shown when rows come and go meanwhile: %s', async (sort) => {
    const entries = await sample();
    const first = await page({}, sort, 5, null);
    const last = first.at(-1);
    if (!last) return;
    await opened().write(async (writer) => {
      await writer.entries.end(workspaceId, first, 9_000, 'removed');
      await writer.entries.insert(workspaceId, [anEntry({ key: 'e0', channel: 'rcs' }), anEntry({ key: 'p+9', channel: 'rcs' })]);
    });
    const rest = expected(entries, {}, sort).slice(5);
    const shown = await page({}, sort, 1_000, { key: last.key, id: last.id });
    expect(shown.filter(({ channel }) => channel !== 'rcs')).toEqual(rest);
  });

  it('shows an entry as expired from the very instant of its expiry', async () => {
    const entries = [now - 1, now, now + 1].map((expiresAt, index) => anEntry({ key: `p+${index}`, expiresAt }));
    await opened().write((writer) => writer.entries.insert(workspaceId, entries));
    for (const sort of sorts) {
      const shown = async (status: 'active' | 'expired') => (await page({ status }, sort, 10, null)).map(({ key }) => key).sort();
      expect([sort, await shown('active'), await shown('expired')]).toEqual([sort, ['p+2'], ['p+0', 'p+1']]);
    }
  });

  it('sorts and cuts keys by code point, astral ones last', async () => {
    const keys = ['h\u{7F}', 'h\u{D7FF}', 'h\u{E000}', 'h\u{FFFD}', 'h\u{10000}', 'h\u{10FFFF}', 'h\u{10FFFF}a', 'i'];
    await opened().write((writer) => writer.entries.insert(workspaceId, keys.toReversed().map((key) => anEntry({ key }))));
    const shown = async (keyPrefix: string) => (await allPages({ keyPrefix }, 'address', 2)).map(({ key }) => key);
    expect(await shown('')).toEqual(keys);
    expect(await shown('h')).toEqual(keys.slice(0, -1));
    expect(await shown('h\u{D7FF}')).toEqual(['h\u{D7FF}']);
    expect(await shown('h\u{10FFFF}')).toEqual(['h\u{10FFFF}', 'h\u{10FFFF}a']);
  });

  it('takes a prefix as it is: no wildcards', async () => {
    await opened().write((writer) => writer.entries.insert(workspaceId, ['ea_b', 'eaxb', 'e%', 'e*', 'e?'].map((key) => anEntry({ key }))));
    const shown = async (keyPrefix: string) => (await page({ keyPrefix }, 'address', 10, null)).map(({ key }) => key);
    expect(await shown('ea_')).toEqual(['ea_b']);
    expect(await shown('e%')).toEqual(['e%']);
    expect(await shown('e*')).toEqual(['e*']);
  });

  it('pages by a prefix that very many entries share', async () => {
    const many = Array.from({ length: 1_500 }, (_, index) => anEntry({ key: `p+55${(index * 733) % 1_500}`, kind: index % 2 ? 'block' : 'opt_out' }));
    await opened().write((writer) => writer.entries.insert(workspaceId, [...many, anEntry({ key: 'e1' })]));
    for (const sort of sorts) {
      expect((await allPages({ keyPrefix: 'p+55' }, sort, 400)).map(({ id }) => id)).toEqual(expected(many, {}, sort).map(({ id }) => id));
    }
  });
}
