import type { Validator } from '@quietlist/contract/validators';
import { QuietlistError, type FieldError } from './errors.ts';

/** What a validator of the contract found first, in words and with the JSON Pointer below `base`. Values are never quoted. */
export const fieldErrorOf = (validator: Pick<Validator<unknown>, 'errors'>, base = ''): FieldError => {
  const error = validator.errors?.[0];
  if (!error) return { pointer: '', message: 'is not valid' };
  const extra = error.keyword === 'additionalProperties' ? '/(unknown field)' : '';
  const pointer = `${error.instancePath.startsWith(base) ? error.instancePath.slice(base.length) : error.instancePath}${extra}`;
  return { pointer, message: messageOf(error.keyword, error.message, error.params) };
};

const messageOf = (keyword: string, message: string | undefined, params: Record<string, unknown>): string => {
  if (keyword === 'pattern') return 'has characters or a form that is not allowed here';
  if (keyword === 'enum' && Array.isArray(params.allowedValues)) return `must be one of ${params.allowedValues.join(', ')}`;
  return (message ?? 'is not valid').replace('must NOT have', 'must not have');
};

export const sentenceOf = ({ pointer, message }: FieldError): string => `“${pointer.slice(1) || 'request'}” ${message}.`;

/** A request that is refused before it is sent, with the code that the service would have given it. */
export const invalidRequest = (error: FieldError): QuietlistError =>
  new QuietlistError({ code: 'invalid-request', message: sentenceOf(error), hint: 'Correct this setting.', errors: [error] });
