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
const sentenceLength = 500;
const sentence = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim().slice(0, sentenceLength);

export const errorOfProblem = (problem: Problem, status: number): QuietlistError =>
  new QuietlistError({
    code: problem.code,
    message: sentence(problem.detail || problem.title),
    hint: sentence(problem.hint),
    status,
    retryable: problem.retryable,
    requestId: sentence(problem.requestId),
    errors: (problem.errors ?? []).map(({ pointer, message }) => ({ pointer: sentence(pointer), message: sentence(message) })),
  });
