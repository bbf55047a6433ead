/**
 * A split-block Bloom filter (as in Apache Parquet): eight bits of one 256-bit block a key, one cache line a look-up. It may say
 * yes for a text that was never added (about 1 in 700 at 16 bits a key), and never says no for one that was.
 */
export class BloomFilter {
  readonly capacity: number;
  readonly #blocks: number;
  readonly #words: Uint32Array;
  readonly #seed: number;

  /** `seed`: chosen at random by each process, so that nobody can prepare addresses that all collide. */
  constructor(capacity: number, seed: number) {
    this.capacity = capacity;
    this.#blocks = Math.max(1, Math.ceil((capacity * bitsPerKey) / 256));
    this.#words = new Uint32Array(this.#blocks * 8);
    this.#seed = seed | 0;
  }

  add(scope: number, text: string): void {
    const bits = this.#hash(scope, text);
    const block = this.#blockOf(bits);
    for (let word = 0; word < 8; word += 1) {
      this.#words[block + word] = (this.#words[block + word] as number) | (1 << (Math.imul(bits, salts[word] as number) >>> 27));
    }
  }

  /** False only for what was certainly never added. */
  mayHave(scope: number, text: string): boolean {
    const bits = this.#hash(scope, text);
    const block = this.#blockOf(bits);
    for (let word = 0; word < 8; word += 1) {
      if (((this.#words[block + word] as number) & (1 << (Math.imul(bits, salts[word] as number) >>> 27))) === 0) return false;
    }
    return true;
  }

  #high = 0;

  /** The block comes from other bits of the hash than the eight within it. */
  #blockOf(bits: number): number {
    return Math.floor((((this.#high ^ (bits >>> 15)) >>> 0) / 4_294_967_296) * this.#blocks) * 8;
  }

  /**
   * Two 32-bit multiply-and-rotate hashes over the UTF-16 code units, two of them a step, finished as MurmurHash3 is. One is answered,
   * the other left in `#high`.
   */
  #hash(scope: number, text: string): number {
    const { length } = text;
    let one = this.#seed ^ (scope | 0);
    let two = Math.imul(this.#seed, 0x9e3779b1) ^ Math.floor(scope / 4_294_967_296);
    for (let index = 0; index < length; index += 2) {
      const next = index + 1 < length ? text.charCodeAt(index + 1) : 0;
      const units = text.charCodeAt(index) | (next << 16);
      one = Math.imul(one ^ units, 0x85ebca6b);
      one = (one << 13) | (one >>> 19);
      two = Math.imul(two ^ units, 0xc2b2ae35);
      two = (two << 17) | (two >>> 15);
    }
    one = finish(one ^ length);
    two = finish(two ^ one);
    this.#high = two;
    return one;
  }
}

/** About 1 wrong yes in 700; 2 bytes a key. */
const bitsPerKey = 16;

/** Odd multipliers of the Parquet specification, one a word of the block. */
const salts = [0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31];

function finish(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
