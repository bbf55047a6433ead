import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface BackgroundProcess {
  stop(): Promise<void>;
  /** Settles when the process ends by itself. */
  ended: Promise<void>;
}

interface Options {
  title: string;
  command: string[];
  env?: Record<string, string>;
  /** What it prints goes here. */
  logFile: string;
  /** Asked again and again until it answers true; what it throws is taken for "not yet". */
  isReady(): Promise<boolean>;
  readyWithinMs: number;
}

const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Starts a Node program beside this one and waits until it is ready. It ends with this process at the latest. */
export async function startInBackground({ title, command, env = {}, logFile, isReady, readyWithinMs }: Options): Promise<BackgroundProcess> {
  const log = openSync(logFile, 'a', 0o600);
  // Its own process group: Ctrl-C reaches it through `stop`, in order, and not before this process knows.
  const child = spawn(process.execPath, command, { stdio: ['ignore', log, log], env: { ...process.env, ...env }, detached: process.platform !== 'win32' });
  closeSync(log);
  children.add(child);
  const ended = once(child, 'exit').then(() => void children.delete(child));

  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await Promise.race([ended, sleep(10_000, undefined, { ref: false })]);
    child.kill('SIGKILL');
  };

  const deadline = Date.now() + readyWithinMs;
  while (!(await isReady().catch(() => false))) {
    if (!children.has(child)) throw new Error(`${title} did not start: ${lastLine(logFile)} (${logFile})`);
    if (Date.now() > deadline) {
      await stop();
      throw new Error(`${title} was not ready within ${readyWithinMs / 1000} s. Its log may say why: ${logFile}`);
    }
    await sleep(50);
  }
  return { ended, stop };
}

/** Programs say last why they end. */
const lastLine = (file: string): string => readFileSync(file, 'utf8').trimEnd().split('\n').at(-1) ?? '';
