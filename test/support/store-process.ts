import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const program = fileURLToPath(new URL('./store-child.ts', import.meta.url));

export interface StoreChild {
  pid: number | undefined;
  /** Every line said so far. */
  lines: string[];
  /** Resolves with the first line, from now on or before, that matches; null when the process ends without one. */
  said(matches: (line: string, lines: readonly string[]) => boolean): Promise<string | null>;
  kill(): void;
  /** Resolves once the process has ended and all it said is read, with its exit code, or the signal that ended it. */
  ended: Promise<number | NodeJS.Signals | null>;
}

/** Starts `store-child.ts` in a process of its own; `wrap` puts another command before it. */
export function startStoreChild(parameters: readonly string[], wrap: readonly string[] = []): StoreChild {
  const [command = '', ...rest] = [...wrap, process.execPath, '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON', program, ...parameters];
  // In a group of its own: what is killed is the process itself, not only the command before it.
  const child: ChildProcess = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const kill = (): void => {
    if (child.pid === undefined || isOver) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  };
  onTestFinished(kill);
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  const wake = (): void => waiting.forEach((check) => check());
  let isOver = false;
  const exited = new Promise<number | NodeJS.Signals | null>((resolve) => void child.on('exit', (code, signal) => resolve(code ?? signal)));
  const ended = new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
    child.on('error', reject);
    if (!child.stdout) return reject(new Error('no stdout'));
    const reader = createInterface(child.stdout);
    reader.on('line', (line) => {
      lines.push(line);
      wake();
    });
    reader.on('close', () => {
      isOver = true;
      wake();
      resolve(exited);
    });
  });
  return {
    pid: child.pid,
    lines,
    ended,
    kill,
    said: (matches) =>
      new Promise((resolve) => {
        const check = (): void => {
          const line = lines.find((one) => matches(one, lines));
          if (line === undefined && !isOver) return;
          waiting.delete(check);
          resolve(line ?? null);
        };
        waiting.add(check);
        check();
      }),
  };
}
