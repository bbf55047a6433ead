import { statSync } from 'node:fs';
import { backUp } from '../store/sqlite/back-up.ts';
import { dataDirectory, readArguments } from './arguments.ts';
import { UsageError, type Io } from './io.ts';
import { bar, progress } from './progress.ts';

export const help = `quietlist backup --to FILE [--data DIR]
  Copies the data of a folder into one file, as of one instant, while the service goes on. The copy is checked before it gets its name.
  To restore: stop the service, put the file into an empty folder as quietlist.db, start the service on that folder.
  A PostgreSQL database is backed up with its own tools (pg_dump).`;

export async function backup(argv: string[], io: Io): Promise<number> {
  const { values } = readArguments(argv, { data: { type: 'string' }, to: { type: 'string' } });
  if (!values.to) throw new UsageError('Give the file to write with --to.');
  const shown = progress(io);
  await backUp(dataDirectory(values.data, io.env), values.to, (copied, total) => shown.show(bar(copied, total)));
  shown.clear();
  io.stdout.write(`Backed up to ${values.to} (${statSync(values.to).size.toLocaleString('en-US')} bytes).\n`);
  return 0;
}
