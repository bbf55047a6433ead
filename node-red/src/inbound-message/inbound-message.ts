import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red';
import type { QuietlistClient } from '@quietlist/client/client';
import type { QuietlistError } from '@quietlist/client/errors';
import type { InboundMessage } from '@quietlist/client/types';
import type { ProviderAnswer } from '@quietlist/contract/connection';
import type { InboundResponse } from '@quietlist/contract/inbound';
import type { Provider } from '@quietlist/contract/providers';
import type { ActionDefinition } from '../shared/action-node.ts';
import { Fields, type Read } from '../shared/fields.ts';
import { inLanes } from '../shared/lanes.ts';
import type { Outcome } from '../shared/message-collector.ts';
import { resultOf, runRequest } from '../shared/request-node.ts';
import type { ScopeDefinition } from '../shared/scope.ts';
import { compactCount } from '../shared/status.ts';
import { decisionOf, outputOf, type InboundDecision } from './inbound-decision.ts';
import { inboundMessageOf } from './inbound-fields.ts';

export interface InboundMessageDefinition extends ActionDefinition, ScopeDefinition {
  /** Fields of the message, or the whole webhook of a provider, which the service reads. */
  reads?: 'message' | 'provider';
  provider?: Provider;
  /** What becomes of a message that could not be handled: it never goes on as an ordinary one. */
  whenFailed?: 'error' | 'handled';
}

/** What the service is asked; null for a report of what became of a message of ours, which nobody wrote. */
type Wish = { message: InboundMessage } | { provider: Provider; body: unknown } | null;

/** What the service said of one message, or of one webhook, which may hold several. */
type Answer = InboundResponse | ProviderAnswer | null;

const wishOf = (RED: NodeAPI, node: Node, definition: InboundMessageDefinition): Read<Wish> => {
  const fields = new Fields(RED, node, definition);
  if (definition.reads !== 'provider') {
    const message = inboundMessageOf(RED, node, fields, definition);
    return async (msg) => {
      const read = await message(msg);
      return read && { message: read };
    };
  }
  const body = fields.any('body', { defaultType: 'msg' });
  return async (msg) => {
    const received = await body(msg);
    if (received === undefined || received === null) throw fields.empty('body');
    return { provider: definition.provider ?? 'whatsapp', body: received };
  };
};

/** Messages of one person are handled in the order they came: STOP after START is another wish than START after STOP. A webhook may be anybody's. */
const laneOf = (wish: Wish): string => (wish && 'message' in wish ? JSON.stringify(wish.message.person) : '');

const ask = async (client: QuietlistClient, wish: Wish): Promise<Answer> => {
  if (wish === null) return null;
  return 'message' in wish ? client.handleInbound(wish.message) : client.receiveFromProvider(wish.provider, wish.body);
};

export const registerInboundMessage = (RED: NodeAPI): void => {
  function InboundMessageNode(this: Node, definition: InboundMessageDefinition): void {
    RED.nodes.createNode(this, definition);
    const counts: Record<InboundDecision, number> = { handled: 0, blocked: 0, continue: 0 };

    const fail = (msg: NodeMessageInFlow, error: QuietlistError): Outcome => {
      msg['suppression'] = { action: 'inbound_message', decision: 'unknown', outcome: null, reply: null, code: error.code, explanation: error.message };
      return definition.whenFailed === 'handled' ? { outputs: [msg, null, null] } : { error };
    };

    runRequest<Wish, Answer>(RED, this, definition, {
      read: wishOf(RED, this, definition),
      ask: (client, wishes) => inLanes(wishes, laneOf, (wish) => resultOf(ask(client, wish))),
      forward: (msg, answer) => {
        const { decision, said } = decisionOf(answer);
        counts[decision] += 1;
        msg['suppression'] = { action: 'inbound_message', decision, ...said };
        return { outputs: outputOf(decision, msg) };
      },
      fail,
      status: () => RED._('status.inbound_message', { handled: compactCount(counts.handled), blocked: compactCount(counts.blocked) }),
    });
  }
  RED.nodes.registerType('quietlist-inbound-message', InboundMessageNode);
};
