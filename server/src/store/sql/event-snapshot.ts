import type { Entry } from '../../domain/entry.ts';
import type { EventRecord } from '../../domain/history.ts';

type Line = Pick<EventRecord, 'key' | 'at' | 'entryId' | 'batch' | 'reason'>;

/** Begins a snapshot that is kept as what sets it apart from the usual one. No JSON begins so. */
const mark = '~';

/**
 * The entry that most lines are about, as far as the line itself tells. Kept snapshots are read against it, so no value of it may ever
 * change; an entry with more fields than these is kept whole.
 */
const usual = ({ key, at, entryId, batch, reason }: Line): Record<string, unknown> => ({
  id: entryId, kind: 'opt_out', key, mailbox: null, address: key, addressKind: key.startsWith('+') ? 'phone' : 'email', unverified: false,
  channel: null, sender: null, list: 'default', purpose: 'marketing', direction: 'outbound', reason, note: null, source: 'api', evidence: {},
  by: 'recipient', batch, createdAt: at, expiresAt: null, endedAt: null, endedAs: null,
} satisfies Record<keyof Entry, unknown>);

const names = Object.keys(usual({ key: '', at: 0, entryId: null, batch: null, reason: null }));

const isEmpty = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;

/** What sets an entry apart from the usual one; null for anything that has not exactly the fields of an entry. */
function difference(value: object, line: Line): Record<string, unknown> | null {
  const rest: Record<string, unknown> = {};
  const expected = usual(line);
  if (Object.keys(value).length !== names.length) return null;
  for (const name of names) {
    const field = (value as Record<string, unknown>)[name];
    if (field === undefined) return null;
    if (field !== expected[name] && !(name === 'evidence' && isEmpty(field))) rest[name] = field;
  }
  return rest;
}

/** A “before” or “after” of a line as it is kept. An entry repeats most of its line, and of every other entry: that is left out. */
export function snapshotText(value: unknown, line: Line): string | null {
  if (value === null || value === undefined) return null;
  const rest = typeof value === 'object' && !Array.isArray(value) ? difference(value, line) : null;
  return rest === null ? JSON.stringify(value) : `${mark}${JSON.stringify(rest)}`;
}

/** The value that was given to `snapshotText`. */
export function snapshotOf(text: string | null, line: Line): unknown {
  if (text === null) return null;
  return text.startsWith(mark) ? { ...usual(line), ...JSON.parse(text.slice(mark.length)) } : JSON.parse(text);
}
