import type { Consent, NewEntry } from '@quietlist/contract/entry';
import type { ItemProblemCode } from '@quietlist/contract/item-problems';
import { defaultListId } from '@quietlist/contract/vocabulary';
import type { Entry, Evidence } from './entry.ts';
import { instantOf } from './instant.ts';

/** An entry to be, before it has an address: everything the request said, with the defaults of DESIGN §2.1 filled in. */
export type EntryTemplate = Omit<Entry, 'id' | 'key' | 'mailbox' | 'address' | 'addressKind' | 'unverified'>;

/** Ids of what the item named. */
export interface ResolvedScope {
  list: string | null;
  sender: string | null;
}

/** The operator's word that these addresses may be added (D8), kept with each entry. */
const consentEvidence = (consent: Consent | undefined): Evidence =>
  consent
    ? { consentMethod: consent.method, consentStatement: consent.statement, consentAt: consent.at, consentBy: consent.by }
    : {};

/** Fills in what the item left out. A hard bounce is the mail system's will and says nothing about messages that come in. */
export function completeEntry(
  item: NewEntry,
  scope: ResolvedScope,
  batch: string | null,
  consent: Consent | undefined,
  now: number,
): EntryTemplate | ItemProblemCode {
  const isBlock = item.kind === 'block';
  if (isBlock && item.list !== undefined) return 'block_has_no_list';
  const isBounce = item.reason === 'hard_bounce';
  const by = item.by ?? (isBounce ? 'system' : isBlock ? 'operator' : 'recipient');
  // What the recipient asked for does not end by itself, whatever the caller says.
  const mayExpire = isBlock || by !== 'recipient';
  const expiresAt = item.expiresAt && mayExpire ? instantOf(item.expiresAt) : null;
  if (item.expiresAt && mayExpire && (expiresAt === null || expiresAt <= now)) return 'expiry_in_the_past';
  return {
    kind: item.kind,
    channel: item.channel ?? null,
    sender: scope.sender,
    list: isBlock ? null : (scope.list ?? defaultListId),
    purpose: isBlock ? 'all' : (item.purpose ?? 'marketing'),
    direction: item.direction ?? (isBlock && !isBounce ? 'both' : 'outbound'),
    reason: item.reason ?? (isBlock ? 'not_defined' : 'opt_out'),
    note: item.note === undefined || item.note === '' ? null : item.note,
    source: item.source ?? 'api',
    evidence: { ...(item.evidence ?? {}), ...consentEvidence(consent) },
    by,
    batch,
    createdAt: now,
    expiresAt,
    endedAt: null,
    endedAs: null,
  };
}
