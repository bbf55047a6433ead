import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export const usage = 'npm start -- [--once] [--data DIR] [--port N] [--node-red-port N] [--no-build]';

export interface StartOptions {
  /** Stop after the campaign. */
  once: boolean;
  build: boolean;
  /** Where everything is kept. */
  folder: string;
  port: number;
  nodeRedPort: number;
}

/** The words after `npm start --` cannot be read. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const here = fileURLToPath(new URL('../../.quietlist', import.meta.url));

export function readOptions(words: string[]): StartOptions {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  try {
    const { values } = parseArgs({ args: words, strict: true, options: { once: flag, 'no-build': flag, data: text, port: text, 'node-red-port': text } });
    return {
      once: values.once ?? false,
      build: !values['no-build'],
      folder: values.data === undefined ? here : resolve(values.data),
      port: portOf(values.port ?? '8181'),
      nodeRedPort: portOf(values['node-red-port'] ?? '1880'),
    };
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function portOf(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new Error('A port is a number from 0 to 65535; 0 takes any free one.');
  return Number(text);
}
