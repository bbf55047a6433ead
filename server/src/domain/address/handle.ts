import { channelPattern } from '@quietlist/contract/vocabulary';
import { channelsWithoutHandles, handleFormats, mentions, opaqueChannels, opaqueFormat } from './handle-formats.ts';
import { failure, longestText, type AddressOptions, type AddressResult } from './result.ts';
import { withoutEdges } from './text.ts';
import { readWhatsappId, type WhatsappId } from './whatsapp-id.ts';

const channelName = new RegExp(channelPattern);
const invisibleEdge = /[\s\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]/;
const keyText = /^([a-z][a-z0-9_-]*):([^:]*):(.+)$/s;
const prefixed = /^([a-z]+):([^:]+)$/s;

/** The text without white space and invisible marks around it. */
export const trimmed = (text: string): string => withoutEdges(text, invisibleEdge);

/** True when text on this channel that is neither phone nor e-mail is an id of the channel. */
export const hasHandles = (channel: string | undefined): channel is string => channel !== undefined && handleFormats.has(channel);

/** Reads the opaque id of a person on one channel. The id keeps its exact characters; only white space and invisible marks around it go. */
export function parseHandle(input: unknown, options: Pick<AddressOptions, 'channel' | 'scope'>): AddressResult {
  const text = textOf(input);
  if (typeof text !== 'string') return text;
  if (text.length > longestText) return failure('too_long');
  const id = trimmed(text);
  if (id === '') return failure('empty');
  const { channel, scope = '' } = options;
  if (channel === undefined || channel === '') return withoutChannel(id, scope);
  if (!channelName.test(channel)) return failure('bad_channel');
  return onChannel(id, channel, scope);
}

/** Reads text that is a handle whatever is said about it: an id of WhatsApp. Undefined when it is none. */
export function ofWhatsapp(id: WhatsappId | undefined): AddressResult | undefined {
  if (id === undefined || id.what === 'phone') return undefined;
  if (id.what === 'group') return failure('group');
  if (id.what === 'other') return failure('handle_format');
  const key = `whatsapp::${id.id}`;
  return { ok: true, value: { kind: 'handle', address: id.id, key, ...(id.matchedBy === undefined ? {} : { matchedBy: id.matchedBy }) } };
}

/** Reads text that names its channel itself: a handle key (`telegram::123456`), or an id behind its channel (`messenger:123…`). Undefined for other text. */
export function ofNamedChannel(text: string): AddressResult | undefined {
  const [, keyChannel, scope = '', keyId = ''] = keyText.exec(text) ?? [];
  if (hasHandles(keyChannel)) return onChannel(keyId, keyChannel, unescaped(scope));
  const [, channel, id = ''] = prefixed.exec(text) ?? [];
  return hasHandles(channel) && !opaqueChannels.has(channel) ? onChannel(id, channel, '') : undefined;
}

function withoutChannel(id: string, scope: string): AddressResult {
  const whatsapp = ofWhatsapp(readWhatsappId(id));
  if (whatsapp !== undefined) return whatsapp;
  const line = handleFormats.get('line');
  if (line?.person(id) || line?.group(id)) return onChannel(id, 'line', scope);
  return ofNamedChannel(id) ?? failure('handle_needs_channel');
}

function onChannel(text: string, channel: string, scope: string): AddressResult {
  if (channelsWithoutHandles.has(channel)) return failure('no_handles');
  if (channel === 'whatsapp') return ofWhatsapp(readWhatsappId(text)) ?? failure('handle_format');
  const format = handleFormats.get(channel) ?? opaqueFormat;
  const id = isOpaque(channel) ? text : plainId(text, channel);
  if (format.group(id)) return failure('group');
  if (id.length > format.longest) return failure('too_long');
  if (!format.person(id)) return failure('handle_format');
  return { ok: true, value: { kind: 'handle', address: id, key: `${channel}:${format.scoped ? escaped(scope) : ''}:${id}` } };
}

const isOpaque = (channel: string): boolean => !hasHandles(channel) || opaqueChannels.has(channel);

/** The id without the channel's own prefix (`messenger:123…`), the n of a BigInt and the signs of a mention. */
function plainId(text: string, channel: string): string {
  const id = text.startsWith(`${channel}:`) ? text.slice(channel.length + 1) : text;
  const plain = mentions.get(channel)?.exec(id)?.[1] ?? id;
  return /^-?\d+n$/.test(plain) ? plain.slice(0, -1) : plain;
}

function textOf(input: unknown): string | AddressResult {
  if (typeof input === 'string') return input;
  if (typeof input === 'bigint') return String(input);
  if (typeof input !== 'number') return failure('not_text');
  return Number.isSafeInteger(input) ? String(input) : failure('lossy_number');
}

/** A scope keeps its characters and never reads as the end of itself. */
const escaped = (scope: string): string => scope.replace(/%/g, '%25').replace(/:/g, '%3A');
const unescaped = (scope: string): string => scope.replace(/%3A/g, ':').replace(/%25/g, '%');
