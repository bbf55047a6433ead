/**
 * The one registry of problems that the service answers with (RFC 9457). `retryable` says whether the same request may succeed
 * later; `hint` what to do next. docs/reference/errors.md lists exactly these: a test compares them.
 */
interface ProblemDefinition {
  status: number;
  title: string;
  retryable: boolean;
  hint: string;
}

export const problems = {
  'invalid-request': { status: 400, title: 'The request is not valid', retryable: false, hint: 'Correct the field that "errors" names and send the request again.' },
  'malformed-json': { status: 400, title: 'The body is not valid JSON', retryable: false, hint: 'Send one JSON object, encoded as UTF-8.' },
  unauthenticated: { status: 401, title: 'The API key is missing or not valid', retryable: false, hint: 'Send "Authorization: Bearer <API key>" with a key that is neither revoked nor expired.' },
  'invalid-signature': { status: 401, title: 'The webhook is not signed by the provider of this connection', retryable: false, hint: 'Check the secret of the connection, and that the service knows its public URL. Signatures that carry their time are good for a few minutes.' },
  forbidden: { status: 403, title: 'The API key does not permit this', retryable: false, hint: 'Use a key with the role that "detail" names, or ask an admin for one.' },
  'not-found': { status: 404, title: 'Not found', retryable: false, hint: 'Check the path and the id. Things of another workspace are not found either.' },
  'method-not-allowed': { status: 405, title: 'This path does not have that method', retryable: false, hint: 'See /docs for the methods of this path.' },
  conflict: { status: 409, title: 'It is already there, or in use', retryable: false, hint: 'Choose another name or number.' },
  'list-protected': { status: 409, title: 'The default list cannot be deleted', retryable: false, hint: 'Delete another list, or remove single opt-outs from this one.' },
  'list-not-empty': { status: 409, title: 'The list still has members', retryable: false, hint: 'A list whose opt-outs are still in force is not deleted. Remove them with consent first.' },
  'sender-in-use': { status: 409, title: 'The sender still has entries', retryable: false, hint: 'Remove the entries of this sender first.' },
  'events-gone': { status: 410, title: 'Events after this position are not all kept', retryable: false, hint: 'Read the entries as they are now, then go on from the newest position: a stream without "after" begins there.' },
  'payload-too-large': { status: 413, title: 'The body is too large', retryable: false, hint: 'Split the request.' },
  'unsupported-media-type': { status: 415, title: 'The body is not JSON', retryable: false, hint: 'Send "Content-Type: application/json".' },
  'invalid-address': { status: 422, title: 'The address cannot be read', retryable: false, hint: 'Correct the address as "detail" says.' },
  'unknown-list': { status: 422, title: 'There is no such list', retryable: false, hint: 'Use the id or the exact name of a list; GET /v1/lists has them.' },
  'unknown-sender': { status: 422, title: 'There is no such sender', retryable: false, hint: 'Use the id or the exact name of a sender; GET /v1/senders has them.' },
  'consent-required': { status: 422, title: 'Lifting an opt-out needs consent', retryable: false, hint: 'Send "consent" with method, statement, at and by; or "by": "recipient" when the recipient asked for it.' },
  'idempotency-mismatch': { status: 422, title: 'This idempotency key was used for another request', retryable: false, hint: 'Use a new key for a new request.' },
  'rate-limited': { status: 429, title: 'Too many requests', retryable: true, hint: 'Wait as long as Retry-After says.' },
  internal: { status: 500, title: 'Something went wrong in the service', retryable: true, hint: 'Try again; if it stays, look for the requestId in the log of the service.' },
  'certificate-unavailable': { status: 503, title: 'The certificate of the provider cannot be fetched now', retryable: true, hint: 'Nothing was acknowledged. The provider sends its webhook again.' },
  'check-unavailable': { status: 503, title: 'The check cannot be answered now', retryable: true, hint: 'Send nothing, and ask again as Retry-After says.' },
  'store-unavailable': { status: 503, title: 'The store cannot be written now', retryable: true, hint: 'Nothing was acknowledged. Send the request again with the same idempotency key.' },
  overloaded: { status: 503, title: 'The service has too much to do', retryable: true, hint: 'Nothing was done. Send the request again as Retry-After says, and fewer of them at once.' },
  stopping: { status: 503, title: 'The service is stopping', retryable: true, hint: 'Nothing was done. Send the request again as Retry-After says: this service after its start, or another one, will answer.' },
  'storage-full': { status: 503, title: 'The disk is full', retryable: true, hint: 'Nothing was acknowledged. Make room, then send the request again.' },
} as const satisfies Record<string, ProblemDefinition>;

export type ProblemCode = keyof typeof problems;
