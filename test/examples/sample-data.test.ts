import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AddEntriesResponse, NewEntry } from '@quietlist/contract/entry';
import { addressProblems } from '@quietlist/contract/address-problems';
import { reasons, sources, wordsOf, type CheckPurpose } from '@quietlist/contract/vocabulary';
import { createAxiosTransport } from '@quietlist/client/axios-transport';
import { QuietlistClient } from '@quietlist/client/client';
import { splitContacts } from '@quietlist/client/contacts';
import { groupByOptions } from '@quietlist/client/group';
import type { CheckOptions } from '@quietlist/client/types';
import { loadSampleData } from '../../scripts/start/sample-data.ts';
import { expected, recipients, type Recipient } from '../support/campaign.ts';
import { startService, type TestService } from '../support/service.ts';

const { entries } = JSON.parse(readFileSync(new URL('../../examples/data/suppressions.json', import.meta.url), 'utf8')) as { entries: NewEntry[] };

let service: TestService;
let loaded: AddEntriesResponse;

beforeAll(async () => {
  service = await startService();
  loaded = await loadSampleData({ baseUrl: service.baseUrl, apiKey: service.adminKey });
});
afterAll(() => service.stop());

const scopeOf = ({ channel, sender, country, digits, purpose }: Recipient): CheckOptions => ({
  channel,
  ...(sender ? { sender } : {}),
  purpose: purpose as CheckPurpose,
  lists: ['Promotions'],
  addressOptions: { ...(digits ? { digits: digits as 'national' } : {}), ...(country ? { defaultCountry: country } : {}) },
});

const only = <Value>(values: Iterable<Value>): Value[] => [...new Set(values)].sort();

describe('the sample campaign', () => {
  it('has one expectation for every row, with a reason, and an entry wherever somebody is held', () => {
    expect(expected.map(({ row }) => row)).toEqual(recipients.map(({ row }) => row));
    expect(expected.filter(({ reason }) => reason === '')).toEqual([]);
    expect(expected.filter(({ decision, entry }) => (decision === 'suppress') !== (entry !== ''))).toEqual([]);
  });

  it('covers 300 recipients of 15 countries, and 60 entries with every reason and source', () => {
    expect(recipients.length).toBeGreaterThanOrEqual(300);
    expect(new Set(recipients.map(({ country }) => country)).size).toBeGreaterThanOrEqual(15);
    expect(entries.length).toBeGreaterThanOrEqual(60);
    expect(only(entries.flatMap(({ reason }) => reason ?? []))).toEqual([...wordsOf(reasons)].sort());
    expect(only(entries.flatMap(({ source }) => source ?? []))).toEqual([...wordsOf(sources)].sort());
  });

  it('keeps every suppression, also the opt-out whose number is incomplete, and adds nobody twice', () => {
    expect(loaded.counts).toEqual({ added: entries.length - 2, unchanged: 1, widened: 1, invalid: 0 });
    expect(loaded.results.filter(({ unverified }) => unverified).map(({ index }) => entries[index]!.address)).toEqual(['1202555014']);
  });

  it('may be loaded a second time without changing anything', async () => {
    const again = await loadSampleData({ baseUrl: service.baseUrl, apiKey: service.adminKey });
    expect(again.counts).toEqual({ added: 0, unchanged: entries.length, widened: 0, invalid: 0 });
    expect(again.results.map(({ entries: ids }) => ids)).toEqual(loaded.results.map(({ entries: ids }) => ids));
  });

  it('is answered by the API as a person worked it out by hand, and held by the entry that the person named', async () => {
    const transport = createAxiosTransport({ baseUrl: service.baseUrl, apiKey: service.adminKey });
    const client = new QuietlistClient({ transport, sleep: () => Promise.resolve(), now: Date.now });
    const differences: unknown[] = [];
    for (const { options, items } of groupByOptions(recipients, scopeOf)) {
      const people = items.map(({ contact }) => splitContacts(contact));
      const decisions = await client.checkMany(people, options);
      items.forEach(({ row, contact }, index) => {
        const want = expected[Number(row) - 1]!;
        const { decision, code, matched } = decisions[index]!;
        const holding = loaded.results[Number(want.entry) - 1]?.entries ?? [];
        const byNamedEntry = want.entry === '' ? matched.length === 0 : matched.some(({ entry }) => holding.includes(entry));
        if (decision !== want.decision || code !== want.code || !byNamedEntry) differences.push({ row, contact, want, decision, code, matched });
      });
    }
    transport.close();
    expect(differences).toEqual([]);
  });

  it('has rows that nobody can read, each with a code of the registry', () => {
    const unreadable = expected.filter(({ decision, code }) => decision === 'unknown' && code !== 'missing_contact');
    expect(unreadable.length).toBeGreaterThanOrEqual(12);
    expect(unreadable.filter(({ code }) => !Object.hasOwn(addressProblems, code))).toEqual([]);
  });
});
