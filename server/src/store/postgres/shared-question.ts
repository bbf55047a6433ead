/**
 * A question whose answer may be shared by all who ask at the same time. Whoever asks gets an answer to a question that was put after the
 * call: one that is under way may have been answered before it, so they wait for the next one, and share that.
 */
export class SharedQuestion<Answer> {
  readonly #ask: () => Promise<Answer>;
  #underWay: Promise<Answer> | null = null;
  #next: Promise<Answer> | null = null;

  constructor(ask: () => Promise<Answer>) {
    this.#ask = ask;
  }

  put(): Promise<Answer> {
    if (!this.#underWay) return this.#begin();
    const before = this.#underWay.catch(() => undefined);
    this.#next ??= before.then(() => {
      this.#next = null;
      return this.#underWay ?? this.#begin();
    });
    return this.#next;
  }

  #begin(): Promise<Answer> {
    this.#underWay = this.#ask().finally(() => (this.#underWay = null));
    return this.#underWay;
  }
}
