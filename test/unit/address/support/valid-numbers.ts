import examples from 'libphonenumber-js/examples.mobile.json' with { type: 'json' };
import metadata from 'libphonenumber-js/max/metadata';
import { isValidPhoneNumber } from 'libphonenumber-js/max';
import fc from 'fast-check';

// A country's metadata: [country code, …]; at 11 its types, each [pattern of the national number, …].
type CountryMetadata = [string, ...unknown[]];
const countries = metadata.countries as unknown as Record<string, CountryMetadata>;

/** Valid numbers (E.164, distinct) of every country and every type that libphonenumber knows, and its example mobiles. */
export function validNumbers(perPattern: number, seed: number): string[] {
  const numbers = new Set<string>();
  for (const [country, national] of Object.entries(examples as Record<string, string>)) {
    const code = countries[country]?.[0];
    if (code !== undefined) numbers.add(`+${code}${national}`);
  }
  for (const plan of Object.values(countries)) {
    const types = (plan[11] ?? []) as Array<[string] | 0>;
    for (const type of types) {
      if (!type || !type[0]) continue;
      const nationals = fc.sample(fc.stringMatching(new RegExp(`^(?:${type[0]})$`)), { numRuns: perPattern, seed });
      for (const national of nationals) numbers.add(`+${plan[0]}${national}`);
    }
  }
  return [...numbers].filter((number) => isValidPhoneNumber(number));
}
