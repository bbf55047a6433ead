import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Role } from '@quietlist/contract/roles';
import { call, type Api } from './api.ts';
import { startInBackground, type BackgroundProcess } from './background-process.ts';

const program = fileURLToPath(new URL('../../server/bin/quietlist.js', import.meta.url));
const runFile = promisify(execFile);

/** The keys of `npm start`, kept in its folder so that a second start uses them again. */
type Keys = Partial<Record<Role, string>>;

const dataOf = (folder: string): string => join(folder, 'data');
const keysOf = (folder: string): string => join(folder, 'keys.json');

/** Starts the service on the data in `folder`. New data gets its first key here, so that the service has none to print into its log. */
export async function startQuietlist(folder: string, port: number): Promise<BackgroundProcess & { baseUrl: string }> {
  if (!existsSync(dataOf(folder))) {
    rmSync(keysOf(folder), { force: true });
    await createKey(folder, 'admin');
  }
  const baseUrl = `http://127.0.0.1:${port}`;
  const background = await startInBackground({
    title: 'The service',
    command: [program, 'serve', '--data', dataOf(folder), '--port', String(port)],
    logFile: join(folder, 'quietlist.log'),
    isReady: async () => (await fetch(`${baseUrl}/ready`)).ok,
    readyWithinMs: 30_000,
  });
  return { ...background, baseUrl };
}

/** A key that works: the one of an earlier start, or a new one. */
export async function keyFor(folder: string, baseUrl: string, role: Role): Promise<Api> {
  const kept = readKeys(folder)[role];
  if (kept !== undefined && (await call({ baseUrl, apiKey: kept }, 'GET', '/v1/me')).status === 200) return { baseUrl, apiKey: kept };
  return { baseUrl, apiKey: await createKey(folder, role) };
}

async function createKey(folder: string, role: Role): Promise<string> {
  const { stdout } = await runFile(process.execPath, [program, 'key', 'create', '--data', dataOf(folder), '--role', role, '--name', 'npm start']);
  const apiKey = stdout.trim();
  writeFileSync(keysOf(folder), `${JSON.stringify({ ...readKeys(folder), [role]: apiKey })}\n`, { mode: 0o600 });
  return apiKey;
}

const readKeys = (folder: string): Keys => (existsSync(keysOf(folder)) ? (JSON.parse(readFileSync(keysOf(folder), 'utf8')) as Keys) : {});
