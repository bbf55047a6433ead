import type { IncomingHttpHeaders } from 'node:http';
import type { ProviderAnswer } from '@quietlist/contract/connection';
import type { Signal } from '../domain/signal.ts';

/** A webhook as it arrived, before anything of it is believed. */
export interface RawRequest {
  /** Where the provider sent it, whole: what stands in front of the service may have changed host and scheme. Several where that is not known. */
  urls: readonly string[];
  headers: IncomingHttpHeaders;
  /** How often each header came, by its name in lower case. */
  headerCount(name: string): number;
  body: Buffer;
}

/** What judging a signature takes besides the request and the secret. */
export interface Judging {
  now: number;
  /** Gets a text over HTTPS; throws when it cannot be had. */
  fetchText(url: string): Promise<string>;
}

/** How a provider signs its webhooks. */
export interface Signed {
  /** A secret of nobody’s: judged with where there is no such connection, so that this takes as long. */
  decoy: string;
  /** What is wrong with a secret, in words for whoever typed it; null when it can be used. */
  flawOf(secret: string): string | null;
  /** Whether the request was signed by the holder of the secret, just now, and nothing of it was changed since. In constant time. */
  isSigned(request: RawRequest, secret: string, judging: Judging): boolean | Promise<boolean>;
  /** What a signature that does not cover the body is good for only once, with this body. */
  onceFor?(request: RawRequest): string | null;
  /** What to answer to a GET by which the provider asks whether the address is ours, showing a token that was set there; null where it is not right. */
  challenge?(query: URLSearchParams, token: string): string | null;
  /** Says yes to the provider where a signed request asks for it before any message comes. */
  confirm?(request: RawRequest, judging: Judging): Promise<void>;
}

/** An answer in the words of a provider. */
export interface Acknowledgement {
  contentType: string;
  body: string;
}

/** One provider: how its webhooks are signed, and what they say. */
export interface ProviderAdapter {
  /** Null where the provider signs nothing: its webhooks come through a flow, with an API key. */
  signed: Signed | null;
  /** The body as a value. Default: JSON. */
  parse?(body: Buffer): unknown;
  /**
   * What a webhook says. Null when this is no webhook of the provider at all. Unknown fields and kinds are passed over, whatever they
   * hold; one item that cannot be understood takes nothing from the others. Never throws.
   */
  read(body: unknown): Signal[] | null;
  /** What its own webhook is answered with. Default: the answer itself, as JSON. */
  acknowledge?(answer: ProviderAnswer): Acknowledgement;
}
