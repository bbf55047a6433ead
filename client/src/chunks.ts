import { limits } from '@quietlist/contract/limits';

/** Items of one request, and the place of each among the items given. */
export interface Chunk<T> {
  items: T[];
  places: number[];
}

/** Room for everything of a request that is not an item. */
const reservedBytes = 65_536;

/** Splits items into requests within the limits of the service: their number, and the bytes of the body. */
export class Chunks<T> {
  readonly all: Array<Chunk<T>> = [];
  readonly #most: number;
  #bytes = 0;

  /** `most`: items of one request; as many as the service takes, or fewer. */
  constructor(most: number = limits.itemsPerRequest) {
    this.#most = Math.min(most, limits.itemsPerRequest);
  }

  add(item: T, place: number, bytes: number): void {
    let chunk = this.all.at(-1);
    if (!chunk || chunk.items.length >= this.#most || this.#bytes + bytes > limits.bulkBodyBytes - reservedBytes) {
      chunk = { items: [], places: [] };
      this.all.push(chunk);
      this.#bytes = 0;
    }
    chunk.items.push(item);
    chunk.places.push(place);
    this.#bytes += bytes;
  }
}
