import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { openSqliteStore } from '../../server/src/store/sqlite/open-sqlite-store.ts';
import { expectSoundFile, expectWholeWrites } from '../support/store-checks.ts';
import { startStoreChild, type StoreChild } from '../support/store-process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** System calls that fail, how, and how many of them opening a new store takes at most. */
const faults = [
  { calls: 'fsync,fdatasync', error: 'EIO', opening: 30 },
  { calls: 'pwrite64', error: 'EIO', opening: 250 },
  { calls: 'pwrite64', error: 'ENOSPC', opening: 250 },
];
const hasStrace = spawnSync('strace', ['-V']).status === 0;
if (!hasStrace) console.warn('strace is not installed: faults of the disk are made with a limit of file sizes only.');

/** Makes system calls fail; where no tracer is installed, a limit of file sizes lets every write past it fail. */
function faulty(calls: string, error: string, when: string): string[] {
  if (!hasStrace) return ['sh', '-c', 'ulimit -f 4000; exec "$@"', 'sh'];
  return ['strace', '-f', '-qq', '-o', '/dev/null', '-e', `trace=${calls}`, '-e', `inject=${calls}:error=${error}:when=${when}`];
}

async function expectAcknowledgedKept(child: StoreChild, directory: string): Promise<void> {
  expect(child.lines.filter((line) => line.startsWith('error'))).toEqual([]);
  const store = await openSqliteStore({ directory });
  try {
    const kept = new Set(await expectWholeWrites(store));
    const acknowledged = child.lines.filter((line) => line.startsWith('added ')).map((line) => line.slice('added '.length));
    expect(acknowledged.filter((key) => !kept.has(key))).toEqual([]);
  } finally {
    await store.close();
  }
  expectSoundFile(directory);
}

const firstAddAfterFailure = (line: string, lines: readonly string[]): boolean => {
  const failure = lines.findIndex((one) => one.startsWith('unavailable'));
  return failure !== -1 && lines.indexOf(line) > failure && line.startsWith('added');
};

const transient = faults.flatMap((fault) => [0, 7, 20, 41].map((more) => ({ ...fault, when: `${fault.opening + more}..${fault.opening + more + 2}` })));

it.each(transient)('acknowledges nothing that the disk did not take, and recovers without a restart: $error of $calls, $when', { timeout: 60_000 }, async ({ calls, error, when }) => {
  const directory = temporaryFolder();
  const child = startStoreChild(['add-until-failure', directory, 'p+'], faulty(calls, error, when));
  const recovered = await child.said(hasStrace ? firstAddAfterFailure : (line) => line === 'closed');
  child.kill();
  await child.ended;
  expect(recovered).not.toBeNull();
  expect(child.lines.some((line) => line.startsWith('unavailable'))).toBe(true);
  await expectAcknowledgedKept(child, directory);
});

it.each(faults)('refuses every write while the disk fails, and keeps answering reads: $error of $calls', { timeout: 60_000 }, async ({ calls, error, opening }) => {
  const directory = temporaryFolder();
  const child = startStoreChild(['add-until-failure', directory, 'p+'], faulty(calls, error, `${opening + 50}+`));
  await child.ended;
  const failed = child.lines.findIndex((line) => line.startsWith('unavailable'));
  expect(failed).toBeGreaterThan(5);
  expect(child.lines.slice(failed).filter((line) => line.startsWith('added'))).toEqual([]);
  expect(child.lines).toContain('readable 5');
  await expectAcknowledgedKept(child, directory);
});
