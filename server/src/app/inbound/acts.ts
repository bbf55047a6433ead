import type { AddResult, NewEntry } from '@quietlist/contract/entry';
import { defaultListId } from '@quietlist/contract/vocabulary';
import { idText } from '../../domain/id-text.ts';
import type { Intent } from '../../domain/rule-book.ts';
import { addEntries } from '../add-entries.ts';
import type { Caller, Platform } from '../context.ts';
import { ownOptOuts } from '../own-opt-outs.ts';
import type { StoreWriter } from '../ports.ts';
import { removeEntries } from '../remove-entries.ts';
import { evidenceOf, type Inbound } from './message.ts';

/** What every act needs. */
export interface Acting {
  writer: StoreWriter;
  platform: Platform;
  caller: Caller;
  inbound: Inbound;
  batch?: string;
}

/** A rule was made by an admin: what it says is done whoever hands the message in. */
const asRule = (caller: Caller): Caller => ({ ...caller, key: { ...caller.key, role: 'manager' } });

/** How a message came to do something, for the source of its entries: a tap on a template's button is a template reply (C2). */
const sourceOf = (intent: Intent): 'template_reply' | 'opt_out' => (intent.by === 'button' ? 'template_reply' : 'opt_out');

/**
 * What a STOP ends (47 CFR 64.1200(a)(10)). Words for a certain list mean its marketing; a plain STOP means marketing only where it
 * answers marketing. An answer to anything else, or to nobody knows what, ends everything.
 */
function purposeOf({ caller, inbound }: Acting, intent: Intent): 'marketing' | 'all' {
  if (caller.workspace.settings.revocationScope === 'all') return 'all';
  const answered = inbound.request.inReplyTo?.purpose;
  if (answered !== undefined) return answered === 'marketing' ? 'marketing' : 'all';
  return intent.by === 'keyword' || intent.by === 'phrase' || intent.by === 'answer' ? 'all' : 'marketing';
}

const add = async ({ writer, platform, caller, inbound, batch }: Acting, entries: NewEntry[]): Promise<AddResult[]> => {
  const { addressOptions } = inbound.request;
  const request = { entries, ...(batch === undefined ? {} : { batch }), ...(addressOptions ? { addressOptions } : {}) };
  return (await addEntries(writer, platform, asRule(caller), request)).results;
};

/** Opts the person out of the lists; `held` is a provisional hold that is nobody's will yet. */
export function optOut(acting: Acting, intent: Intent, held?: { review: string }): Promise<AddResult[]> {
  const { caller, inbound } = acting;
  const isEverywhere = caller.workspace.settings.optOutChannels === 'all';
  const lists = intent.lists.length > 0 ? intent.lists : [defaultListId];
  return add(acting, lists.map((list): NewEntry => ({
    kind: 'opt_out',
    addresses: [...inbound.inputs],
    channel: isEverywhere ? null : inbound.request.channel,
    sender: isEverywhere ? null : inbound.sender,
    list,
    purpose: purposeOf(acting, intent),
    reason: 'opt_out',
    source: sourceOf(intent),
    by: held ? 'system' : 'recipient',
    evidence: evidenceOf(inbound, { ...(intent.rule ? { rule: intent.rule } : {}), ...(held ?? {}) }),
  })));
}

/** Blocks the person on the channel of the message (A4, A10). */
export function block(acting: Acting, intent: Intent): Promise<AddResult[]> {
  const { inbound } = acting;
  return add(acting, [{
    kind: 'block',
    addresses: [...inbound.inputs],
    channel: inbound.request.channel,
    source: sourceOf(intent),
    evidence: evidenceOf(inbound, intent.rule ? { rule: intent.rule } : {}),
  }]);
}

/**
 * Lifts the person's own opt-outs of these lists that hold this channel; never a block, never what somebody else decided, and never what the
 * person said after this message: one that comes late does not overtake a later STOP.
 */
export async function optIn({ writer, platform, caller, inbound, batch }: Acting, intent: Intent): Promise<string[]> {
  const { keys, sender, at, now, request: { channel } } = inbound;
  const own = await ownOptOuts(writer, caller.workspace.id, { keys, lists: intent.lists, channel, sender, purpose: 'all', at, now });
  if (own.length === 0) return [];
  const ids = own.map(({ id }) => idText('ent', id));
  await removeEntries(writer, platform, caller, { ids, by: 'recipient', source: sourceOf(intent), evidence: evidenceOf(inbound, {}), ...(batch === undefined ? {} : { batch }) });
  return ids;
}
