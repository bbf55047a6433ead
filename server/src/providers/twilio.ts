/**
 * Twilio Messaging (SMS, MMS, RCS, WhatsApp, Messenger), read in
 * - twilio.com/docs/messaging/guides/webhook-request (form post; `From` with the channel as a prefix, `Body`, `ButtonText`, `ButtonPayload`, `WaId`);
 * - twilio.com/docs/events/event-types/messaging/inbound-message (the same message as an event);
 * - twilio.com/docs/messaging/tutorials/advanced-opt-out (`OptOutType` STOP, START or HELP: Twilio has answered the person already);
 * - twilio.com/docs/api/errors/21610 (the recipient replied STOP), as a status callback brings it in `ErrorCode`;
 * - twilio.com/docs/usage/webhooks/webhooks-security and twilio-node examples/WebhookSignatureValidation.md: `X-Twilio-Signature` is base64
 *   HMAC-SHA1 with the auth token over the full public URL followed by the sorted parameters, or HMAC-SHA256 with a shared key where
 *   `X-Twilio-Webhooks-Signature-Settings` says so. Parameters change without notice; all that come are signed.
 */
import type { AddressInput } from '@quietlist/contract/address';
import type { ProvidersReading, Signal } from '../domain/signal.ts';
import { evidenceOf, get, handle, isObject, known, phone, textOf } from './fields.ts';
import { inboundMessage } from './inbound-message.ts';
import type { ProviderAdapter, RawRequest } from './provider.ts';
import { flawOfText, hmac, isSame, onlyHeader } from './signatures.ts';

const optedOut = '21610';
const channels = new Set(['whatsapp', 'messenger', 'rcs']);
const readings: Record<string, ProvidersReading> = { STOP: 'opt_out', START: 'opt_in', HELP: 'help' };

/** `whatsapp:+14155550100`, `messenger:123…`, or a number alone: a text message. */
function partyOf(text: string): { channel: string; address: AddressInput } {
  const [, prefix = '', id = ''] = /^([a-z]+):(.+)$/is.exec(text.trim()) ?? [];
  const channel = prefix.toLowerCase();
  if (!channels.has(channel)) return { channel: 'sms', address: phone(text) };
  return { channel, address: channel === 'messenger' || /^[A-Za-z]/.test(id) ? handle(channel, id) : phone(id) };
}

const firstOf = (body: unknown, ...names: string[]): string | undefined => names.map((name) => textOf(get(body, name))).find((text) => text !== undefined);
const idOf = (body: unknown): string | undefined => firstOf(body, 'MessageSid', 'SmsMessageSid', 'SmsSid');

function received(body: unknown, from: string): Signal {
  const { channel, address } = partyOf(from);
  const button = { text: get(body, 'ButtonText'), payload: get(body, 'ButtonPayload') };
  const isTap = textOf(button.text) !== undefined || textOf(button.payload) !== undefined;
  const optOutType = textOf(get(body, 'OptOutType'))?.toUpperCase() ?? '';
  return inboundMessage({
    provider: 'twilio', channel, addresses: [address], messageId: idOf(body), text: get(body, 'Body'),
    ...(isTap ? { button } : {}),
    ...(Object.hasOwn(readings, optOutType) ? { reading: readings[optOutType] } : {}),
  });
}

function reported(body: unknown): Signal {
  const to = textOf(get(body, 'To'));
  if (to === undefined || textOf(get(body, 'ErrorCode')) !== optedOut) return { kind: 'ignored' };
  const { channel, address } = partyOf(to);
  const eventId = idOf(body);
  return {
    kind: 'suppress',
    ...known(eventId),
    addresses: [address],
    channel,
    evidence: evidenceOf({ provider: 'twilio', event: textOf(get(body, 'MessageStatus')) ?? 'status', eventId, diagnosticCode: optedOut }),
    // What the STOP answered is not said, so it ends everything.
    entry: { kind: 'opt_out', reason: 'opt_out', source: 'provider', by: 'recipient', direction: 'outbound', purpose: 'all' },
  };
}

const parametersOf = (body: Buffer): Array<[string, string]> => [...new URLSearchParams(body.toString())];

/** Name by name, and value by value where a name comes more than once; the same pair counts once. */
function signedText(body: Buffer): string {
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const pairs = new Map(parametersOf(body).map(([name, value]) => [JSON.stringify([name, value]), { name, value }]));
  return [...pairs.values()].sort((a, b) => order(a.name, b.name) || order(a.value, b.value)).map(({ name, value }) => name + value).join('');
}

/** Twilio signs some URLs with the port that goes without saying. */
const withPort = (url: string): string => url.replace(/^(https?):\/\/([^/:?#]+)(?=[/?#]|$)/i, (_, scheme: string, host: string) => `${scheme}://${host}:${scheme.toLowerCase() === 'https' ? 443 : 80}`);

/** The settings that name the algorithm; without them it is the old one. Undefined for one that is not known. */
function algorithmOf(request: RawRequest): 'sha1' | 'sha256' | undefined {
  if (request.headers['x-twilio-webhooks-signature-settings'] === undefined) return 'sha1';
  return /(?:^|,)\s*algorithm=HMAC_SHA256\s*(?:,|$)/.test(onlyHeader(request, 'x-twilio-webhooks-signature-settings') ?? '') ? 'sha256' : undefined;
}

const receivedEvent = 'com.twilio.messaging.inbound-message.received';

/** A message as Twilio's event streams tell of it, and the trigger of n8n hands it on: the same under other names. */
const ofEvent = (body: unknown): unknown => {
  if (get(body, 'type') !== receivedEvent) return body;
  const data = get(body, 'data');
  return { MessageSid: get(data, 'messageSid'), From: get(data, 'from'), Body: get(data, 'body') };
};

/** Text in XML 1.0, without the characters that it cannot hold. */
const xmlText = (text: string): string =>
  text.toWellFormed().replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

export const twilio: ProviderAdapter = {
  signed: {
    decoy: 'a secret that nobody ever gets',
    flawOf: flawOfText('the auth token of your Twilio account, or the shared key of its webhook rule'),
    isSigned(request, secret) {
      const algorithm = algorithmOf(request) ?? 'sha256';
      const signature = algorithmOf(request) === undefined ? '' : (onlyHeader(request, 'x-twilio-signature') ?? '');
      const parameters = signedText(request.body);
      const urls = request.urls.flatMap((url) => [url, withPort(url)]);
      return urls.map((url) => isSame(signature, hmac(algorithm, secret, 'base64', url, parameters))).includes(true);
    },
  },
  parse: (body) => Object.fromEntries(parametersOf(body)),
  /** TwiML: Twilio sends the person what stands in it. */
  acknowledge({ messages }) {
    const replies = messages.flatMap(({ reply }) => (reply ? [`<Message>${xmlText(reply.text)}</Message>`] : []));
    return { contentType: 'text/xml; charset=utf-8', body: `<?xml version="1.0" encoding="UTF-8"?>${replies.length > 0 ? `<Response>${replies.join('')}</Response>` : '<Response/>'}` };
  },
  read(given) {
    const body = ofEvent(given);
    if (!isObject(body)) return null;
    const from = textOf(get(body, 'From'));
    const isMessage = idOf(body) !== undefined || textOf(get(body, 'AccountSid')) !== undefined;
    if (!isMessage) return null;
    const status = firstOf(body, 'MessageStatus', 'SmsStatus');
    const isReport = textOf(get(body, 'MessageStatus')) !== undefined || (status !== undefined && status !== 'received');
    if (isReport) return [reported(body)];
    return [from === undefined ? { kind: 'ignored' } : received(body, from)];
  },
};
