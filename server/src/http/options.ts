import { limits } from '@quietlist/contract/limits';

/** What whoever runs the service may decide about it. */
export interface HttpOptions {
  requestsInFlight: number;
  bytesInFlight: number;
  /** How many requests a second one API key may send on average, over all servers of a store; null: any number. */
  requestsPerSecond: number | null;
  failedAuthenticationsPerMinute: number;
  /** Whether /metrics needs no key. */
  hasOpenMetrics: boolean;
  /** The address under which recipients reach the service, for the links it makes; null: the one by which it was asked for them. */
  publicUrl: string | null;
  streamsPerServer: number;
  streamsPerWorkspace: number;
  streamKeepAliveMs: number;
  /** How long a busy service that stops goes on refusing requests on open connections, so that none of them is cut. */
  lingerMs: number;
  /** How long it waits for requests under way before it cuts them. */
  stopWithinMs: number;
}

export const defaultHttpOptions: HttpOptions = {
  requestsInFlight: limits.requestsInFlight,
  bytesInFlight: limits.bytesInFlight,
  requestsPerSecond: null,
  failedAuthenticationsPerMinute: limits.failedAuthenticationsPerMinute,
  hasOpenMetrics: false,
  publicUrl: null,
  streamsPerServer: limits.streamsPerServer,
  streamsPerWorkspace: limits.streamsPerWorkspace,
  streamKeepAliveMs: limits.streamKeepAliveMs,
  lingerMs: 250,
  stopWithinMs: 8_000,
};
