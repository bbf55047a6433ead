import { Type, type Static } from 'typebox';

/** The body of every error, `application/problem+json` (RFC 9457). It never carries an address, a key or a stack. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.String(),
  detail: Type.String(),
  hint: Type.String(),
  retryable: Type.Boolean(),
  requestId: Type.String(),
  errors: Type.Optional(
    Type.Array(Type.Object({ pointer: Type.String({ description: 'JSON Pointer to the field, or the name of a query parameter.' }), message: Type.String() }, { additionalProperties: false })),
  ),
});
export type Problem = Static<typeof Problem>;
