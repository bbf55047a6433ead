import type { Platform } from '../app/context.ts';
import { StoreRefused } from '../app/ports.ts';
import { createPlatform } from '../platform.ts';
import { inspectStore } from '../store/inspect.ts';
import { openStore, type StorePlace } from '../store/open-store.ts';
import { readArguments } from './arguments.ts';
import { findingLine, ok, problem, type Finding } from './doctor/finding.ts';
import { checkAll, checkSample, startOf } from './doctor/history.ts';
import { folderFinding, nodeFinding, spaceFinding } from './doctor/machine.ts';
import { serviceFindings } from './doctor/service.ts';
import { clockFinding, expiryFinding, historyFinding, inspectionFindings } from './doctor/store.ts';
import { UsageError, type Io } from './io.ts';
import { progress, type Progress } from './progress.ts';
import { storeArguments, storeHelp, storePlace } from './store-place.ts';

export const help = `quietlist doctor [--data DIR | --database-url URL] [--url URL] [--all [--from PLACE]]
  Looks for what is wrong, and says what to do, one line each. It changes nothing and may run beside the service.
  --url (QUIETLIST_URL) also asks a running service, and whether the key in QUIETLIST_API_KEY is valid there.
  --all checks the history of every address instead of the newest thousand; --from goes on where a run was stopped.
${storeHelp}
  Exit code: 0 nothing is wrong (there may be warnings), 1 there is a problem.`;

interface HistoryWanted {
  all: boolean;
  from: string | undefined;
}

/** What can be seen only in an open store. */
async function openFindings(place: StorePlace, platform: Platform, { all, from }: HistoryWanted, bar: Progress): Promise<Finding[]> {
  const store = await openStore(place);
  let isInterrupted = false;
  const interrupt = (): void => void (isInterrupted = true);
  process.once('SIGINT', interrupt);
  try {
    const { digest, clock } = platform;
    let stoppedAt: string | null = null;
    const report = all
      ? await checkAll(store, digest, from === undefined ? null : await startOf(store, from), ({ addresses }, at) => {
          bar.show(`${addresses.toLocaleString('en-US')} addresses checked, now at ${at}`);
          stoppedAt = isInterrupted ? at : null;
          return !isInterrupted;
        })
      : await checkSample(store, digest, clock());
    bar.clear();
    return [
      historyFinding(report),
      ...(stoppedAt === null ? [] : [problem('The check of the history was stopped.', `Go on with --all --from ${String(stoppedAt)}.`)]),
      await expiryFinding(store, platform),
      clockFinding(report.newestAt, platform),
    ];
  } finally {
    process.off('SIGINT', interrupt);
    await store.close();
  }
}

async function storeFindings(place: StorePlace, platform: Platform, wanted: HistoryWanted, bar: Progress): Promise<Finding[]> {
  try {
    bar.show('Reading the database');
    const inspection = await inspectStore(place);
    bar.clear();
    const findings = inspectionFindings(inspection);
    if (place.engine === 'sqlite' && inspection.exists) findings.push(spaceFinding(place.directory, inspection.bytes ?? 0));
    if (place.engine === 'postgres') findings.unshift(ok('PostgreSQL answers.'));
    // An older schema would be changed by opening it, and damaged data would fail to be read.
    if (inspection.schema !== 'current' || inspection.damage.length > 0) return findings;
    return [...findings, ...(await openFindings(place, platform, wanted, bar))];
  } catch (error) {
    if (error instanceof StoreRefused) return [problem(error.message, '')];
    throw error;
  }
}

/** Looks at the machine, the store and, where a URL is given, the service. */
export async function doctor(argv: string[], io: Io): Promise<number> {
  const { values } = readArguments(argv, { ...storeArguments, url: { type: 'string' }, all: { type: 'boolean' }, from: { type: 'string' } });
  if (values.from !== undefined && !values.all) throw new UsageError('--from goes with --all.');
  const place = storePlace(values, io.env);
  const url = values.url ?? io.env['QUIETLIST_URL'];
  let hasProblem = false;
  const say = (findings: readonly Finding[]): void => {
    for (const finding of findings) {
      hasProblem ||= finding.level === 'problem';
      io.stdout.write(findingLine(finding));
    }
  };
  say([nodeFinding()]);
  if (place.engine === 'sqlite') say([folderFinding(place.directory)]);
  say(await storeFindings(place, createPlatform(), { all: values.all ?? false, from: values.from }, progress(io)));
  if (url !== undefined) say(await serviceFindings(url, io.env['QUIETLIST_API_KEY'] || undefined));
  return hasProblem ? 1 : 0;
}
