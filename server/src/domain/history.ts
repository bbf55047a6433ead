import { canonicalJson, jsonText } from './canonical-json.ts';
import type { Entry } from './entry.ts';

/** What a line of the history can say. The words are those of the contract's `eventActions`. */
export type EventAction = 'added' | 'widened' | 'removed' | 'expired' | 'linked' | 'unlinked' | 'rekeyed';

/** One line of the append-only history of one address. `sequence` counts from 1 within the address. */
export interface EventRecord {
  id: number;
  key: string;
  sequence: number;
  at: number;
  actor: string;
  action: EventAction;
  entryId: number | null;
  before: unknown;
  after: unknown;
  batch: string | null;
  reason: string | null;
  previousHash: string | null;
  hash: string;
}

export type EventDraft = Omit<EventRecord, 'sequence' | 'previousHash' | 'hash'>;

/** A cryptographic hash of a text, as hex. Injected: the domain imports no platform. */
export type Digest = (text: string) => string;

const textOrNull = (text: string | null): string => (text === null ? 'null' : jsonText(text));

/** What is hashed of a line: its canonical JSON without the hash, put together by hand because every write does it. */
export const hashedText = ({ id, key, sequence, at, actor, action, entryId, before, after, batch, reason, previousHash }: Omit<EventRecord, 'hash'>): string =>
  `{"action":"${action}","actor":${jsonText(actor)},"after":${canonicalJson(after)},"at":${at},"batch":${textOrNull(batch)},"before":${canonicalJson(before)},"entryId":${entryId},"id":${id},"key":${jsonText(key)},"previousHash":${textOrNull(previousHash)},"reason":${textOrNull(reason)},"sequence":${sequence}}`;

const hashOf = (event: Omit<EventRecord, 'hash'>, digest: Digest): string => digest(hashedText(event));

/** Chains new lines to the heads of their addresses; several lines of one address follow each other in the order given. */
export function chainEvents(
  drafts: readonly EventDraft[],
  heads: ReadonlyMap<string, { sequence: number; hash: string }>,
  digest: Digest,
): EventRecord[] {
  const last = new Map(heads);
  return drafts.map((draft) => {
    const head = last.get(draft.key);
    const line = { ...draft, sequence: (head?.sequence ?? 0) + 1, previousHash: head?.hash ?? null };
    const event = { ...line, hash: hashOf(line, digest) };
    last.set(draft.key, event);
    return event;
  });
}

/** Whether a line is as it was written, and follows the one before it of the same address: `older`, or null where it is the first. */
export function followsIntact({ hash, ...line }: EventRecord, older: EventRecord | null, digest: Digest): boolean {
  if (hashOf(line, digest) !== hash) return false;
  return older === null ? line.sequence === 1 && line.previousHash === null : line.previousHash === older.hash && line.sequence === older.sequence + 1;
}

/** Whether lines of one address, newest first and without gaps at the newest end, are as they were written. */
export function isChainIntact(newestFirst: readonly EventRecord[], digest: Digest): boolean {
  return newestFirst.every((event, index) => {
    const { hash, ...line } = event;
    if (hashOf(line, digest) !== hash) return false;
    const older = newestFirst[index + 1];
    if (older === undefined) return event.sequence > 1 || event.previousHash === null;
    return event.previousHash === older.hash && event.sequence === older.sequence + 1;
  });
}

/** The entries that were open after these lines (oldest first): how a check answers as of a past instant. */
export function rebuildEntries(oldestFirst: readonly EventRecord[]): Entry[] {
  const open = new Map<number, Entry>();
  for (const event of oldestFirst) {
    if (event.entryId === null) continue;
    if (event.action === 'added' || event.action === 'widened' || event.action === 'rekeyed') open.set(event.entryId, event.after as Entry);
    else open.delete(event.entryId);
  }
  return [...open.values()];
}
