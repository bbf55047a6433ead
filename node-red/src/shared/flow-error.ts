import type { NodeAPI } from 'node-red';
import { QuietlistError } from '@quietlist/client/errors';

/**
 * The error that a flow's Catch node and the log see: our code, what happened and what to do next. Whatever else was thrown is
 * replaced, because its text may quote a message; and no stack, which would name files of the machine.
 */
export const flowError = (RED: NodeAPI, error: unknown): QuietlistError => {
  const known =
    error instanceof QuietlistError
      ? error
      : new QuietlistError({ code: 'internal', message: RED._('error.internal'), hint: RED._('error.internal_hint') });
  const hint = known.message.includes(known.hint) ? '' : known.hint;
  const shown = new QuietlistError({ ...known, message: [sentence(known.message), sentence(hint)].filter(Boolean).join(' ') });
  shown.stack = `${shown.name}: ${shown.message}`;
  return shown;
};

const sentence = (text: string): string => (text === '' || /[.!?”"]$/.test(text) ? text : `${text}.`);

/** A short word for a status line. */
export const errorWord = (RED: NodeAPI, code: string): string => {
  const group = groups[code];
  return RED._(`status.${group ?? 'failed'}`);
};

const groups: Record<string, string> = {
  unreachable: 'unreachable',
  timed_out: 'unreachable',
  circuit_open: 'unreachable',
  malformed_answer: 'not_understood',
  unauthenticated: 'key_refused',
  forbidden: 'not_permitted',
  invalid_configuration: 'not_configured',
  'events-gone': 'events_gone',
};
