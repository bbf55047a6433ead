import { pino } from 'pino';
import { createKey } from '../app/keys.ts';
import type { Store } from '../app/ports.ts';
import { rekey } from '../app/rekey.ts';
import { ensureWorkspace } from '../app/workspaces.ts';
import type { Platform } from '../app/context.ts';
import { startServer } from '../http/server.ts';
import { createPlatform } from '../platform.ts';
import { lockForServing } from '../store/sqlite/serving-lock.ts';
import { openSqliteStore } from '../store/sqlite/open-sqlite-store.ts';
import { version } from '../version.ts';
import { dataDirectory, readArguments } from './arguments.ts';
import { UsageError, type Io } from './io.ts';

export const help = `quietlist serve [--data DIR] [--port N] [--host HOST] [--log LEVEL]
  Starts the suppression service. Without --data: QUIETLIST_DATA, else ./quietlist-data.
  --port 8181 (QUIETLIST_PORT; 0 takes any free one), --host 127.0.0.1 (QUIETLIST_HOST), --log warn (QUIETLIST_LOG: debug info warn error silent).`;

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'];

/** The workspace that a new store begins with. */
export const firstWorkspace = 'main';

/** On an empty store: makes the first workspace and an admin key, and answers the key; null on any other. */
async function firstKey(store: Store, platform: Platform): Promise<string | null> {
  if ((await store.directory.workspaces()).length > 0) return null;
  return store.write(async (writer) => {
    const workspace = await ensureWorkspace(writer, platform, firstWorkspace);
    return (await createKey(writer, platform, workspace, { name: 'First admin key', role: 'admin' })).secret;
  });
}

function levelOf(text: string): string {
  if (!logLevels.includes(text)) throw new UsageError(`--log takes one of: ${logLevels.join(', ')}.`);
  return text;
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new UsageError('--port takes a number from 0 to 65535.');
  return port;
}

/** Serves until SIGINT or SIGTERM. The first admin key goes to stdout once, never to the log. */
export async function serve(argv: string[], io: Io): Promise<number> {
  const { values } = readArguments(argv, { data: { type: 'string' }, port: { type: 'string' }, host: { type: 'string' }, log: { type: 'string' } });
  const port = portOf(values.port ?? io.env['QUIETLIST_PORT'] ?? '8181');
  const host = values.host ?? io.env['QUIETLIST_HOST'] ?? '127.0.0.1';
  const directory = dataDirectory(values.data, io.env);
  const logger = pino({ level: levelOf(values.log ?? io.env['QUIETLIST_LOG'] ?? 'warn'), base: null }, pino.destination({ dest: 2, sync: false }));

  const platform = createPlatform();
  const lock = lockForServing(directory);
  try {
    const store = await openSqliteStore({ directory, keyFilter: io.env['QUIETLIST_KEY_FILTER'] !== 'off' });
    await rekey(store, platform, (rows) => io.stderr.write(`Bringing stored addresses to the rules of this version: ${rows.toLocaleString('en-US')} rows\n`));
    const server = await startServer({ store, platform, version }, logger, { host, port }).catch(async (error: unknown) => {
      await store.close();
      throw error;
    });
    // Made only now: a key made before the port was found to be taken would never be shown.
    const key = await firstKey(store, platform);
    if (key !== null) io.stdout.write(`First admin key, shown only this once: ${key}\n`);
    io.stdout.write(`Quietlist ${version} is ready: ${server.url} (API description at ${server.url}/docs, data in ${directory})\n`);
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    });
    await server.stop();
    return 0;
  } finally {
    lock.release();
  }
}
