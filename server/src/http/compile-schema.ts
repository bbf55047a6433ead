import { ajvOptions } from '@quietlist/contract/ajv-options';
import { CheckRequest } from '@quietlist/contract/check';
import { limits } from '@quietlist/contract/limits';
import { Ajv, type AnySchema } from 'ajv';
import type { FastifyValidationResult } from 'fastify/types/schema.js';

/** Text within the limit however its characters are counted. It is valid as a recipient, as the schema says first of all. */
const isPlainText = (recipient: unknown): boolean => typeof recipient === 'string' && recipient.length <= limits.addressLength;

/**
 * Judges a check of many plain texts by the first of them: each alone is what the schema takes, and the schema compares none with another.
 * Asking it about each of 10,000 would take as long as reading them.
 */
function withPlainRecipients(validate: FastifyValidationResult): FastifyValidationResult {
  const judge: FastifyValidationResult = (value) => {
    const { recipients, ...around } = (value ?? {}) as { recipients?: unknown };
    const isPlain = Array.isArray(recipients) && recipients.length > 0 && recipients.length <= limits.itemsPerRequest && recipients.every(isPlainText);
    const isValid = validate(isPlain ? { recipients: recipients.slice(0, 1), ...around } : value);
    judge.errors = validate.errors ?? null;
    return isValid;
  };
  return judge;
}

/** Compiles a schema when it is first asked: a service starts without compiling those of sixty routes. */
function whenAsked(compile: () => FastifyValidationResult): FastifyValidationResult {
  let validate: FastifyValidationResult | undefined;
  const judge: FastifyValidationResult = (value) => {
    validate ??= compile();
    const isValid = validate(value);
    judge.errors = validate.errors ?? null;
    return isValid;
  };
  return judge;
}

/** Compiles the schemas of the contract, for one application. */
export function schemaCompiler(): (schema: AnySchema) => FastifyValidationResult {
  // That the schemas are valid is tested, and not asked by every service that starts.
  const ajv = new Ajv({ ...ajvOptions, validateSchema: false });
  return (schema) => {
    const validate = whenAsked(() => ajv.compile(schema) as FastifyValidationResult);
    return schema === CheckRequest ? withPlainRecipients(validate) : validate;
  };
}
