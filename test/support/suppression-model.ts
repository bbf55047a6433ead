/** What Quietlist should do, as simply as it can be said: one map of entries, no history, no store. The oracle of model-based tests. */
export interface ModelEntry {
  kind: 'block' | 'opt_out';
  address: string;
  channel: string | null;
  list: string | null;
  everything: boolean;
  directions: Set<'outbound' | 'inbound'>;
  own: boolean;
  end: number | null;
}

export interface ModelAdd {
  kind: 'block' | 'opt_out';
  address: string;
  channel?: string | null;
  list?: string;
  purpose?: 'marketing' | 'all';
  direction?: 'outbound' | 'inbound' | 'both';
  by?: 'recipient' | 'operator' | 'system';
  end?: number;
}

export interface ModelRemove {
  kind: 'block' | 'opt_out';
  address: string;
  channel?: string | null;
  lists?: string[];
}

export interface ModelCheck {
  channel?: string;
  purpose?: 'marketing' | 'transactional';
  direction?: 'outbound' | 'inbound';
  lists?: string[];
}

export class SuppressionModel {
  readonly #entries = new Map<string, ModelEntry>();
  now = 0;

  #forget(): void {
    for (const [name, entry] of this.#entries) if (entry.end !== null && entry.end <= this.now) this.#entries.delete(name);
  }

  add(item: ModelAdd): 'added' | 'unchanged' | 'widened' | 'invalid' {
    this.#forget();
    const block = item.kind === 'block';
    const own = !block && (item.by ?? 'recipient') === 'recipient';
    const end = own ? null : (item.end ?? null);
    if (end !== null && end <= this.now) return 'invalid';
    const direction = item.direction ?? (block ? 'both' : 'outbound');
    const directions = new Set(direction === 'both' ? (['outbound', 'inbound'] as const) : [direction]);
    const entry: ModelEntry = { kind: item.kind, address: item.address, channel: item.channel ?? null, list: block ? null : (item.list ?? 'default'), everything: block || item.purpose === 'all', directions, own, end };
    const name = [entry.kind, entry.address, entry.channel, entry.list].join();
    const there = this.#entries.get(name);
    if (!there) {
      this.#entries.set(name, entry);
      return 'added';
    }
    const before = JSON.stringify([there.everything, [...there.directions].sort(), there.own, there.end]);
    there.everything ||= entry.everything;
    for (const one of directions) there.directions.add(one);
    if (there.end !== null) there.end = entry.end === null ? null : Math.max(there.end, entry.end);
    there.own ||= own;
    return JSON.stringify([there.everything, [...there.directions].sort(), there.own, there.end]) === before ? 'unchanged' : 'widened';
  }

  remove({ kind, address, channel, lists }: ModelRemove): 'removed' | 'absent' {
    this.#forget();
    const names = [...this.#entries].filter(([, entry]) => entry.kind === kind && entry.address === address && (channel === undefined || entry.channel === channel) && (kind === 'block' || lists?.includes('*') || (lists ?? ['default']).includes(entry.list ?? '')));
    for (const [name] of names) this.#entries.delete(name);
    return names.length > 0 ? 'removed' : 'absent';
  }

  holds(address: string, { channel, purpose = 'marketing', direction = 'outbound', lists }: ModelCheck): boolean {
    this.#forget();
    return [...this.#entries.values()].some((entry) => {
      if (entry.address !== address || !entry.directions.has(direction)) return false;
      if (channel && entry.channel && channel !== entry.channel) return false;
      if (entry.kind === 'block') return true;
      if (purpose === 'transactional' && !entry.everything) return false;
      return !lists?.length || entry.list === 'default' || lists.includes(entry.list ?? '');
    });
  }

  /** How many entries hold the address in any way. */
  count(address: string): number {
    this.#forget();
    return [...this.#entries.values()].filter((entry) => entry.address === address).length;
  }
}
