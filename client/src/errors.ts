import type { Problem } from '@quietlist/contract/problem';
import type { AddOutcome, RemoveOutcome } from './types.ts';

/** Codes that only a client gives; every other code comes from the service's own registry of problems. */
export type ClientErrorCode = 'unreachable' | 'timed_out' | 'circuit_open' | 'malformed_answer' | 'invalid_configuration';

export interface FieldError {
  /** JSON Pointer to the field. */
  pointer: string;
  message: string;
}

/** What became of an item of a write that failed later on; `index` is its place among the items given. */
export interface CompletedOutcome {
  index: number;
  outcome: AddOutcome | RemoveOutcome;
}

export interface QuietlistErrorDetails {
  code: string;
  /** What happened, in one sentence. */
  message: string;
  /** What to do next. */
  hint: string;
  /** HTTP status, or null when no answer was read. */
  status?: number | null;
  /** Whether the same call may succeed later. */
  retryable?: boolean;
  requestId?: string | null;
  errors?: FieldError[];
  completed?: CompletedOutcome[];
}

/** A call that failed as a whole. Its texts never carry an address, a key or the body of an answer that was not understood. */
export class QuietlistError extends Error {
  override readonly name = 'QuietlistError';
  readonly code: string;
  readonly hint: string;
  readonly status: number | null;
  readonly retryable: boolean;
  readonly requestId: string | null;
  readonly errors: FieldError[];
  /** Outcomes of the items that were done before a later request of the same call failed. */
  readonly completed: CompletedOutcome[];

  constructor(details: QuietlistErrorDetails) {
    super(details.message);
    this.code = details.code;
    this.hint = details.hint;
    this.status = details.status ?? null;
    this.retryable = details.retryable ?? false;
    this.requestId = details.requestId ?? null;
    this.errors = details.errors ?? [];
    this.completed = details.completed ?? [];
  }

  withCompleted(completed: CompletedOutcome[]): QuietlistError {
    return new QuietlistError({ ...this, message: this.message, completed });
  }
}

/** Texts of the service are shown to people: one line each, and not endless. */
const lineLength = 500;
const line = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim().slice(0, lineLength);
const sentence = (text: string): string => line(text).replace(/(?<![.!?…])$/, '.');

/** The problem's own sentence, with the field that is wrong: in a flow the message is all that people see. */
export const errorOfProblem = (problem: Problem, status: number): QuietlistError => {
  const errors = (problem.errors ?? []).map(({ pointer, message }) => ({ pointer: line(pointer), message: sentence(message) }));
  const field = errors[0] ? ` ${errors[0].pointer}: ${errors[0].message}` : '';
  return new QuietlistError({
    code: problem.code,
    message: `${sentence(problem.detail || problem.title)}${field}`,
    hint: sentence(problem.hint),
    status,
    retryable: problem.retryable,
    requestId: line(problem.requestId),
    errors,
  });
};

const clientErrors = {
  unreachable: {
    message: 'The service cannot be reached.',
    hint: 'Check that the service runs and that the base URL is right, then try again.',
    retryable: true,
  },
  timed_out: {
    message: 'The service did not answer in time.',
    hint: 'Try again; if it stays, look at the load and the log of the service.',
    retryable: true,
  },
  circuit_open: {
    message: 'The service could not be reached several times in a row, so it is not asked again for some seconds.',
    hint: 'Check that the service runs; after those seconds the next request tries again.',
    retryable: true,
  },
  malformed_answer: {
    message: 'The answer is not one that a Quietlist service gives.',
    hint: 'Check that the base URL is that of the service, and that no proxy or login page stands in between.',
    retryable: false,
  },
} as const;

/** `flaw` says what is wrong with an answer, in our own words: nothing of the answer itself is quoted. */
export const clientError = (code: keyof typeof clientErrors, flaw?: string, more: Partial<QuietlistErrorDetails> = {}): QuietlistError => {
  const { message, hint, retryable } = clientErrors[code];
  return new QuietlistError({ code, message: flaw ? `${message.slice(0, -1)}: ${flaw}.` : message, hint, retryable, ...more });
};
