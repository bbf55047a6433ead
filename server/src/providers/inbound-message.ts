import type { AddressInput } from '@quietlist/contract/address';
import type { InboundRequest } from '@quietlist/contract/inbound';
import { limits } from '@quietlist/contract/limits';
import type { Signal, ProvidersReading } from '../domain/signal.ts';
import { evidenceOf, instantIn, oneLine, textOf } from './fields.ts';

/** What a provider says of one message, none of it believed to have a shape. */
export interface ProvidersMessage {
  provider: string;
  channel: string;
  addresses: AddressInput[];
  messageId: unknown;
  at?: unknown;
  text?: unknown;
  button?: { text?: unknown; payload?: unknown } | undefined;
  reading?: ProvidersReading | undefined;
}

/** A message may be longer than what is kept of it: a word that opts out does not begin there. */
const said = (value: unknown): string | undefined => (typeof value === 'string' ? value.slice(0, limits.inboundTextLength) : undefined);

/** A message in the shape of the contract, whatever the provider put into it. From nobody it is no message. */
export function inboundMessage({ provider, channel, addresses, messageId, at, text, button, reading }: ProvidersMessage): Signal {
  if (addresses.length === 0) return { kind: 'ignored' };
  const id = oneLine(textOf(messageId) ?? '', limits.messageIdLength);
  const receivedAt = instantIn(at);
  const words = said(text);
  const tapped = { text: said(button?.text), payload: said(button?.payload) };
  const request: InboundRequest = {
    addresses: addresses.slice(0, limits.addressesPerItem),
    channel,
    ...(words === undefined ? {} : { text: words }),
    ...(tapped.text === undefined && tapped.payload === undefined
      ? {}
      : { button: { ...(tapped.text === undefined ? {} : { text: tapped.text }), ...(tapped.payload === undefined ? {} : { payload: tapped.payload }) } }),
    ...(id === '' ? {} : { messageId: id }),
    ...(receivedAt === undefined ? {} : { receivedAt }),
    evidence: evidenceOf({ provider }),
  };
  return { kind: 'message', request, ...(reading === undefined ? {} : { reading }) };
}
