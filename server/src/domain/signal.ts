import type { AddressInput } from '@quietlist/contract/address';
import type { NewEntry } from '@quietlist/contract/entry';
import type { InboundRequest } from '@quietlist/contract/inbound';
import type { LinkReason } from '@quietlist/contract/contact';
import type { Purpose } from '@quietlist/contract/vocabulary';
import type { Evidence } from './entry.ts';

/** What a provider says that a message meant. It has answered the person itself, so nobody else is to. */
export type ProvidersReading = 'opt_out' | 'opt_in' | 'help';

/**
 * What tells a signal from others that say the same: the provider's id of it, or when it happened. The same signal again changes nothing
 * more. Undefined where the provider gives neither: then each counts, lest the second of two opt-outs be taken for the first.
 */
interface Known {
  id?: string;
}

interface AboutPerson extends Known {
  /** All addresses by which the provider knows this one person. */
  addresses: AddressInput[];
  channel: string;
  /** The provider's own list (an unsubscribe group, a topic, a stream), where it says one. */
  group?: string;
  /** When it happened, as the provider says. */
  at?: string;
  evidence: Evidence;
}

/** Suppressing one person: what the provider said of an entry. Its list and how far it reaches are decided by the workspace. */
export interface Suppression extends AboutPerson {
  kind: 'suppress';
  entry: Required<Pick<NewEntry, 'kind' | 'reason' | 'source' | 'by' | 'direction' | 'purpose'>>;
}

/** The person opted in again. Lifts their own opt-outs at most, and none of a wider purpose. */
export interface Resumption extends AboutPerson {
  kind: 'resume';
  purpose: Purpose;
}

/** One thing that a webhook of a provider says, in the words of the model. Pure data: nothing is decided yet. */
export type Signal =
  | { kind: 'message'; request: InboundRequest; reading?: ProvidersReading }
  | Suppression
  | Resumption
  | (Known & { kind: 'address_changed'; addresses: AddressInput[]; reason: LinkReason })
  | { kind: 'ignored' };
