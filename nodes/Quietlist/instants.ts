/** Whether a text names its own offset from UTC. */
const hasOffset = (text: string): boolean => /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text);

/** How far the clocks of `timeZone` are ahead of UTC at that instant. */
const offsetAt = (instantMs: number, timeZone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  }).formatToParts(instantMs);
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.find((candidate) => candidate.type === type)?.value);
  const wallClockMs = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wallClockMs - Math.floor(instantMs / 1000) * 1000;
};

/** The 30th of February is parsed as a day of March. */
const isRealDay = (day: string): boolean => {
  const instant = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day);
};

/** What `$now` and other dates of an n8n expression are. */
const isDateTime = (value: unknown): value is { toMillis(): number } => typeof (value as { toMillis?: unknown } | null)?.toMillis === 'function';

/**
 * A date of a date field or an expression as RFC 3339 in UTC, which is all the service takes; null when it is none. A date
 * without an offset is meant on the clock of the workflow's time zone.
 */
export const toInstant = (value: unknown, timeZone: string): string | null => {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (isDateTime(value)) return toInstant(new Date(value.toMillis()), timeZone);
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value.trim())) return null;
  const text = value.trim().replace(' ', 'T');
  if (!isRealDay(text.slice(0, 10))) return null;
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  if (hasOffset(text) && !isDay) {
    const instantMs = Date.parse(text);
    return Number.isNaN(instantMs) ? null : new Date(instantMs).toISOString();
  }
  const wallClockMs = Date.parse(isDay ? `${text}T00:00:00Z` : `${text}Z`);
  if (Number.isNaN(wallClockMs)) return null;
  // The second look settles the hours around a change of the clocks.
  const firstGuess = wallClockMs - offsetAt(wallClockMs, timeZone);
  return new Date(wallClockMs - offsetAt(firstGuess, timeZone)).toISOString();
};
