import { pino } from 'pino';
import { requireWhole } from '../app/copy-store.ts';
import { createKey } from '../app/keys.ts';
import type { Store } from '../app/ports.ts';
import { rekey } from '../app/rekey.ts';
import { ensureWorkspace } from '../app/workspaces.ts';
import type { Platform } from '../app/context.ts';
import { startServer } from '../http/server.ts';
import { holdIdLane, type HeldLane } from '../jobs/id-lane.ts';
import { createOutbound } from '../outbound/outbound.ts';
import { createPlatform } from '../platform.ts';
import { openStoreForServing, placeText } from '../store/open-store.ts';
import { version } from '../version.ts';
import { readArguments } from './arguments.ts';
import { endOnCrash } from './end-on-crash.ts';
import { httpArguments, httpHelp, readHttpOptions, readWebhookAllow } from './http-options.ts';
import { UsageError, type Io } from './io.ts';
import { keyFilterArguments, keyFilterHelp, readKeyFilter } from './key-filter.ts';
import { storeArguments, storeHelp, storePlace } from './store-place.ts';

export const help = `quietlist serve [--data DIR | --database-url URL] [--port N] [--host HOST] [--log LEVEL] [--key-filter on|off] [--metrics key|open] [--rate-limit N] [--public-url URL]
  Starts the suppression service. Any number of services may share one database; a folder takes one.
${storeHelp}
  --port 8181 (QUIETLIST_PORT; 0 takes any free one), --host 127.0.0.1 (QUIETLIST_HOST), --log warn (QUIETLIST_LOG: debug info warn error silent),
${keyFilterHelp}
${httpHelp}`;

const rowsBetweenReports = 100_000;
const logLevels = ['debug', 'info', 'warn', 'error', 'silent'];

/** The workspace that a new store begins with. */
export const firstWorkspace = 'main';

/** On an empty store: makes the first workspace and an admin key, and answers the key; null on any other. */
async function firstKey(store: Store, platform: Platform): Promise<string | null> {
  return store.write(async (writer) => {
    if ((await writer.directory.workspaces()).length > 0) return null;
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

/** What is logged of a fault of the store: no message, which might quote a row. */
const storeFault = (error: unknown): object => ({ name: (error as Error).name, cause: (error as { cause?: { code?: unknown } }).cause?.code ?? null });

/** Says now and then how far the stored addresses have come. */
function rekeyProgress(io: Io): (rows: number) => void {
  let said = 0;
  return (rows) => {
    if (rows - said < rowsBetweenReports) return;
    said = rows;
    io.stderr.write(`Bringing stored addresses to the rules of this version: ${rows.toLocaleString('en-US')} rows so far\n`);
  };
}

/** Serves until SIGINT or SIGTERM. The first admin key goes to stdout once, never to the log. */
export async function serve(argv: string[], io: Io): Promise<number> {
  const { values } = readArguments(argv, { ...storeArguments, port: { type: 'string' }, host: { type: 'string' }, log: { type: 'string' }, ...keyFilterArguments, ...httpArguments });
  const httpOptions = readHttpOptions(values, io.env);
  const outbound = createOutbound({ allowed: readWebhookAllow(values, io.env) });
  const port = portOf(values.port ?? io.env['QUIETLIST_PORT'] ?? '8181');
  const host = values.host ?? io.env['QUIETLIST_HOST'] ?? '127.0.0.1';
  const place = storePlace(values, io.env);
  const destination = pino.destination({ dest: 2, sync: false });
  const logger = pino({ level: levelOf(values.log ?? io.env['QUIETLIST_LOG'] ?? 'warn'), base: null }, destination);
  endOnCrash(logger, () => destination.flushSync());

  const opened = await openStoreForServing(place, {
    keyFilter: readKeyFilter(values, io.env, place),
    onError: (error) => logger.error(storeFault(error), 'store fault'),
    onWarning: (message) => logger.warn(message),
  });
  let lane: HeldLane | null = null;
  const store: Store = {
    ...opened,
    async close() {
      await lane?.stop();
      await opened.close();
    },
  };
  try {
    await requireWhole(store);
    if (place.engine === 'postgres') lane = await holdIdLane(store, Date.now, () => logger.error('the claim on a lane of ids could not be renewed'));
    const platform = createPlatform(Date.now, lane?.current);
    await rekey(store, platform, rekeyProgress(io));
    const server = await startServer({ store, platform, version, outbound }, logger, { host, port }, httpOptions);
    // Made only now: a key made before the port was found to be taken would never be shown.
    const key = await firstKey(store, platform);
    if (key !== null) io.stdout.write(`First admin key, shown only this once: ${key}\n`);
    io.stdout.write(`Quietlist ${version} is ready: ${server.url} (API description at ${server.url}/docs, data in ${placeText(place)})\n`);
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
    });
    await server.stop();
    return 0;
  } finally {
    await store.close();
  }
}
