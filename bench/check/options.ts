import { parseArgs } from 'node:util';

export interface CheckOptions {
  /** Sizes of the SQLite stores, ascending. */
  sizes: number[];
  /** Entries of the PostgreSQL store; 0: it is left out. */
  postgres: number;
  rounds: number;
  /** Seconds of each run of single requests. */
  seconds: number;
  /** A folder where filled stores are kept for the next run. */
  keep: string | undefined;
}

export const usage = `npx node bench/check.ts [--entries 100000,1000000,10000000] [--postgres 1000000] [--rounds 7] [--seconds 8] [--keep FOLDER]
  Every figure is a median; --postgres 0 leaves PostgreSQL out, --entries 0 SQLite. With --keep, filled SQLite stores stay in the folder for the next run.
`;

export function readOptions(argv: readonly string[]): CheckOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      entries: { type: 'string', default: '100000,1000000,10000000' },
      postgres: { type: 'string', default: '1000000' },
      rounds: { type: 'string', default: '7' },
      seconds: { type: 'string', default: '8' },
      keep: { type: 'string' },
    },
  });
  const sizes = values.entries.split(',').map(Number).filter((size) => size > 0).sort((a, b) => a - b);
  return { sizes, postgres: Number(values.postgres), rounds: Number(values.rounds), seconds: Number(values.seconds), keep: values.keep };
}
