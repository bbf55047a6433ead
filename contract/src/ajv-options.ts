/**
 * How every schema of the contract is compiled, in the service and ahead of time: nothing is coerced, dropped or filled in.
 * The defaults of Fastify would silently drop unknown fields and turn `{"a":1}` into "1".
 */
export const ajvOptions = {
  strict: true,
  strictTypes: false,
  allErrors: false,
  coerceTypes: false,
  removeAdditional: false,
  useDefaults: false,
  unicodeRegExp: true,
} as const;
