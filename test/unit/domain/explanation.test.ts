import { describe, expect, it } from 'vitest';
import { clear, suppressed, unreadable } from '../../../server/src/domain/decision.ts';
import type { Entry } from '../../../server/src/domain/entry.ts';
import { explain } from '../../../server/src/domain/explanation.ts';
import { entryOf, optOutOf } from '../../support/entry.ts';

const names = { lists: new Map([['default', 'Default'], ['lst_1', 'Promotions']]), senders: new Map([['snd_1', 'Store Berlin']]) };

describe('the sentence that explains a hold', () => {
  it.each<[string, Entry]>([
    ['Opted out of “Promotions” on WhatsApp by replying STOP on 3 Mar 2026.', optOutOf({ list: 'lst_1', channel: 'whatsapp', evidence: { text: 'STOP' } })],
    ['Opted out of “Promotions” on WhatsApp by replying Stop promotions on 3 Mar 2026.', optOutOf({ list: 'lst_1', channel: 'whatsapp', evidence: { button: 'Stop promotions', text: 'other' } })],
    ['Opted out of “Default” on Email by an unsubscribe link on 3 Mar 2026.', optOutOf({ channel: 'email', evidence: { via: 'one_click' } })],
    ['Opted out of “Default” on 3 Mar 2026.', optOutOf()],
    ['Opted out of “Default” by an operator on 3 Mar 2026, until 1 Jan 2030.', optOutOf({ by: 'operator', expiresAt: Date.UTC(2030, 0, 1) })],
    ['Opted out of “Default” on Email after a spam complaint on 3 Mar 2026.', optOutOf({ by: 'system', channel: 'email', reason: 'spam_complaint' })],
    ['Opted out of “Default” by the system on 3 Mar 2026.', optOutOf({ by: 'system' })],
    ['Blacklisted since 3 Mar 2026.', entryOf()],
    ['Blacklisted on SMS (Suspected Fraud) since 3 Mar 2026.', entryOf({ channel: 'sms', reason: 'suspected_fraud' })],
    ['Blacklisted for the sender “Store Berlin” since 3 Mar 2026, until 24 Dec 2026.', entryOf({ sender: 'snd_1', expiresAt: Date.UTC(2026, 11, 24, 23, 59) })],
    ['Blacklisted on acme_chat since 3 Mar 2026.', entryOf({ channel: 'acme_chat' })],
  ])('%s', (sentence, entry) => {
    expect(explain(entry, names)).toBe(sentence);
  });

  it.each(['+14155552671', 'ann@example.com', 'call me on 0151 23438657', 'a text that is far too long to be a keyword'])('never quotes what may be an address or a message: %s', (text) => {
    const sentence = explain(optOutOf({ evidence: { text } }), names);
    expect(sentence).toBe('Opted out of “Default” on 3 Mar 2026.');
  });

  it('never names the address that is held', () => {
    expect(explain(optOutOf({ key: 'ann@example.com', address: 'Ann@example.com' }), names)).not.toMatch(/example/i);
  });
});

describe('a decision', () => {
  it('labels an opt-out “Optout Number”, the word of the broadcaster’s report (B15)', () => {
    const verdict = suppressed([{ entry: optOutOf(), matchedBy: 'address' }], names);
    expect(verdict).toMatchObject({ decision: 'suppress', mayContact: false, code: 'optout_number', label: 'Optout Number' });
  });

  it('labels a block “Blacklisted”', () => {
    expect(suppressed([{ entry: entryOf(), matchedBy: 'linked' }], names)).toMatchObject({ decision: 'suppress', mayContact: false, code: 'blacklisted', label: 'Blacklisted' });
  });

  it('is named by a block before an opt-out, then by the oldest, and shows them all', () => {
    const entries = [optOutOf({ id: 1, createdAt: 1 }), entryOf({ id: 3, createdAt: 30 }), entryOf({ id: 2, createdAt: 20 }), optOutOf({ id: 4, createdAt: 0 })];
    const verdict = suppressed(entries.map((entry) => ({ entry, matchedBy: 'address' as const })), names);
    expect(verdict.code).toBe('blacklisted');
    expect(verdict.matched.map(({ entry }) => entry)).toEqual(['ent_2', 'ent_3', 'ent_4', 'ent_1']);
  });

  it('is never an answer out of nothing', () => {
    expect(() => suppressed([], names)).toThrow();
  });

  it('permits contact only when it is clear', () => {
    expect(clear).toMatchObject({ decision: 'allow', mayContact: true, code: 'clear', matched: [] });
    expect(unreadable('letters')).toMatchObject({ decision: 'unknown', mayContact: false, code: 'letters', label: 'Unreadable address' });
  });
});
