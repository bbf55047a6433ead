import { retryAfterMs } from '@quietlist/contract/retry-after';
import { isRetryable } from './answer.ts';
import type { CircuitBreaker } from './circuit-breaker.ts';
import { clientError, QuietlistError } from './errors.ts';
import { TransportError, type Transport, type TransportRequest, type TransportResponse } from './transport.ts';

export interface RetryContext {
  transport: Transport;
  sleep(milliseconds: number): Promise<void>;
  now(): number;
  random(): number;
  breaker?: CircuitBreaker | undefined;
}

const defaultTries = 3;
const firstDelayMs = 200;
const longestDelayMs = 5_000;
const longestRetryAfterMs = 30_000;

/**
 * Sends a request that may be repeated: at most `tries` times, with full jitter, never beyond the deadline, and with the same headers,
 * so the same idempotency key. Answers whatever status came last; throws `QuietlistError` when no answer came.
 */
export const sendWithRetry = async (context: RetryContext, request: Omit<TransportRequest, 'timeoutMs'>, deadlineMs: number, tries = defaultTries): Promise<TransportResponse> => {
  const { transport, now, breaker } = context;
  const deadline = now() + deadlineMs;
  let lastResponse: TransportResponse | undefined;
  let lastError: QuietlistError | undefined;

  for (let attempt = 0; attempt < tries; attempt += 1) {
    const timeoutMs = Math.floor(deadline - now());
    if (timeoutMs < 1) break;
    if (breaker && !breaker.permits()) {
      lastError ??= clientError('circuit_open');
      break;
    }
    lastResponse = undefined;
    lastError = undefined;
    try {
      lastResponse = await transport.send({ ...request, timeoutMs });
      breaker?.succeeded();
      if (!isRetryable(lastResponse)) break;
    } catch (error) {
      lastError = errorOfTransport(error);
      if (lastError.code === 'unreachable' || lastError.code === 'timed_out') breaker?.failed();
      if (!lastError.retryable) break;
    }
    const asked = lastResponse && retryAfterMs(lastResponse.headers['retry-after'], now());
    if (asked !== undefined && asked > longestRetryAfterMs) break;
    const delay = Math.max(asked ?? 0, context.random() * Math.min(longestDelayMs, firstDelayMs * 2 ** attempt));
    if (attempt === tries - 1 || now() + delay >= deadline) break;
    await context.sleep(delay);
  }
  if (lastResponse) return lastResponse;
  throw lastError ?? clientError('timed_out');
};

/** A transport may throw a `QuietlistError` of its own, e.g. for settings that cannot work. */
export const errorOfTransport = (error: unknown): QuietlistError => {
  if (error instanceof QuietlistError) return error;
  return clientError(error instanceof TransportError ? error.kind : 'unreachable');
};
