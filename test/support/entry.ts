import type { Entry } from '../../server/src/domain/entry.ts';

/** An entry as the domain sees it: a plain block of one phone, changed as a test says. */
export const entryOf = (changes: Partial<Entry> = {}): Entry => ({
  id: 1,
  kind: 'block',
  key: '+14155552671',
  mailbox: null,
  address: '+14155552671',
  addressKind: 'phone',
  unverified: false,
  channel: null,
  sender: null,
  list: null,
  purpose: 'all',
  direction: 'both',
  reason: 'not_defined',
  note: null,
  source: 'api',
  evidence: {},
  by: 'operator',
  batch: null,
  createdAt: Date.UTC(2026, 2, 3, 10, 15),
  expiresAt: null,
  endedAt: null,
  endedAs: null,
  ...changes,
});

/** An opt-out of its recipient in the default list. */
export const optOutOf = (changes: Partial<Entry> = {}): Entry =>
  entryOf({ kind: 'opt_out', list: 'default', purpose: 'marketing', direction: 'outbound', reason: 'opt_out', by: 'recipient', ...changes });
