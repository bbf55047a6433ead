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

/** How many different people there are. The last of them are never asked about: they are there to be added. */
const everybody = 99_999_989;
const asked = 80_000_000;
const domainOf = (number: number): string => (number % 2 === 0 ? 'gmail.com' : `mail${number % 50}.example`);

/**
 * The n-th invented person: six of ten a Brazilian mobile, the others an e-mail address, half of those at a provider whose mailboxes
 * have several addresses. Different numbers are different people.
 */
export function personOf(number: number): string {
  // Multiplying modulo a prime scatters the numbers and keeps them different.
  const scattered = (number * 48_271) % everybody;
  return number % 10 < 6 ? `+55119${String(scattered).padStart(8, '0')}` : `ann.${scattered.toString(36)}@${domainOf(number)}`;
}

/** Batches of people to check, of whom `share` are among the first `listed` (and so suppressed). The others are the same mix and never listed. */
export function batchesOf(count: number, size: number, listed: number, share: number, seed: number): string[][] {
  const random = randomOf(seed);
  const one = (): number => (random() < share ? Math.floor(random() * listed) : listed + Math.floor(random() * (asked - listed)));
  return Array.from({ length: count }, () => Array.from({ length: size }, () => personOf(one())));
}

let newcomers = asked + Math.floor(Math.random() * 9_000_000);

/** People who are on no list and whom nobody asks about, others with every call. */
export const newPeople = (count: number): string[] => Array.from({ length: count }, () => personOf((newcomers += 1)));
