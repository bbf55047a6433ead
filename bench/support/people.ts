/** A repeatable stream of random numbers (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The n-th invented person: six of ten a Brazilian mobile, the others an e-mail address. Different numbers are different people. */
export function personOf(number: number): string {
  // Multiplying modulo a prime scatters the numbers and keeps them different.
  const scattered = (number * 48_271) % 99_999_989;
  return number % 10 < 6 ? `+55119${String(scattered).padStart(8, '0')}` : `ann.${scattered.toString(36)}@mail${number % 50}.example`;
}

/**
 * Batches of people to check, of whom `share` are among the first `listed` (and so suppressed). The others are never listed.
 */
export function batchesOf(count: number, size: number, listed: number, share: number, seed: number): string[][] {
  const random = randomOf(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: size }, () => (random() < share ? personOf(Math.floor(random() * listed)) : `+4479${String(Math.floor(random() * 1e8)).padStart(8, '0')}`)),
  );
}
