import type { CompiledQuery } from 'kysely';
import type { Statement } from './session.ts';

const namesKept = 200;

/** Text that the server would refuse, or that would come back as another one. Nothing that passed the contract holds any. */
function requireStorable(value: unknown): void {
  if (typeof value === 'string' && (value.includes('\u0000') || !value.isWellFormed())) {
    throw new TypeError('A text with a NUL or half a character cannot be stored.');
  }
}

/**
 * Turns what Kysely compiled into what the server gets. Texts that come again get a name, so that the server parses and plans them once
 * a connection; the many forms of a filter soon use the names up and go without.
 */
export class Statements {
  readonly #names = new Map<string, string>();
  readonly #onStatement: ((text: string) => void) | undefined;

  constructor(onStatement?: (text: string) => void) {
    this.#onStatement = onStatement;
  }

  of({ sql: text, parameters }: Pick<CompiledQuery, 'sql' | 'parameters'>): Statement {
    this.#onStatement?.(text);
    for (const value of parameters) requireStorable(value);
    if (parameters.length === 0) return { text, values: [] };
    let name = this.#names.get(text);
    if (name === undefined && this.#names.size < namesKept) {
      name = `quietlist_${this.#names.size}`;
      this.#names.set(text, name);
    }
    return { text, values: parameters, ...(name === undefined ? {} : { name }) };
  }
}
