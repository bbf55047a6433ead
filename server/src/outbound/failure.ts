import type { OutboundError } from '../app/outbound.ts';

/** A request that got no answer. It carries a word and nothing else. */
export class OutboundFailure extends Error {
  override readonly name = 'OutboundFailure';
  readonly error: OutboundError;

  constructor(error: OutboundError) {
    super(error);
    this.error = error;
  }
}

const codes: ReadonlyArray<[RegExp, OutboundError]> = [
  [/^ECONNREFUSED$/, 'connection_refused'],
  [/^(?:ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET)$/, 'connection_lost'],
  [/^(?:ENOTFOUND|EAI_|ENODATA|ESERVFAIL|ETIMEOUT)/, 'dns'],
  [/^(?:EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|EHOSTDOWN|ENETDOWN)$/, 'unreachable'],
  [/^ETIMEDOUT$/, 'timeout'],
  [/^(?:ERR_TLS|ERR_SSL|CERT_|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|INVALID_CA|ERR_OSSL)/, 'tls'],
  [/^HPE_/, 'malformed_answer'],
];

/** The word for what went wrong; the error itself may quote an address. */
export function outboundErrorOf(error: unknown): OutboundError {
  if (error instanceof OutboundFailure) return error.error;
  const failures = error instanceof AggregateError && error.errors.length > 0 ? (error.errors as unknown[]) : [error];
  const code = String((failures[0] as { code?: unknown }).code ?? '');
  return codes.find(([pattern]) => pattern.test(code))?.[1] ?? 'failed';
}
