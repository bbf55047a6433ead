import type { NewEntry } from '@quietlist/contract/entry';
import { describe, expect, it } from 'vitest';
import { completeEntry, type EntryTemplate } from '../../../server/src/domain/new-entry.ts';

const now = Date.UTC(2026, 2, 3, 10, 15);
const nothing = { list: null, sender: null };
const complete = (item: NewEntry) => completeEntry(item, nothing, null, undefined, now);
const template = (item: NewEntry): EntryTemplate => {
  const completed = complete(item);
  if (typeof completed === 'string') throw new Error(completed);
  return completed;
};

describe('a new entry', () => {
  it('is, as a block: of ours, both ways, for every purpose, on any channel, in no list, without end', () => {
    expect(template({ kind: 'block' })).toEqual({
      kind: 'block', channel: null, sender: null, list: null, purpose: 'all', direction: 'both', reason: 'not_defined', note: null,
      source: 'api', evidence: {}, by: 'operator', batch: null, createdAt: now, expiresAt: null, endedAt: null, endedAs: null,
    });
  });

  it("is, as an opt-out: the recipient's, outbound, marketing, in the default list, without end", () => {
    expect(template({ kind: 'opt_out' })).toEqual({
      kind: 'opt_out', channel: null, sender: null, list: 'default', purpose: 'marketing', direction: 'outbound', reason: 'opt_out', note: null,
      source: 'api', evidence: {}, by: 'recipient', batch: null, createdAt: now, expiresAt: null, endedAt: null, endedAs: null,
    });
  });

  it("is the system's and outbound after a hard bounce", () => {
    expect(template({ kind: 'block', reason: 'hard_bounce' })).toMatchObject({ by: 'system', direction: 'outbound', purpose: 'all' });
  });

  it('is what the item says where it says something', () => {
    const said = { kind: 'opt_out', channel: 'sms', purpose: 'all', direction: 'both', reason: 'legal', note: 'a letter', source: 'csv', by: 'operator', evidence: { file: 'a.csv' } } as const;
    const scope = { list: 'lst_1', sender: 'snd_1' };
    expect(completeEntry(said, scope, 'batch-1', undefined, now)).toMatchObject({ ...said, ...scope, batch: 'batch-1' });
  });

  it('blocks every purpose, also when told marketing only', () => {
    expect(template({ kind: 'block', purpose: 'marketing' }).purpose).toBe('all');
  });

  it('refuses a list on a block', () => {
    expect(complete({ kind: 'block', list: 'default' })).toBe('block_has_no_list');
  });

  it('may end, when it is a block (E10) or not of the recipient', () => {
    const expiresAt = '2026-03-04T00:00:00Z';
    expect(template({ kind: 'block', expiresAt }).expiresAt).toBe(Date.UTC(2026, 2, 4));
    expect(template({ kind: 'opt_out', by: 'operator', expiresAt }).expiresAt).toBe(Date.UTC(2026, 2, 4));
  });

  it('never ends when the recipient asked for it, whatever the caller says', () => {
    expect(template({ kind: 'opt_out', expiresAt: '2026-03-04T00:00:00Z' }).expiresAt).toBeNull();
    expect(template({ kind: 'opt_out', expiresAt: '2020-01-01T00:00:00Z' }).expiresAt).toBeNull();
  });

  it.each([
    ['an instant that has passed', '2026-03-03T10:14:59.999Z'],
    ['this very instant', '2026-03-03T10:15:00.000Z'],
    ['a day that does not exist', '2027-02-30T00:00:00Z'],
  ])('refuses an end at %s', (_what, expiresAt) => {
    expect(complete({ kind: 'block', expiresAt })).toBe('expiry_in_the_past');
  });

  it('keeps the attestation of whoever added it beside the evidence (D8)', () => {
    const consent = { method: 'written', statement: 'We may add them', at: '2026-03-01T00:00:00Z', by: 'Ann' } as const;
    const completed = completeEntry({ kind: 'block', evidence: { line: 7 } }, nothing, null, consent, now);
    expect(completed).toMatchObject({
      evidence: { line: 7, consentMethod: 'written', consentStatement: 'We may add them', consentAt: '2026-03-01T00:00:00Z', consentBy: 'Ann' },
    });
  });
});
