import { isActive, naturalKeyText, type Entry } from '../domain/entry.ts';
import { feedTypeOf } from '../domain/feed.ts';
import { chainEvents, type EventDraft } from '../domain/history.ts';
import { widen } from '../domain/widen.ts';
import type { Caller, Platform } from './context.ts';
import type { StoreWriter } from './ports.ts';

type EntryOutcome = 'added' | 'unchanged' | 'widened';

/** What an end of an entry says in the history. */
export interface Ending {
  as: 'removed' | 'expired';
  batch: string | null;
  reason: string | null;
  details: Record<string, unknown>;
}

/**
 * The changes of one request, gathered and written together with their history lines. It is the one way to change entries,
 * so that no change is without its line and without the row that tells others of it, in the same transaction.
 */
export class ChangeSet {
  readonly #platform: Platform;
  readonly #workspaceId: number;
  readonly #actor: string;
  readonly #now: number;
  readonly #open = new Map<string, Entry>();
  readonly #inserted = new Map<number, Entry>();
  readonly #updated = new Map<number, Entry>();
  readonly #ended: Record<Ending['as'], Entry[]> = { removed: [], expired: [] };
  readonly #moved: Array<{ from: Entry; to: Entry }> = [];
  readonly #events: EventDraft[] = [];

  constructor(platform: Platform, caller: Pick<Caller, 'actor'> & { workspaceId: number }, open: readonly Entry[], now: number) {
    this.#platform = platform;
    this.#workspaceId = caller.workspaceId;
    this.#actor = caller.actor;
    this.#now = now;
    for (const entry of open) this.#open.set(naturalKeyText(entry), entry);
  }

  /** Adds an entry, or widens the same one that is already open. Answers what became of it and the entry that now holds. */
  add(entry: Entry): { outcome: EntryOutcome; entry: Entry } {
    const naturalKey = naturalKeyText(entry);
    const existing = this.#open.get(naturalKey);
    if (existing && !isActive(existing, this.#now)) {
      this.end(existing, { as: 'expired', batch: null, reason: null, details: {} });
    } else if (existing) {
      const widened = widen(existing, entry);
      if (!widened) return { outcome: 'unchanged', entry: existing };
      this.#open.set(naturalKey, widened);
      (this.#inserted.has(existing.id) ? this.#inserted : this.#updated).set(existing.id, widened);
      this.#record('widened', widened, existing, widened, entry.batch, entry.reason);
      return { outcome: 'widened', entry: widened };
    }
    this.#open.set(naturalKey, entry);
    this.#inserted.set(entry.id, entry);
    this.#record('added', entry, null, entry, entry.batch, entry.reason, entry.id);
    return { outcome: 'added', entry };
  }

  /** Ends an open entry: a tombstone and a line of the history stay. */
  end(entry: Entry, ending: Ending): void {
    this.#open.delete(naturalKeyText(entry));
    this.#ended[ending.as].push(entry);
    this.#record(ending.as, entry, entry, { endedAt: this.#now, ...ending.details }, ending.batch, ending.reason);
  }

  /** Puts an entry under another key of the same address. Where the same entry is there already, that one holds what either held. */
  move(from: Entry, to: Entry): void {
    const holder = this.#open.get(naturalKeyText(to));
    if (to.endedAt === null && holder && holder.id !== to.id) {
      const { entry } = this.add(to);
      this.end(from, { as: 'removed', batch: null, reason: 'merged', details: { mergedInto: entry.id } });
      return;
    }
    if (to.endedAt === null) this.#open.set(naturalKeyText(to), to);
    this.#moved.push({ from, to });
    if (from.key !== to.key) this.note('rekeyed', from.key, { key: from.key }, { key: to.key }, { batch: null, reason: null });
    if (to.endedAt === null) this.#record('rekeyed', to, from, to, null, null);
    else this.note('rekeyed', to.key, { key: from.key }, { key: to.key }, { batch: null, reason: null });
  }

  /** A line that is not about an entry: an address linked to others of its person. */
  note(action: 'linked' | 'unlinked' | 'rekeyed', key: string, before: unknown, after: unknown, because: { batch: string | null; reason: string | null }): void {
    this.#events.push({ id: this.#platform.ids.next(), key, at: this.#now, actor: this.#actor, action, entryId: null, before, after, ...because });
  }

  /** The line that says that an entry was added has its id: a store may find it so. */
  #record(action: EventDraft['action'], entry: Entry, before: unknown, after: unknown, batch: string | null, reason: string | null, id = this.#platform.ids.next()): void {
    this.#events.push({ id, key: entry.key, at: this.#now, actor: this.#actor, action, entryId: entry.id, before, after, batch, reason });
  }

  async write(writer: StoreWriter): Promise<void> {
    if (this.#events.length === 0) return;
    const workspaceId = this.#workspaceId;
    for (const as of ['expired', 'removed'] as const) {
      if (this.#ended[as].length > 0) await writer.entries.end(workspaceId, this.#ended[as], this.#now, as);
    }
    if (this.#moved.length > 0) await writer.entries.rekey(workspaceId, this.#moved);
    if (this.#inserted.size > 0) await writer.entries.insert(workspaceId, [...this.#inserted.values()]);
    if (this.#updated.size > 0) await writer.entries.update(workspaceId, [...this.#updated.values()]);
    const keys = [...new Set(this.#events.map((event) => event.key))];
    const heads = await writer.events.heads(workspaceId, keys);
    const lines = chainEvents(this.#events, heads, this.#platform.digest);
    await writer.events.append(workspaceId, lines);
    const items = lines.filter((line) => feedTypeOf(line) !== null).map(({ key, sequence }) => [key, sequence] as const);
    if (items.length > 0) await writer.outbox.append(workspaceId, { id: this.#platform.ids.next(), at: this.#now, items });
  }
}
