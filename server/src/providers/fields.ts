import type { AddressInput } from '@quietlist/contract/address';
import { limits } from '@quietlist/contract/limits';
import type { Evidence } from '../domain/entry.ts';
import { instantText } from '../domain/instant.ts';

/** A field of an object that somebody else made, or undefined. Never one of a prototype. */
export const get = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((inner, name) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name) ? (inner as Record<string, unknown>)[name] : undefined), value);

export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

export const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** A text that says something, or undefined. Numbers that are ids are texts, too. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** The first of several fields that holds a text. */
export const firstText = (...values: unknown[]): string | undefined => values.map(textOf).find((text) => text !== undefined);

/** An instant as RFC 3339, from seconds or milliseconds since 1970 or from a date in text. */
export function instantIn(value: unknown): string | undefined {
  const text = textOf(typeof value === 'number' ? Math.trunc(value) : value);
  if (text === undefined) return undefined;
  const number = /^\d{1,13}(\.\d{1,9})?$/.test(text) ? Number(text) : null;
  const instant = number === null ? Date.parse(text) : number >= 1e11 ? number : number * 1_000;
  // Four digits of the year, as the contract has them.
  return Number.isFinite(instant) && instant >= 0 && instant < Date.UTC(9999, 0) ? instantText(Math.trunc(instant)) : undefined;
}

/** One line without control characters, cut: fit to be kept as a fact. */
export const oneLine = (text: string, length: number): string =>
  text.slice(0, length * 2).toWellFormed().replace(/\p{Cc}+/gu, ' ').trim().slice(0, length).toWellFormed();

/** Facts that are there. */
export function evidenceOf(facts: Record<string, string | number | boolean | undefined>): Evidence {
  const said = Object.entries(facts).map(([name, value]) => [name, typeof value === 'string' ? oneLine(value, limits.evidenceValueLength) : value] as const);
  return Object.fromEntries(said.filter(([, value]) => value !== undefined && value !== '')) as Evidence;
}

/** The fields of a signal by which it is known again, and which say when it was. */
export function known(eventId: string | undefined, at?: string): { id?: string; at?: string } {
  const id = eventId ?? at;
  return { ...(id === undefined ? {} : { id }), ...(at === undefined ? {} : { at }) };
}

const cutAddress = (text: string): string => text.slice(0, limits.addressLength);

/** A number that the provider writes with its country code, with or without a plus. */
export const phone = (text: string): AddressInput => ({ value: cutAddress(/^[1-9]\d{6,16}$/.test(text) ? `+${text}` : text), kind: 'phone' });
export const email = (text: string): AddressInput => ({ value: cutAddress(text), kind: 'email' });
export const handle = (channel: string, text: string): AddressInput => ({ value: cutAddress(text), kind: 'handle', channel });
