import { isProblem } from '@quietlist/contract/validators';
import { clientError, errorOfProblem, QuietlistError } from './errors.ts';
import type { TransportResponse } from './transport.ts';

/**
 * Statuses after which the same request may succeed. 500 is among them because every request of this client may be repeated:
 * reads change nothing, and writes carry an idempotency key.
 */
const retryableStatuses = new Set([408, 425, 429, 500, 502, 503, 504]);

/** Besides those, the service itself may say in a problem that the same request may succeed later. */
export const isRetryable = ({ status, body }: TransportResponse): boolean =>
  retryableStatuses.has(status) || (status >= 400 && isProblem(body) && body.retryable);

/** The JSON of a good answer. Any other status is an error: the problem the service sent, or what stands in front of it. */
export const bodyOf = (response: TransportResponse, expected: 200 | 201 = 200): unknown => {
  const { status, body } = response;
  if (status === expected) return body;
  if (status >= 400 && isProblem(body)) throw errorOfProblem(body, status);
  if (status >= 300 && status < 400) {
    throw new QuietlistError({
      code: 'malformed_answer',
      message: `The base URL answers with a redirect (status ${status}), which is never followed.`,
      hint: 'Set the base URL to the address of the service itself.',
      status,
    });
  }
  if (status >= 502 && status <= 504) {
    throw new QuietlistError({
      code: 'unreachable',
      message: `A gateway in front of the service answered with status ${status}.`,
      hint: 'Check that the service runs, then try again.',
      status,
      retryable: true,
    });
  }
  throw clientError('malformed_answer', `status ${status} without a problem of Quietlist`, { status, retryable: isRetryable(response) });
};
