import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSqliteStore } from '../../server/src/store/sqlite/open-sqlite-store.ts';
import { fill } from './fill.ts';

const cli = fileURLToPath(new URL('../../server/bin/quietlist.js', import.meta.url));

export interface SeededFolder {
  directory: string;
  key: string;
  /** Deletes it, unless it is to be kept. */
  remove(): void;
}

/**
 * A data folder with `listed` opt-outs. Kept in a folder of `keep`, it is there for the next run: ten million take minutes.
 */
export async function seed(listed: number, keep?: string): Promise<SeededFolder> {
  const directory = keep === undefined ? mkdtempSync(join(tmpdir(), 'quietlist-bench-')) : join(keep, `sqlite-${listed}`);
  const keyFile = join(directory, 'key');
  if (!existsSync(keyFile)) {
    rmSync(directory, { recursive: true, force: true });
    const store = await openSqliteStore({ directory });
    const { key } = await fill(store, listed);
    await store.close();
    writeFileSync(keyFile, key, { mode: 0o600 });
  }
  return { directory, key: readFileSync(keyFile, 'utf8'), remove: () => keep === undefined && rmSync(directory, { recursive: true, force: true }) };
}

export interface RunningService {
  url: string;
  /** From the start of the process until it answers its first check. */
  firstAnswerMs: number;
  /** Resident memory of the service process, in MB. */
  residentMb(): number;
  /** Processor time of the service process so far, in microseconds. */
  processorUs(): number;
  stop(): Promise<void>;
}

async function askOnce(url: string, key: string): Promise<void> {
  const answer = await fetch(`${url}/v1/checks`, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' }, body: '{"recipients":["+447911123456"]}' });
  if (answer.status !== 200) throw new Error(`the service answered ${answer.status}`);
}

const ticksPerSecond = 100;

/** The built service as its own process, on a store (`--data DIR` or `--database-url URL`). */
export async function serve(place: readonly string[], key: string): Promise<RunningService> {
  const began = performance.now();
  const child: ChildProcess = spawn(process.execPath, [cli, 'serve', ...place, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const found = /is ready: (http:\S+)/.exec(text);
      if (found?.[1]) resolve(found[1]);
    });
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
  await askOnce(url, key);
  const firstAnswerMs = performance.now() - began;
  const processFile = (name: string): string => readFileSync(`/proc/${child.pid}/${name}`, 'utf8');
  return {
    url,
    firstAnswerMs,
    residentMb: () => Number(/VmRSS:\s+(\d+)/.exec(processFile('status'))?.[1] ?? Number.NaN) / 1024,
    processorUs() {
      const fields = processFile('stat').split(') ')[1]?.split(' ') ?? [];
      return ((Number(fields[11]) + Number(fields[12])) / ticksPerSecond) * 1e6;
    },
    async stop() {
      if (child.exitCode !== null) return;
      child.removeAllListeners('exit');
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
