/** Why a request got no answer. Words of ours: they are logged and shown, and tell nothing of the address. */
export const outboundErrors = {
  blocked_address: 'The address leads into a network that may not be called.',
  insecure_url: 'Only https may be called, but for networks that the operator allows.',
  invalid_url: 'The URL cannot be called.',
  dns: 'The name of the host could not be found.',
  connection_refused: 'Nothing listens there.',
  connection_lost: 'The connection was cut before an answer came.',
  unreachable: 'The host cannot be reached.',
  tls: 'No secure connection could be made: the certificate is not valid for the host, or none was offered.',
  timeout: 'No answer came in time.',
  malformed_answer: 'The answer is not HTTP.',
  answer_too_large: 'The answer is too large.',
  failed: 'The request failed.',
} as const;
export type OutboundError = keyof typeof outboundErrors;

export interface PostRequest {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export type PostOutcome = { status: number; retryAfter: string | null } | { error: OutboundError };
export type GetOutcome = { status: number; body: string } | { error: OutboundError };

/** The only way out of the service. Implementations decide by the address they connect to, and follow no redirect. */
export interface Outbound {
  /** Sends a body. What the answer holds beyond its head is thrown away. */
  post(request: PostRequest): Promise<PostOutcome>;
  /** Reads a small text from a host that the caller has found worthy of it, over https. */
  get(url: string): Promise<GetOutcome>;
}
