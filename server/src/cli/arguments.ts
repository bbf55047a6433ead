import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UsageError } from './io.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Reads the words of a command; one that is not known is refused and named. */
export function readArguments<const T extends Options>(argv: string[], options: T, allowPositionals = false) {
  try {
    return parseArgs({ args: argv, options, allowPositionals, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0] ?? 'The arguments are not valid.');
  }
}

/** The data folder: `--data`, or `QUIETLIST_DATA`, or `quietlist-data` here. */
export const dataDirectory = (given: string | undefined, env: Record<string, string | undefined>): string => given ?? env['QUIETLIST_DATA'] ?? 'quietlist-data';
