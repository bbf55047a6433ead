/** Says what is being done and how far it is: `[2/6] Starting the service … 0.4 s`. */
export class Steps {
  readonly #count: number;
  #number = 0;

  constructor(count: number) {
    this.#count = count;
  }

  async run<Result>(title: string, work: () => Promise<Result> | Result): Promise<Result> {
    this.#number += 1;
    process.stdout.write(`[${this.#number}/${this.#count}] ${title} … `);
    const beganAt = performance.now();
    try {
      const result = await work();
      process.stdout.write(`${((performance.now() - beganAt) / 1000).toFixed(1)} s\n`);
      return result;
    } catch (error) {
      process.stdout.write('failed\n');
      throw error;
    }
  }
}
