import type { NodeMessage } from 'node-red';
import { decideInbound, type InboundDecision } from '@quietlist/client/inbound-decision';
import type { ProviderAnswer } from '@quietlist/contract/connection';
import type { InboundResponse } from '@quietlist/contract/inbound';

export type { InboundDecision };

/** What a flow finds in `msg.suppression`. */
type Said = Omit<InboundResponse, 'action' | 'handled' | 'dryRun'> & { outcome: InboundResponse['action'] | null };

const nothing: Said = { outcome: null, reply: null, entries: [], review: null, matched: null, explanation: '', unverified: false, wasSeen: false };

const saidOf = ({ action, handled: _handled, dryRun: _dryRun, ...said }: InboundResponse): Said => ({ outcome: action, ...said });

/**
 * What becomes of a message. A webhook with several messages goes on only when all of them are ordinary; what is told is of the first one that
 * decided. A report that nobody wrote is done with.
 */
export const decisionOf = (answer: InboundResponse | ProviderAnswer | null): { decision: InboundDecision; said: object } => {
  if (answer === null) return { decision: 'handled', said: nothing };
  if (!('messages' in answer)) return { decision: decideInbound([answer]).decision, said: saidOf(answer) };
  const { messages, ...counts } = answer;
  const { decision, deciding } = decideInbound(messages);
  const isEvent = counts.suppressed + counts.resumed > 0;
  return { decision: isEvent ? 'handled' : decision, said: { ...(deciding ? saidOf(deciding) : nothing), messages: messages.map(saidOf), ...counts } };
};

/** Outputs: Handled, Blocked, Continue. */
export const outputOf = (decision: InboundDecision, msg: NodeMessage): Array<NodeMessage | null> => [
  decision === 'handled' ? msg : null,
  decision === 'blocked' ? msg : null,
  decision === 'continue' ? msg : null,
];
