import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createKey } from '../../server/src/app/keys.ts';
import { ensureWorkspace } from '../../server/src/app/workspaces.ts';
import { addEntries } from '../../server/src/app/add-entries.ts';
import { rekey } from '../../server/src/app/rekey.ts';
import { createPlatform } from '../../server/src/platform.ts';
import { openSqliteStore } from '../../server/src/store/sqlite/open-sqlite-store.ts';
import { personOf } from './people.ts';

const cli = fileURLToPath(new URL('../../server/bin/quietlist.js', import.meta.url));

export interface SeededStore {
  directory: string;
  key: string;
  rowsPerSecond: number;
  remove(): void;
}

/** A data folder with `listed` opt-outs, written through the use case that the API uses, 10,000 at a time. */
export async function seed(listed: number): Promise<SeededStore> {
  const directory = mkdtempSync(join(tmpdir(), 'quietlist-bench-'));
  const store = await openSqliteStore({ directory });
  const platform = createPlatform();
  await rekey(store, platform, () => undefined);
  const workspace = await store.write((writer) => ensureWorkspace(writer, platform, 'bench'));
  const key = await store.write(async (writer) => (await createKey(writer, platform, workspace, { name: 'bench', role: 'admin' })).secret);
  const caller = { workspace, key: { id: 1, name: 'bench', role: 'admin' as const }, actor: 'bench' };
  const began = performance.now();
  for (let start = 0; start < listed; start += 10_000) {
    const entries = Array.from({ length: Math.min(10_000, listed - start) }, (_, index) => ({ kind: 'opt_out' as const, address: personOf(start + index) }));
    await store.write((writer) => addEntries(writer, platform, caller, { entries }));
    if ((start / 10_000) % 10 === 9) process.stderr.write(`\rseeding ${(start + 10_000).toLocaleString('en-US')} of ${listed.toLocaleString('en-US')}`);
  }
  process.stderr.write('\n');
  const rowsPerSecond = listed / ((performance.now() - began) / 1000);
  await store.close();
  return { directory, key, rowsPerSecond, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

export interface RunningService {
  url: string;
  startMs: number;
  /** Resident memory of the service process, in MB. */
  residentMb(): number;
  stop(): Promise<void>;
}

/** The built service as its own process; `startMs` is until it says that it is ready. */
export async function serve(directory: string): Promise<RunningService> {
  const began = performance.now();
  const child: ChildProcess = spawn(process.execPath, [cli, 'serve', '--data', directory, '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const found = /is ready: (http:\S+)/.exec(text);
      if (found?.[1]) resolve(found[1]);
    });
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
  return {
    url,
    startMs: performance.now() - began,
    residentMb: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024,
    stop: () => new Promise((resolve) => { child.removeAllListeners('exit'); child.once('exit', () => resolve()); child.kill('SIGTERM'); }),
  };
}
