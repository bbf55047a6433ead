/** A `Retry-After` header, seconds or an HTTP date, as milliseconds from now; undefined when there is none that makes sense. */
export const retryAfterMs = (header: string | undefined, now: number): number | undefined => {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1_000;
  // Only real HTTP dates: Date.parse alone would read "-1" or "12.5" as some year.
  const date = /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
};
