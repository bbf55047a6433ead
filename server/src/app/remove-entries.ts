import { addressProblems } from '@quietlist/contract/address-problems';
import type { AddressInput } from '@quietlist/contract/address';
import type { RemoveEntriesRequest, RemoveEntriesResponse, RemoveResult } from '@quietlist/contract/entry';
import { defaultListId, type Kind } from '@quietlist/contract/vocabulary';
import { isActive, type Entry } from '../domain/entry.ts';
import { idOf, idText } from '../domain/id-text.ts';
import { keysOf, readPerson, type Person } from '../domain/person.ts';
import { ChangeSet } from './change-set.ts';
import { requirePastConsent } from './consent.ts';
import { requireRole, type Caller, type Platform } from './context.ts';
import { linkPerson } from './link-person.ts';
import type { StoreWriter } from './ports.ts';
import { Problem } from './problem.ts';
import { readingOptionsOf } from './reading-options.ts';
import { loadReferences } from './references.ts';

/** Everybody but the recipient needs the recipient's consent to lift an opt-out (D7), and the role of a manager. */
function requireRightToRemove(caller: Caller, request: RemoveEntriesRequest, kinds: ReadonlySet<Kind>): void {
  if (kinds.has('block')) requireRole(caller, 'manager', 'Removing from the blacklist');
  if (!kinds.has('opt_out') || request.by === 'recipient') return;
  requireRole(caller, 'manager', 'Lifting an opt-out that its recipient did not lift');
  if (!request.consent) {
    throw new Problem('consent-required', 'An opt-out is lifted by its recipient, or with proof of consent.', [{ pointer: '/consent', message: 'Missing.' }]);
  }
}

/** The fields that go together: ids alone, or a kind with addresses. */
function requireOneForm(request: RemoveEntriesRequest): void {
  const fail = (pointer: string, message: string): never => {
    throw new Problem('invalid-request', `The field ${pointer} is not valid: ${message}`, [{ pointer, message }]);
  };
  if ((request.ids === undefined) === (request.addresses === undefined)) fail('/ids', 'Give either ids, or kind and addresses.');
  if (request.addresses && !request.kind) fail('/kind', 'Say whether blocks or opt-outs are to be removed.');
  for (const field of ['kind', 'channel', 'sender', 'lists'] as const) {
    if (request.ids && request[field] !== undefined) fail(`/${field}`, 'Ids name the entries already; leave this out.');
  }
  if (request.kind === 'block' && request.lists) fail('/lists', 'A block belongs to no list.');
}

/** One thing to remove, and what came of reading it. */
interface Target {
  entries: Entry[];
  /** Entries of the same kind that hold one of the addresses in another scope. */
  remaining: number;
  person?: Person;
}

async function targetsById(writer: StoreWriter, workspaceId: number, ids: readonly string[], now: number): Promise<Target[]> {
  const numbers = ids.map((id) => idOf('ent', id));
  const found = await writer.entries.findByIds(workspaceId, numbers.filter((id) => id !== null));
  const byId = new Map(found.filter((entry) => isActive(entry, now)).map((entry) => [entry.id, entry]));
  const open = await writer.entries.findOpen(workspaceId, [...new Set([...byId.values()].map(({ key }) => key))]);
  const staying = new Map<string, number>();
  const holdOf = ({ kind, key }: Entry): string => `${kind} ${key}`;
  for (const entry of open) {
    if (isActive(entry, now) && !byId.has(entry.id)) staying.set(holdOf(entry), (staying.get(holdOf(entry)) ?? 0) + 1);
  }
  return numbers.map((id) => {
    const entry = id === null ? undefined : byId.get(id);
    return entry ? { entries: [entry], remaining: staying.get(holdOf(entry)) ?? 0 } : { entries: [], remaining: 0 };
  });
}

async function targetsByAddress(writer: StoreWriter, caller: Caller, request: RemoveEntriesRequest, now: number): Promise<Target[]> {
  const workspaceId = caller.workspace.id;
  const references = await loadReferences(writer.directory, workspaceId);
  const sender = typeof request.sender === 'string' ? references.sender(request.sender, '/sender').id : request.sender;
  const everyList = request.lists?.includes('*') ?? false;
  const lists = new Set(everyList ? [] : (request.lists ?? [defaultListId]).map((list, index) => references.list(list, `/lists/${index}`)));
  const isNamed = (entry: Entry): boolean =>
    (request.channel === undefined || entry.channel === request.channel) &&
    (sender === undefined || entry.sender === sender) &&
    (entry.kind === 'block' || everyList || lists.has(entry.list ?? defaultListId));

  const options = readingOptionsOf(caller.workspace.settings, request.addressOptions, request.channel ?? null);
  const people = (request.addresses ?? []).map((inputs) => readPerson(Array.isArray(inputs) ? inputs : [inputs as AddressInput], options));
  const open = await writer.entries.findOpen(workspaceId, [...new Set(people.flatMap((person) => keysOf(person, false)))]);
  const byKey = new Map<string, Entry[]>();
  for (const entry of open) {
    if (entry.kind !== request.kind || !isActive(entry, now)) continue;
    byKey.set(entry.key, [...(byKey.get(entry.key) ?? []), entry]);
  }
  return people.map((person) => {
    const holding = keysOf(person, false).flatMap((key) => byKey.get(key) ?? []);
    const entries = holding.filter(isNamed);
    return { entries, remaining: holding.length - entries.length, person };
  });
}

/**
 * Lifts blocks and opt-outs: one result an id or person, in the order given. Each leaves a tombstone and a line in the history.
 * What is said narrowly is lifted narrowly. Runs inside the caller's transaction; a dry run changes nothing.
 */
export async function removeEntries(writer: StoreWriter, platform: Platform, caller: Caller, request: RemoveEntriesRequest): Promise<RemoveEntriesResponse> {
  const now = platform.clock();
  requireOneForm(request);
  requirePastConsent(request.consent, now);
  if (request.kind) requireRightToRemove(caller, request, new Set([request.kind]));
  const targets = request.ids
    ? await targetsById(writer, caller.workspace.id, request.ids, now)
    : await targetsByAddress(writer, caller, request, now);
  if (request.ids) {
    requireRole(caller, 'agent', 'Removing entries');
    requireRightToRemove(caller, request, new Set(targets.flatMap(({ entries }) => entries.map(({ kind }) => kind))));
  }

  const changes = new ChangeSet(platform, { actor: caller.actor, workspaceId: caller.workspace.id }, [], now);
  const details = {
    by: request.by ?? 'operator',
    source: request.source ?? 'api',
    ...(request.consent ? { consent: request.consent } : {}),
    ...(request.note ? { note: request.note } : {}),
    ...(request.evidence ? { evidence: request.evidence } : {}),
  };
  const counts = { removed: 0, absent: 0, invalid: 0 };
  const removed = new Set<number>();
  const results = targets.map(({ entries, remaining, person }, index): RemoveResult => {
    const unreadable = person?.unreadable[0];
    // Named twice in one request, an entry is removed once.
    const fresh = entries.filter(({ id }) => !removed.has(id));
    for (const entry of fresh) {
      removed.add(entry.id);
      changes.end(entry, { as: 'removed', batch: request.batch ?? null, reason: request.by === 'recipient' ? 'recipient' : (request.consent?.method ?? null), details });
    }
    const outcome = fresh.length > 0 ? 'removed' : unreadable ? 'invalid' : 'absent';
    counts[outcome] += 1;
    return {
      index,
      outcome,
      entries: fresh.map(({ id }) => idText('ent', id)),
      remaining,
      ...(unreadable && outcome === 'invalid' ? { code: unreadable.code, message: addressProblems[unreadable.code] } : {}),
    };
  });
  if (!request.dryRun) {
    for (const { person } of targets) {
      if (person) await linkPerson(writer, platform, changes, caller.workspace.id, person, { batch: request.batch ?? null, reason: 'same_person' });
    }
    await changes.write(writer);
  }
  return { results, counts, dryRun: request.dryRun ?? false, batch: request.batch ?? null };
}
