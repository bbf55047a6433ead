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
 * Throws `TransportError` when no complete answer came; whatever else it throws counts as `unreachable`.
 */
export interface Transport {
  send(request: TransportRequest): Promise<TransportResponse>;
}

/** A stream that was opened, or the answer of a service that did not open it. */
export type OpenedStream = { chunks: AsyncIterable<Uint8Array>; close(): void } | { refusal: TransportResponse };

/** `timeoutMs` is for the beginning of the stream; the signal ends it at any time. */
export interface StreamRequest extends Omit<TransportRequest, 'method' | 'body'> {
  signal: AbortSignal;
}

/** Opens a stream that goes on until either side closes it. Throws as `send` does, also while the stream is read. */
export interface StreamTransport {
  open(request: StreamRequest): Promise<OpenedStream>;
}

/** `malformed_answer`: bytes came, but no HTTP answer that could be read, or one larger than any of the service. */
export type TransportFailure = 'unreachable' | 'timed_out' | 'malformed_answer';

const sentences: Record<TransportFailure, string> = {
  unreachable: 'The service cannot be reached',
  timed_out: 'The service did not answer in time',
  malformed_answer: 'The answer of the service could not be read',
};

export class TransportError extends Error {
  override readonly name = 'TransportError';
  readonly kind: TransportFailure;

  constructor(kind: TransportFailure) {
    super(sentences[kind]);
    this.kind = kind;
  }
}
