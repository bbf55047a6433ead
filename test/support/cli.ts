import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const command = join(root, 'server/bin/quietlist.js');
const bundle = join(root, 'server/dist/quietlist.js');
const node = join(root, 'node_modules/.bin/node');

const newestOf = (folder: string): number =>
  Math.max(...readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile()).map((file) => statSync(join(file.parentPath, file.name)).mtimeMs));
const isBuilt = (): boolean => existsSync(bundle) && statSync(bundle).mtimeMs > Math.max(...['contract/src', 'client/src', 'server/src', 'scripts/server'].map((folder) => newestOf(join(root, folder))));

/** Builds the service as it is shipped, unless that has been done: `npm test` has. Test files that ask at once wait for one build. */
export async function buildService(): Promise<void> {
  const lock = join(tmpdir(), 'quietlist-build.lock');
  while (!isBuilt()) {
    try {
      mkdirSync(lock);
    } catch {
      await setTimeout(100);
      continue;
    }
    try {
      const { status, stderr } = spawnSync(node, [join(root, 'scripts/build-server.ts')], { cwd: root, encoding: 'utf8' });
      if (status !== 0) throw new Error(`The service could not be built: ${stderr}`);
    } finally {
      rmSync(lock, { recursive: true });
    }
  }
}

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running extends Finished {
  process: ChildProcess;
  /** Where it listens, once it says so. Rejects when it ends before. */
  ready: Promise<string>;
  finished: Promise<Finished>;
}

/** Starts the built command line, or a copy of it, with nothing of this process's own settings. */
export function startCli(argv: string[], env: Record<string, string> = {}, file = command): Running {
  const child = spawn(node, [file, ...argv], { cwd: tmpdir(), env: { PATH: process.env['PATH'] ?? '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { code: null as number | null, stdout: '', stderr: '' };
  const ready = Promise.withResolvers<string>();
  ready.promise.catch(() => undefined);
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
    const url = /is ready: (\S+)/.exec(output.stdout)?.[1];
    if (url) ready.resolve(url);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code) => {
      ready.reject(new Error(`It ended with ${code}: ${output.stderr}`));
      resolve({ ...output, code });
    });
  });
  return Object.assign(output, { process: child, ready: ready.promise, finished });
}

export const runCli = (argv: string[], env: Record<string, string> = {}): Promise<Finished> => startCli(argv, env).finished;

/** The admin key that the first start of a service shows. */
export const firstKeyOf = (stdout: string): string => /First admin key, shown only this once: (\S+)/.exec(stdout)?.[1] ?? '';
