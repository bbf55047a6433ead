/**
 * Ends a write that was only to be tried: thrown out of it, nothing of it stays, and `answer` is what it would have answered. A dry run
 * so goes the whole way of the real thing.
 */
export class TakenBack extends Error {
  override readonly name = 'TakenBack';
  readonly answer: unknown;

  constructor(answer: unknown) {
    super('A dry run was taken back.');
    this.answer = answer;
  }
}
