import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { copyStore, type CopyProgress } from '../app/copy-store.ts';
import { createPlatform } from '../platform.ts';
import { openStoreForServing, placeText, type StorePlace } from '../store/open-store.ts';
import { databaseFile } from '../store/sqlite/files.ts';
import { readArguments } from './arguments.ts';
import { UsageError, type Io } from './io.ts';
import { progress } from './progress.ts';
import { databaseUrl, isDatabaseUrl } from './store-place.ts';

export const help = `quietlist copy --from DIR|URL --to DIR|URL
  Copies everything from one store to an empty other one: from a folder to a PostgreSQL database, back, or between two of a kind.
  Stop the services of both first. Run it again after an interruption: it goes on where it stopped. At the end both are read again and
  compared, and every hash chain of the history is followed; until then no service starts on the target. Answers kept for
  Idempotency-Key are not copied.`;

const placeOf = (text: string | undefined, option: string): StorePlace => {
  if (!text) throw new UsageError(`Give ${option} a folder, or the URL of a PostgreSQL database.`);
  if (isDatabaseUrl(text)) return { engine: 'postgres', url: databaseUrl(text, option) };
  if (/^[a-z]+:\/\//i.test(text)) throw new UsageError(`${option} takes a folder, or a URL that begins with postgres://.`);
  return { engine: 'sqlite', directory: text };
};

/** Copies and compares. The exit code is 0 only when both stores hold the same. */
export async function copy(argv: string[], io: Io): Promise<number> {
  const { values } = readArguments(argv, { from: { type: 'string' }, to: { type: 'string' } });
  const [from, to] = [placeOf(values.from, '--from'), placeOf(values.to, '--to')];
  if (from.engine === 'sqlite' && !existsSync(join(from.directory, databaseFile))) throw new UsageError(`There is no data of Quietlist in the folder ${from.directory}.`);
  if (placeText(from) === placeText(to)) throw new UsageError('--from and --to are the same store.');
  const shown = progress(io);
  const began = performance.now();
  const show = ({ doing, part, rows }: CopyProgress): void => {
    const seconds = Math.round((performance.now() - began) / 1_000);
    shown.show(`${doing === 'copying' ? 'Copying' : 'Comparing'} ${part}: ${rows.toLocaleString('en-US')}  (${seconds} s)`);
  };
  // A folder is locked as for a service, so that nobody writes to it meanwhile.
  const source = await openStoreForServing(from);
  try {
    const target = await openStoreForServing(to);
    try {
      const { workspaces, entries, events, contacts, links, news, deliveries } = await copyStore(source, target, createPlatform().digest, show);
      shown.clear();
      const counted = [[workspaces, 'workspaces'], [entries, 'entries'], [events, 'events'], [contacts, 'linked addresses'], [links, 'unsubscribe links'], [news, 'rows of the feed'], [deliveries, 'webhook deliveries']] as const;
      io.stdout.write(`Copied and compared: ${counted.map(([count, what]) => `${count.toLocaleString('en-US')} ${what}`).join(', ')}.\n`);
      io.stdout.write(`Start the services on ${placeText(to)}.\n`);
      return 0;
    } finally {
      await target.close();
    }
  } finally {
    shown.clear();
    await source.close();
  }
}
