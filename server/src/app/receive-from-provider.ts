import type { ProviderAnswer } from '@quietlist/contract/connection';
import type { AddResult, NewEntry } from '@quietlist/contract/entry';
import type { InboundResponse } from '@quietlist/contract/inbound';
import type { Provider } from '@quietlist/contract/providers';
import { isAtLeast } from '@quietlist/contract/roles';
import { defaultListId } from '@quietlist/contract/vocabulary';
import { idText } from '../domain/id-text.ts';
import { instantOf } from '../domain/instant.ts';
import { keysOf, readPerson } from '../domain/person.ts';
import type { ProvidersReading, Resumption, Signal, Suppression } from '../domain/signal.ts';
import { addEntries } from './add-entries.ts';
import { linkAddresses } from './contacts.ts';
import type { Caller, Platform } from './context.ts';
import { currentList } from './former-lists.ts';
import { handleInbound } from './inbound/handle-inbound.ts';
import { ownOptOuts } from './own-opt-outs.ts';
import type { StoreWriter } from './ports.ts';
import { Problem } from './problem.ts';
import { readingOptionsOf } from './reading-options.ts';
import { loadReferences, type References } from './references.ts';
import { removeEntries } from './remove-entries.ts';

/** What a provider said, and where it is to go. */
export interface Received {
  provider: Provider;
  signals: readonly Signal[];
  /** Ids; null: the default list, any sender. */
  list: string | null;
  sender: string | null;
  /** Whether the provider's own signature was checked. Otherwise it is the caller's word. */
  isSigned: boolean;
}

interface Receiving {
  writer: StoreWriter;
  platform: Platform;
  caller: Caller;
  provider: Provider;
  references: References;
  list: string;
  sender: string | null;
  /** Whether a bounce may block: the provider has signed it, or the caller may block anyway (A11). */
  mayBlock: boolean;
}

/** What may be blocked is written as by somebody who may. */
const asManager = (caller: Caller): Caller => ({ ...caller, key: { ...caller.key, role: 'manager' } });

/** Notes that a signal was taken, and answers whether it is new. Providers send again, for a day at most. */
async function isNew({ writer, platform, caller, provider }: Receiving, signal: { id?: string }): Promise<boolean> {
  if (signal.id === undefined) return true;
  // The space keeps it apart from every key of a caller's own.
  const idempotencyKey = `signal ${platform.digest(JSON.stringify([provider, signal]))}`;
  if (await writer.idempotency.find(caller.key.id, idempotencyKey)) return false;
  await writer.idempotency.insert({ keyId: caller.key.id, idempotencyKey, fingerprint: '', status: 200, body: '', createdAt: platform.clock() });
  return true;
}

/** A list of the workspace that stands for one of the provider's: `sendgrid:1234` for its unsubscribe group 1234. */
function listOfGroup({ references, provider }: Receiving, group: string | undefined): string | null {
  const name = group === undefined ? null : `${provider}:${group}`;
  return [...references.names.lists].find(([, other]) => other === name)?.[0] ?? null;
}

/** The entry of a suppression. How far the will of a recipient reaches is decided by the workspace, as for a STOP. */
function entryOf(receiving: Receiving, { entry, addresses, channel, group, evidence }: Suppression): NewEntry {
  const { settings } = receiving.caller.workspace;
  const common = { ...entry, addresses, evidence };
  if (entry.kind === 'block') {
    // On the word of a key that may not block, the address is held from marketing and all else as an opt-out of the system.
    return receiving.mayBlock ? { ...common, channel } : { ...common, kind: 'opt_out', channel, list: receiving.list, purpose: 'all' };
  }
  const isEverywhere = settings.optOutChannels === 'all';
  return {
    ...common,
    channel: isEverywhere ? null : channel,
    sender: isEverywhere ? null : receiving.references.knownSender(receiving.sender, channel),
    list: listOfGroup(receiving, group) ?? receiving.list,
    purpose: settings.revocationScope === 'all' ? 'all' : entry.purpose,
  };
}

async function suppress(receiving: Receiving, suppressions: readonly Suppression[]): Promise<AddResult[]> {
  if (suppressions.length === 0) return [];
  const { writer, platform, caller } = receiving;
  return (await addEntries(writer, platform, receiving.mayBlock ? asManager(caller) : caller, { entries: suppressions.map((suppression) => entryOf(receiving, suppression)) })).results;
}

/** Lifts the own opt-outs that a resumption means, and answers their ids. One of a group lifts in the list of that group only. */
async function resume(receiving: Receiving, { addresses, channel, group, purpose, at, evidence }: Omit<Resumption, 'id' | 'kind'>): Promise<string[]> {
  const { writer, platform, caller } = receiving;
  const list = group === undefined ? receiving.list : listOfGroup(receiving, group);
  if (list === null) return [];
  const now = platform.clock();
  const sender = receiving.references.knownSender(receiving.sender, channel);
  const keys = keysOf(readPerson(addresses, readingOptionsOf(caller.workspace.settings, undefined, channel)), false);
  const own = await ownOptOuts(writer, caller.workspace.id, { keys, lists: [list], channel, sender, purpose, at: (at === undefined ? null : instantOf(at)) ?? now, now });
  const ids = own.map(({ id }) => idText('ent', id));
  if (ids.length > 0) await removeEntries(writer, platform, caller, { ids, by: 'recipient', source: 'provider', evidence });
  return ids;
}

const words: Record<ProvidersReading, string> = { opt_out: 'STOP', opt_in: 'START', help: 'HELP' };
const actions = { opt_out: 'opted_out', opt_in: 'opted_in', help: 'help' } as const;
const explanations: Record<ProvidersReading, string> = {
  opt_out: 'The provider says that the person opted out, and has told them so.',
  opt_in: 'The provider says that the person opted in again, and has told them so.',
  help: 'The provider has answered the person’s question for help.',
};

/** What a message comes to of which the provider says itself what it meant: at least that, and no second answer to the person. */
async function asRead(receiving: Receiving, message: Extract<Signal, { kind: 'message' }>, reading: ProvidersReading, answer: InboundResponse): Promise<InboundResponse> {
  const heard: InboundResponse = { ...answer, reply: null };
  const isDone = answer.action === actions[reading] || answer.action === 'blacklisted' || (answer.action === 'blocked' && reading !== 'opt_out');
  if (isDone) return heard;
  const about = { addresses: message.request.addresses ?? [], channel: message.request.channel, evidence: { ...message.request.evidence, event: words[reading], ...(message.request.messageId === undefined ? {} : { messageId: message.request.messageId }) } };
  let entries = answer.entries;
  if (reading === 'opt_out' && !answer.wasSeen) {
    const entry = { kind: 'opt_out', reason: 'opt_out', source: 'opt_out', by: 'recipient', direction: 'outbound', purpose: 'all' } as const;
    const results = await suppress(receiving, [{ kind: 'suppress', ...about, entry }]);
    entries = [...new Set([...entries, ...results.flatMap((result) => result.entries)])];
  }
  if (reading === 'opt_in' && !answer.wasSeen) entries = await resume(receiving, { ...about, purpose: 'all' });
  if (answer.action === 'blocked') return { ...heard, entries };
  return { ...heard, action: actions[reading], handled: true, entries, matched: { by: 'provider', text: words[reading], rule: null, language: null }, explanation: explanations[reading] };
}

/** Handles a message as any other; one from nobody is none. */
async function handle(receiving: Receiving, message: Extract<Signal, { kind: 'message' }>): Promise<InboundResponse | null> {
  const { writer, platform, caller, sender } = receiving;
  let answer: InboundResponse;
  try {
    answer = await handleInbound(writer, platform, caller, { ...message.request, ...(sender === null ? {} : { sender }) });
  } catch (error) {
    // Thrown before anything is written. Everything else must reach the provider, which sends again.
    if (error instanceof Problem && error.code === 'invalid-address') return null;
    throw error;
  }
  return message.reading === undefined ? answer : asRead(receiving, message, message.reading, answer);
}

/** Links the addresses that can be read. Nothing is lifted: what holds one of them holds the other now. */
async function link({ writer, platform, caller }: Receiving, { addresses, reason }: Extract<Signal, { kind: 'address_changed' }>): Promise<boolean> {
  const options = readingOptionsOf(caller.workspace.settings, undefined, null);
  const readable = addresses.filter((address) => readPerson([address], options).addresses.length > 0);
  if (readPerson(readable, options).addresses.length < 2) return false;
  await linkAddresses(writer, platform, caller, { addresses: readable, reason });
  return true;
}

/**
 * Takes what one webhook of a provider said, in its order. Runs inside the caller's transaction: all of it is kept, or none of it and the
 * provider sends again. What nobody can read is kept where it is an opt-out and passed over elsewhere; it takes nothing from the others.
 */
export async function receiveFromProvider(writer: StoreWriter, platform: Platform, caller: Caller, { provider, signals, list, sender, isSigned }: Received): Promise<ProviderAnswer> {
  const receiving: Receiving = {
    writer, platform, caller, provider, sender,
    mayBlock: isSigned || isAtLeast(caller.key.role, 'manager'),
    references: await loadReferences(writer.directory, caller.workspace.id),
    list: await currentList(writer, caller.workspace.id, list ?? defaultListId),
  };
  const answer: ProviderAnswer = { messages: [], suppressed: 0, resumed: 0, linked: 0, ignored: 0 };
  const count = (isDone: boolean, what: 'suppressed' | 'resumed' | 'linked'): void => void (answer[isDone ? what : 'ignored'] += 1);

  /** Suppressions in a row are one add: mail providers report hundreds at once. */
  let waiting: Suppression[] = [];
  const flush = async (): Promise<void> => {
    const results = await suppress(receiving, waiting);
    for (const { outcome } of results) count(outcome !== 'invalid', 'suppressed');
    waiting = [];
  };
  for (const signal of signals) {
    if (signal.kind === 'suppress') {
      if (await isNew(receiving, signal)) waiting.push(signal);
      else answer.suppressed += 1;
      continue;
    }
    await flush();
    switch (signal.kind) {
      case 'message': {
        const handled = await handle(receiving, signal);
        if (handled) answer.messages.push(handled);
        else answer.ignored += 1;
        break;
      }
      case 'resume':
        count((await isNew(receiving, signal)) && (await resume(receiving, signal)).length > 0, 'resumed');
        break;
      case 'address_changed':
        count(!(await isNew(receiving, signal)) || (await link(receiving, signal)), 'linked');
        break;
      case 'ignored':
        answer.ignored += 1;
    }
  }
  await flush();
  return answer;
}

/** Takes a signature that covers no body for one body only: with another it was copied from the first. */
export async function useOnce(writer: StoreWriter, platform: Platform, caller: Caller, token: string, body: string): Promise<void> {
  const idempotencyKey = `once ${platform.digest(token)}`;
  const fingerprint = platform.digest(body);
  const used = await writer.idempotency.find(caller.key.id, idempotencyKey);
  if (used && used.fingerprint !== fingerprint) throw new Problem('invalid-signature');
  if (!used) await writer.idempotency.insert({ keyId: caller.key.id, idempotencyKey, fingerprint, status: 200, body: '', createdAt: platform.clock() });
}
