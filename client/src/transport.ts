/** One HTTP exchange, without any word of how it is made: axios in Node-RED and the CLI, n8n's own helper in n8n, fetch in the console. */
export interface TransportRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path below the base URL, beginning with `/`. The base URL and the API key belong to the transport. */
  path: string;
  query?: Record<string, string>;
  /** A JSON value; the transport serialises it. */
  body?: unknown;
  headers: Record<string, string>;
  /** How long the transport may wait for the whole answer. */
  timeoutMs: number;
}

export interface TransportResponse {
  status: number;
  /** Lower-case names. */
  headers: Record<string, string | undefined>;
  /** The parsed JSON, or the text as it came when it was not JSON. */
  body: unknown;
}

/**
 * Sends one request and answers whatever status came; it follows no redirect and retries nothing.
 * Throws `TransportError` when no complete answer came.
 */
export interface Transport {
  send(request: TransportRequest): Promise<TransportResponse>;
}

export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind: 'unreachable' | 'timed_out';

  constructor(kind: 'unreachable' | 'timed_out') {
    super(kind === 'timed_out' ? 'The service did not answer in time' : 'The service cannot be reached');
    this.kind = kind;
  }
}
