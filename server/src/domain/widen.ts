import type { Entry } from './entry.ts';

/** Never is later than any instant. */
const laterOf = (one: number | null, other: number | null): number | null => (one === null || other === null ? null : Math.max(one, other));

/**
 * What becomes of an open entry when the same one is added again: the union of both, or null when that changes nothing.
 * It is never weaker than before. A recipient's own opt-out keeps its attribution whoever adds it again; an opt-out of somebody
 * else becomes the recipient's own when the recipient asks for it, and then never expires.
 */
export function widen(existing: Entry, added: Entry): Entry | null {
  const becomesOwn = added.kind === 'opt_out' && added.by === 'recipient' && existing.by !== 'recipient';
  const attribution = becomesOwn
    ? { by: added.by, reason: added.reason, source: added.source, evidence: added.evidence, note: added.note ?? existing.note, batch: added.batch }
    : {};
  const widened: Entry = {
    ...existing,
    ...attribution,
    purpose: existing.purpose === added.purpose ? existing.purpose : 'all',
    direction: existing.direction === added.direction ? existing.direction : 'both',
    expiresAt: becomesOwn ? null : laterOf(existing.expiresAt, added.expiresAt),
  };
  const isSame =
    !becomesOwn &&
    widened.purpose === existing.purpose &&
    widened.direction === existing.direction &&
    widened.expiresAt === existing.expiresAt;
  return isSame ? null : widened;
}
