import type { Node, NodeAPI } from 'node-red';
import { isDeliveryReport, receivedMessage } from '@quietlist/client/received-message';
import type { InboundMessage } from '@quietlist/client/types';
import { limits } from '@quietlist/contract/limits';
import { checkPurposes, type CheckPurpose } from '@quietlist/contract/vocabulary';
import { messageEvidence, nodeEvidence } from '../shared/evidence.ts';
import type { Fields, Read } from '../shared/fields.ts';
import { onePersonOf } from '../shared/one-person.ts';
import { addressOptionsOf, type ScopeDefinition } from '../shared/scope.ts';
import { textOf } from '../shared/values.ts';

type Button = NonNullable<InboundMessage['button']>;

/** The text as it was written, on all its lines. */
const writtenOf = (value: unknown): string | undefined | null => {
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
};

/** A button by its text, or by text and payload. */
const buttonOf = (value: unknown): Button | undefined | null => {
  const text = writtenOf(value);
  if (text !== null) return text === undefined ? undefined : { text };
  if (typeof value !== 'object' || Array.isArray(value)) return null;
  const given = value as Record<string, unknown>;
  const [label, payload] = [writtenOf(given['text']), writtenOf(given['payload'])];
  if (label === null || payload === null) return null;
  return label === undefined && payload === undefined ? undefined : { ...(label === undefined ? {} : { text: label }), ...(payload === undefined ? {} : { payload }) };
};

const purposeOf = (value: unknown): CheckPurpose | undefined | null => {
  const word = textOf(value, limits.nameLength);
  return word === undefined || (word !== null && Object.hasOwn(checkPurposes, word)) ? (word as CheckPurpose | undefined) : null;
};

/** Reads one inbound message from the fields of the node; null for a report that nobody wrote, while the node reads the message itself. */
export const inboundMessageOf = (RED: NodeAPI, node: Node, fields: Fields, definition: ScopeDefinition): Read<InboundMessage | null> => {
  const contact = fields.any('contact', { defaultType: 'message', ofMessage: (msg) => receivedMessage(msg).contact?.people });
  const channel = fields.text('channel', limits.channelLength, { defaultType: 'message', ofMessage: (msg) => receivedMessage(msg).contact?.channel });
  const text = fields.converted('text', writtenOf, { defaultType: 'message', ofMessage: (msg) => receivedMessage(msg).text });
  const button = fields.converted('button', buttonOf, { defaultType: 'message', ofMessage: (msg) => receivedMessage(msg).button });
  const messageId = fields.text('messageId', limits.messageIdLength, { defaultType: 'message', ofMessage: (msg) => receivedMessage(msg).messageId });
  const sender = fields.text('sender', limits.senderNameLength);
  const purpose = fields.converted('purpose', purposeOf);
  const inFlow = fields.toggle('inFlow');
  const addressOptions = addressOptionsOf(fields, definition);
  const evidence = nodeEvidence(RED, node);
  const readsMessage = fields.typeOf('contact', 'message') === 'message';
  return async (msg) => {
    if (readsMessage && isDeliveryReport(msg)) return null;
    const [given, onChannel, written, pressed, id, ofSender, about, isInFlow, options] = await Promise.all([
      contact(msg), channel(msg), text(msg), button(msg), messageId(msg), sender(msg), purpose(msg), inFlow(msg), addressOptions(msg),
    ]);
    const person = onePersonOf(RED, given);
    // Nobody is refused by the client, in its own words; the channel is asked for only where there is somebody.
    if (onChannel === undefined && person !== '') throw fields.empty('channel');
    return {
      person,
      channel: onChannel ?? '',
      ...(ofSender === undefined ? {} : { sender: ofSender }),
      ...(written === undefined ? {} : { text: written }),
      ...(pressed === undefined ? {} : { button: pressed }),
      ...(id === undefined ? {} : { messageId: id }),
      ...(about === undefined ? {} : { inReplyTo: { purpose: about } }),
      ...(isInFlow ? { inFlow: true } : {}),
      evidence: messageEvidence(evidence, msg),
      ...options,
    };
  };
};
