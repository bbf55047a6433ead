import type { Held, MatchedBy } from '../domain/decision.ts';
import type { Entry } from '../domain/entry.ts';
import { rebuildEntries } from '../domain/history.ts';
import { holds, type CheckScope } from '../domain/match.ts';
import { keysOf, sharedMailboxOf, type Person } from '../domain/person.ts';
import type { StoreReader, Workspace } from './ports.ts';

/** Entries by the key under which a person may meet them. */
type EntriesByKey = Map<string, Entry[]>;

function put(map: EntriesByKey, key: string, entry: Entry): void {
  const entries = map.get(key);
  if (entries) entries.push(entry);
  else map.set(key, [entry]);
}

/** The other addresses of each person's contacts, by each key of the contact. */
async function linkedKeys(reader: StoreReader, workspaceId: number, keys: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await reader.contacts.findLinked(workspaceId, keys);
  const byContact = new Map<number, string[]>();
  for (const row of rows) byContact.set(row.contactId, [...(byContact.get(row.contactId) ?? []), row.key]);
  return new Map(rows.map((row) => [row.key, byContact.get(row.contactId) ?? []]));
}

interface Instant {
  /** When the entries must hold. */
  at: number;
  /** Whether to rebuild the entries of that instant from the history, instead of reading those of now. */
  fromHistory: boolean;
}

/** What the keys and mailboxes of people lead to: the other keys of their contacts, and entries, also under those. */
interface Found {
  linked: Map<string, string[]>;
  entries: Entry[];
}

/** As of now. All is asked for at once: over a network a question after another takes longer than the answers. */
async function findNow(reader: StoreReader, workspaceId: number, keys: ReadonlySet<string>, mailboxes: readonly string[]): Promise<Found> {
  const own = [...keys];
  const [linked, open, sharing] = await Promise.all([
    linkedKeys(reader, workspaceId, own),
    reader.entries.findOpen(workspaceId, own),
    mailboxes.length === 0 ? [] : reader.entries.findOpenByMailbox(workspaceId, mailboxes),
  ]);
  const others = [...new Set([...linked.values()].flat())].filter((key) => !keys.has(key));
  const ofOthers = others.length === 0 ? [] : await reader.entries.findOpen(workspaceId, others);
  return { linked, entries: [...open, ...sharing, ...ofOthers] };
}

/** As of an instant, rebuilt from the history. Links are those of now. */
async function findThen(reader: StoreReader, workspaceId: number, keys: ReadonlySet<string>, mailboxes: readonly string[], at: number): Promise<Found> {
  const linked = await linkedKeys(reader, workspaceId, [...keys]);
  const sharing = mailboxes.length === 0 ? [] : await reader.entries.keysOfMailboxes(workspaceId, mailboxes);
  const all = new Set([...keys, ...[...linked.values()].flat(), ...sharing]);
  return { linked, entries: rebuildEntries(await reader.events.until(workspaceId, [...all], at)) };
}

/**
 * For each person, the entries that hold a message of this scope: found by any of the person's addresses, by the mailbox of
 * its e-mail, by addresses linked to it, and by text that could not be read. Undefined where nothing holds.
 */
export async function findHolding(
  reader: StoreReader,
  workspace: Workspace,
  people: readonly Person[],
  scope: CheckScope,
  instant: Instant,
): Promise<Array<Held[] | undefined>> {
  const { mailboxMatching } = workspace.settings;
  const keys = new Set<string>();
  const mailboxes = new Set<string>();
  for (const person of people) {
    for (const key of keysOf(person, mailboxMatching)) keys.add(key);
    if (!mailboxMatching) continue;
    for (const address of person.addresses) {
      const mailbox = sharedMailboxOf(address);
      if (mailbox !== null) mailboxes.add(mailbox);
    }
  }
  const { linked, entries } = instant.fromHistory
    ? await findThen(reader, workspace.id, keys, [...mailboxes], instant.at)
    : await findNow(reader, workspace.id, keys, [...mailboxes]);

  const byKey: EntriesByKey = new Map();
  const byMailbox: EntriesByKey = new Map();
  for (const entry of entries) {
    if (!holds(entry, scope, instant.at)) continue;
    put(byKey, entry.key, entry);
    if (entry.mailbox !== null) put(byMailbox, entry.mailbox, entry);
  }
  if (byKey.size === 0) return new Array<undefined>(people.length);

  return people.map((person) => {
    const held = new Map<number, Held>();
    const meet = (entries: Entry[] | undefined, matchedBy: MatchedBy): void => {
      for (const entry of entries ?? []) if (!held.has(entry.id)) held.set(entry.id, { entry, matchedBy });
    };
    for (const { key } of person.addresses) meet(byKey.get(key), 'address');
    for (const { key } of person.unreadable) meet(byKey.get(key), 'unverified');
    for (const key of person.textKeys) meet(byKey.get(key), 'unverified');
    for (const address of person.addresses) {
      const mailbox = mailboxMatching ? sharedMailboxOf(address) : null;
      if (mailbox === null) continue;
      meet(byKey.get(mailbox), 'mailbox');
      meet(byMailbox.get(mailbox), 'mailbox');
    }
    for (const { key } of person.addresses) for (const other of linked.get(key) ?? []) meet(byKey.get(other), 'linked');
    return held.size === 0 ? undefined : [...held.values()];
  });
}
