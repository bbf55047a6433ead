const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** How long after a failed try the next one follows: the schedule of Standard Webhooks. Ten tries over three days and three hours. */
export const retryDelaysMs: readonly number[] = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour];

/** A receiver that has too much to do is given at least this long. */
const leastPauseMs = minute;
/** The longest that a receiver may ask for beyond the schedule. */
const longestAskedMs = hour;
const jitter = 0.2;

export interface FailedTry {
  /** Tries made so far, this one included. */
  attempts: number;
  /** What the receiver asked for. */
  retryAfterMs: number | null;
  /** It did not answer in time, or said that it was asked too often. */
  isThrottled: boolean;
  /** From 0 to 1. */
  random: number;
}

/** How long until the next try; null when that was the last one. */
export function nextTryInMs({ attempts, retryAfterMs, isThrottled, random }: FailedTry): number | null {
  const scheduledMs = retryDelaysMs[attempts - 1];
  if (scheduledMs === undefined) return null;
  const spreadMs = scheduledMs * (1 - jitter + 2 * jitter * random);
  const askedMs = Math.min(retryAfterMs ?? 0, Math.max(2 * scheduledMs, longestAskedMs));
  return Math.round(Math.max(spreadMs, askedMs, isThrottled ? leastPauseMs : 0));
}
