import type { NodeMessage } from 'node-red';
import type { ProviderAnswer } from '@quietlist/contract/connection';
import type { InboundResponse } from '@quietlist/contract/inbound';

/** By which output a message leaves: the list took care of it, it is from somebody who is blocked, or the flow goes on with it. */
export type InboundDecision = 'handled' | 'blocked' | 'continue';

/** What a flow finds in `msg.suppression`. */
type Said = Omit<InboundResponse, 'action' | 'handled' | 'dryRun'> & { outcome: InboundResponse['action'] | null };

const nothing: Said = { outcome: null, reply: null, entries: [], review: null, matched: null, explanation: '', unverified: false, wasSeen: false };

/** Goes on only with what the service itself called an ordinary message. */
const decisionOfMessage = ({ action, handled }: InboundResponse): InboundDecision => {
  if (action === 'none' && !handled) return 'continue';
  return action === 'blocked' ? 'blocked' : 'handled';
};

const saidOf = ({ action, handled: _handled, dryRun: _dryRun, ...said }: InboundResponse): Said => ({ outcome: action, ...said });

/**
 * What becomes of a message. A webhook with several messages goes on only when all of them are ordinary; what is told is of the first one that
 * decided. A report that nobody wrote is done with.
 */
export const decisionOf = (answer: InboundResponse | ProviderAnswer | null): { decision: InboundDecision; said: object } => {
  if (answer === null) return { decision: 'handled', said: nothing };
  if (!('messages' in answer)) return { decision: decisionOfMessage(answer), said: saidOf(answer) };
  const { messages, ...counts } = answer;
  const decisions = messages.map(decisionOfMessage);
  const isEvent = counts.suppressed + counts.resumed > 0 || messages.length === 0;
  const decision = isEvent || decisions.includes('handled') ? 'handled' : decisions.includes('blocked') ? 'blocked' : 'continue';
  const decisive = messages[Math.max(0, decisions.indexOf(decision))];
  return { decision, said: { ...(decisive ? saidOf(decisive) : nothing), messages: messages.map(saidOf), ...counts } };
};

/** Outputs: Handled, Blocked, Continue. */
export const outputOf = (decision: InboundDecision, msg: NodeMessage): Array<NodeMessage | null> => [
  decision === 'handled' ? msg : null,
  decision === 'blocked' ? msg : null,
  decision === 'continue' ? msg : null,
];
