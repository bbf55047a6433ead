/** Where a command reads and writes: the process's own streams, or a test's. */
export interface Io {
  stdin: AsyncIterable<Buffer | string>;
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
  env: Record<string, string | undefined>;
}

/** What the user has to mend: printed as one sentence, without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
