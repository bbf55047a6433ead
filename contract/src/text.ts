import { Type } from 'typebox';

/**
 * No control characters (C0, DEL, C1) and no lone surrogates. NUL passes `type: string`, SQLite stores it and PostgreSQL
 * refuses it; a line break forges log and CSV lines. The pattern is compiled with the `u` flag, where \ud800-\udfff
 * matches only surrogates without a partner.
 */
export const textPattern = '^[^\\u0000-\\u001f\\u007f-\\u009f\\ud800-\\udfff]*$';

/** One line of text that a person or program wrote, at most `maxLength` characters. */
export const Text = (maxLength: number, description?: string) =>
  Type.String({ maxLength, pattern: textPattern, ...(description ? { description } : {}) });

/** The same, not empty and not only white space. */
export const NonEmptyText = (maxLength: number, description?: string) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: textPattern.replace('^', '^(?=.*\\S)'),
    ...(description ? { description } : {}),
  });

/** An instant as RFC 3339 in UTC, e.g. `2026-03-03T10:15:00.000Z`. Offsets are refused: one instant, one text. */
export const Instant = (description?: string) =>
  Type.String({
    maxLength: 30,
    pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?Z$',
    examples: ['2026-03-03T10:15:00.000Z'],
    ...(description ? { description } : {}),
  });

export const Nullable = <T extends Parameters<typeof Type.Optional>[0]>(schema: T) => Type.Union([schema, Type.Null()]);
