import type { InboundResponse } from '@quietlist/contract/inbound';

/** What a flow does with what came in: its list took care of it, it is from somebody who is blocked, or the flow goes on with it. */
export type InboundDecision = 'handled' | 'blocked' | 'continue';

/** The decision, and the message that it is owed to, where there was one. */
export interface DecidedInbound {
  decision: InboundDecision;
  deciding: InboundResponse | undefined;
}

/** A flow goes on only with what the service itself called an ordinary message, from somebody whose address it could read: of any other nobody knows whether they are blocked. */
const decisionOf = ({ action, handled, unverified }: InboundResponse): InboundDecision => {
  if (action === 'none' && !handled && !unverified) return 'continue';
  return action === 'blocked' ? 'blocked' : 'handled';
};

const precedence: InboundDecision[] = ['handled', 'blocked', 'continue'];

/**
 * Of several messages that came together all must be ordinary for the flow to go on; what was handled goes before what was blocked, because it may have
 * a reply to be sent. Nothing that anybody wrote is handled.
 */
export const decideInbound = (messages: readonly InboundResponse[]): DecidedInbound => {
  const decisions = messages.map(decisionOf);
  const decision = precedence.find((one) => decisions.includes(one)) ?? 'handled';
  return { decision, deciding: messages[decisions.indexOf(decision)] };
};
