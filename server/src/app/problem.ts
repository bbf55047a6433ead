import { problems, type ProblemCode } from '@quietlist/contract/problems';

/** A field that is wrong: a JSON Pointer into the body, or the name of a query parameter. */
export interface FieldProblem {
  pointer: string;
  message: string;
}

/** A refusal with a code of the registry. `detail` is for people and carries no address, no key and no stack. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly errors: readonly FieldProblem[];
  /** Seconds after which the same request may succeed, where that is known. */
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, detail: string = problems[code].title, errors: readonly FieldProblem[] = [], retryAfterSeconds?: number) {
    super(detail);
    this.code = code;
    this.errors = errors;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
