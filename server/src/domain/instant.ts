/** RFC 3339 in UTC with milliseconds, e.g. `2026-03-03T10:15:00.000Z`. */
export const instantText = (instant: number): string => new Date(instant).toISOString();

/** The instant that a text of the contract's shape names, or null when there is no such day. */
export function instantOf(text: string): number | null {
  const instant = Date.parse(text);
  // JavaScript takes 30 February for 2 March: a day that does not exist must not become another.
  return Number.isNaN(instant) || new Date(instant).getUTCDate() !== Number(text.slice(8, 10)) ? null : instant;
}
