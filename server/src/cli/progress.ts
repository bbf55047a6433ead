import type { Io } from './io.ts';

/** One line on stderr that is written over and over. */
export interface Progress {
  show(text: string): void;
  clear(): void;
}

const barWidth = 30;

/** How far something is, as a bar. */
export function bar(done: number, total: number): string {
  const share = total === 0 ? 1 : done / total;
  const filled = Math.round(share * barWidth);
  return `[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}] ${Math.floor(share * 100)} %`;
}

/** Where stderr is no terminal, nothing is shown. */
export function progress({ stderr }: Io): Progress {
  const isTerminal = 'isTTY' in stderr && stderr.isTTY === true;
  const write = (text: string): void => void (isTerminal && stderr.write(`\r\u001b[K${text}`));
  return { show: write, clear: () => write('') };
}
