const isNothing = (value: unknown): boolean => value === undefined || value === null || value === '';

/** One line of text, or undefined for nothing; null when the value is no text. Control characters become spaces, the rest is cut. */
export const textOf = (value: unknown, maxLength: number): string | undefined | null => {
  if (isNothing(value)) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return null;
  const line = String(value).toWellFormed().replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return [...line].slice(0, maxLength).join('').slice(0, maxLength) || undefined;
};

/** Several texts: an array, or one text with commas. Null when something in it is no text. */
export const textsOf = (value: unknown): string[] | null => {
  if (isNothing(value)) return [];
  const parts: unknown[] = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : [value];
  if (!parts.every((part) => typeof part === 'string' || typeof part === 'number')) return null;
  return [...new Set(parts.map((part) => String(part).trim()).filter(Boolean))];
};

/** True or false, also as text; null for everything else, so that a typing mistake is not taken for "off". */
export const switchOf = (value: unknown): boolean | null => {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  const word = value.trim().toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : null;
};

/** An instant as the service reads it, from a date, milliseconds since 1970, or a text with its time zone. Null when it is none. */
export const instantOf = (value: unknown): string | undefined | null => {
  if (isNothing(value)) return undefined;
  const readable = value instanceof Date || typeof value === 'number' || (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}(T.*(Z|[+-]\d{2}:?\d{2}))?$/.test(value.trim()));
  if (!readable) return null;
  const date = new Date(typeof value === 'string' ? value.trim() : value);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 || date.getUTCFullYear() < 0 ? null : date.toISOString();
};

const dayMs = 24 * 60 * 60 * 1000;

/** So many days from now on. */
export const afterDays = (value: unknown, nowMs: number): string | null => {
  const days = Number(value);
  return days > 0 ? (instantOf(nowMs + days * dayMs) ?? null) : null;
};
