import { addressProblems } from '@quietlist/contract/address-problems';
import type { AddEntriesRequest, AddEntriesResponse, AddResult, NewEntry } from '@quietlist/contract/entry';
import { itemProblems, type ItemProblemCode } from '@quietlist/contract/item-problems';
import type { Entry } from '../domain/entry.ts';
import { idText } from '../domain/id-text.ts';
import { completeEntry, type EntryTemplate } from '../domain/new-entry.ts';
import { mailboxOf, readPerson, type Person, type UnreadableAddress } from '../domain/person.ts';
import { ChangeSet } from './change-set.ts';
import { requirePastConsent } from './consent.ts';
import { requireRole, type Caller, type Platform } from './context.ts';
import { linkPerson } from './link-person.ts';
import type { StoreWriter } from './ports.ts';
import { loadReferences, References } from './references.ts';
import { readingOptionsOf } from './reading-options.ts';

/** An item that can be done: its entry without an address, and whose addresses it is for. */
interface Draft {
  template: EntryTemplate;
  person: Person;
}

type Refusal = Pick<AddResult, 'code' | 'message'>;

const refusal = (code: ItemProblemCode): Refusal => ({ code, message: itemProblems[code] });
const unreadableRefusal = ({ code }: UnreadableAddress): Refusal => ({ code, message: addressProblems[code] });

/**
 * An opt-out that nobody can read is kept as it was received: losing it would be worse. People at a screen and files of theirs
 * are told instead, and can mend it. A text that is empty says nothing to keep.
 */
const keepsUnreadable = (template: EntryTemplate): boolean =>
  template.kind === 'opt_out' && template.source !== 'manual' && template.source !== 'csv';

function draftOf(item: NewEntry, index: number, references: References, caller: Caller, request: AddEntriesRequest, now: number): Draft | Refusal {
  const sender = item.sender ? references.sender(item.sender, `/entries/${index}/sender`) : null;
  const list = item.list === undefined ? null : references.list(item.list, `/entries/${index}/list`);
  if (sender && item.channel && sender.channel !== item.channel) return refusal('sender_of_other_channel');
  if ((item.address === undefined) === (item.addresses === undefined)) return refusal('missing_address');
  const template = completeEntry(item, { list, sender: sender?.id ?? null }, request.batch ?? null, request.consent, now);
  if (typeof template === 'string') return refusal(template);
  const inputs = item.addresses ?? (item.address === undefined ? [] : [item.address]);
  const person = readPerson(inputs, readingOptionsOf(caller.workspace.settings, request.addressOptions, item.channel ?? null));
  const kept = keepsUnreadable(template) ? person.unreadable.filter(({ text }) => text !== '') : [];
  const refused = person.unreadable[0];
  if (refused && person.addresses.length === 0 && kept.length === 0) return unreadableRefusal(refused);
  return { template, person };
}

/** The entries of a draft, one an address, each with a fresh id. */
function entriesOf({ template, person }: Draft, platform: Platform): Entry[] {
  const entries: Entry[] = person.addresses.map((address) => ({
    ...template,
    id: platform.ids.next(),
    key: address.key,
    mailbox: mailboxOf(address),
    address: address.address,
    addressKind: address.kind,
    unverified: false,
  }));
  if (!keepsUnreadable(template)) return entries;
  for (const { key, text } of person.unreadable) {
    if (text === '') continue;
    entries.push({ ...template, id: platform.ids.next(), key, mailbox: null, address: text, addressKind: 'handle', unverified: true });
  }
  return entries;
}

/**
 * Adds blocks and opt-outs: one result an item, in the order given. Adding again changes nothing or widens; it never weakens,
 * and never takes a recipient's own opt-out for somebody else's. Runs inside the caller's transaction.
 */
export async function addEntries(writer: StoreWriter, platform: Platform, caller: Caller, request: AddEntriesRequest): Promise<AddEntriesResponse> {
  if (request.entries.some((entry) => entry.kind === 'block')) requireRole(caller, 'manager', 'Adding to the blacklist');
  const now = platform.clock();
  requirePastConsent(request.consent, now);
  const workspaceId = caller.workspace.id;
  const namesAny = request.entries.some(({ sender, list }) => sender || list !== undefined);
  const references = namesAny ? await loadReferences(writer.directory, workspaceId) : new References([], []);
  const drafts = request.entries.map((item, index) => draftOf(item, index, references, caller, request, now));
  const entries = drafts.map((draft) => ('template' in draft ? entriesOf(draft, platform) : []));
  const keys = [...new Set(entries.flat().map((entry) => entry.key))];
  const changes = new ChangeSet(platform, { actor: caller.actor, workspaceId }, await writer.entries.findOpen(workspaceId, keys), now);

  const counts = { added: 0, unchanged: 0, widened: 0, invalid: 0 };
  const results: AddResult[] = [];
  for (const [index, draft] of drafts.entries()) {
    if (!('template' in draft)) {
      counts.invalid += 1;
      results.push({ index, outcome: 'invalid', entries: [], ...draft });
      continue;
    }
    const done = (entries[index] ?? []).map((entry) => changes.add(entry));
    const outcomes = new Set(done.map(({ outcome }) => outcome));
    const outcome = outcomes.has('added') ? 'added' : outcomes.has('widened') ? 'widened' : 'unchanged';
    counts[outcome] += 1;
    const unread = draft.person.unreadable[0];
    results.push({
      index,
      outcome,
      entries: done.map(({ entry }) => idText('ent', entry.id)),
      ...(done.some(({ entry }) => entry.unverified) ? { unverified: true as const } : {}),
      ...(unread ? unreadableRefusal(unread) : {}),
    });
    await linkPerson(writer, platform, changes, workspaceId, draft.person, { batch: draft.template.batch, reason: 'same_person' });
  }
  await changes.write(writer);
  return { results, counts, batch: request.batch ?? null };
}
