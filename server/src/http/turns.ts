/** Turns of the event loop between two large requests: enough to let in what has arrived, too few to be noticed. */
const turnsBetween = 8;

/**
 * Lets large requests begin one after the other, with turns of the event loop in between. Without it whatever has arrived is worked
 * off in one go: nobody is answered meanwhile, no connection accepted, and what waits is in no queue of ours, so in none with an end.
 */
export class Turns {
  readonly #waiting: Array<() => void> = [];
  #isBusy = false;

  /** Resolves when it is this one's turn: at once when no other has just begun. */
  async take(): Promise<void> {
    if (this.#isBusy) await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    this.#isBusy = true;
    this.#pause(turnsBetween);
  }

  #pause(turns: number): void {
    setImmediate(() => {
      if (turns > 1) return this.#pause(turns - 1);
      const next = this.#waiting.shift();
      if (next) next();
      else this.#isBusy = false;
    });
  }
}
