import { text } from './text.ts';

/** Kinds of place that need no value. */
const complete = new Set(['none', 'message', 'all']);

type WithType = Record<string, unknown>;

/**
 * Judges a typed input: what its kind of place demands, and that it is not left empty unless it may be. While the dialog is open
 * its own field counts, since `this` is what was saved before.
 */
export const typed =
  (name: string, { mayBeEmpty = false }: { mayBeEmpty?: boolean } = {}) =>
  function (this: object, value: string, options?: ValidationOptions): true | string {
    const type = String($(`#node-input-${name}Type`).val() ?? (this as WithType)[`${name}Type`]);
    if (complete.has(type)) return true;
    if (value === '') return mayBeEmpty || text('validation.required', { field: text(`field.${name}`) });
    if (type === 'days') return Number(value) > 0 || text('validation.days');
    return RED.utils.validateTypedProperty(value, type, options);
  };

/** The same for the fields of an inbound message, which count only while the node reads what they are for. */
export const whileReading = (what: 'message' | 'provider', name: string) => {
  const judge = typed(name);
  return function (this: object, value: string, options?: ValidationOptions): true | string {
    const reads = $('#node-input-reads').val() ?? (this as WithType)['reads'];
    return reads !== what || judge.call(this, value, options);
  };
};

/** The same for the fields about consent, which count only when an operator lifts the opt-out. */
export const consent = (name: string) => {
  const judge = typed(name);
  return function (this: object, value: string, options?: ValidationOptions): true | string {
    const by = $('#node-input-by').val() ?? (this as WithType)['by'];
    return by === 'recipient' || judge.call(this, value, options);
  };
};

/** Full http or https address, or an environment variable that Node-RED fills in. */
export const url = (value: string): true | string => /^\$\{[^}]+\}$/.test(value) || /^https?:\/\/[^\s/]+/.test(value) || text('validation.url');
