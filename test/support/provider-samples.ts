import { readFileSync } from 'node:fs';

/** A body as the documentation of a provider shows it. */
export function sample(file: string, name: string): unknown {
  const { samples } = JSON.parse(readFileSync(new URL(`./fixtures/providers/${file}.json`, import.meta.url), 'utf8')) as { samples: Record<string, unknown> };
  if (!Object.hasOwn(samples, name)) throw new Error(`${file} has no sample ${name}`);
  return samples[name];
}

/** The names of all samples of a file. */
export const samplesOf = (file: string): Record<string, unknown> =>
  (JSON.parse(readFileSync(new URL(`./fixtures/providers/${file}.json`, import.meta.url), 'utf8')) as { samples: Record<string, unknown> }).samples;
