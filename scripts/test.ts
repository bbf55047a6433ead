import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What `npm test` does: build, lint, types, then every test that needs nothing more than the installed packages. */
const root = fileURLToPath(new URL('..', import.meta.url));
const report = join(mkdtempSync(join(tmpdir(), 'quietlist-test-')), 'report.json');

function run(title: string, command: string, args: string[]): number {
  process.stdout.write(`\n— ${title}\n`);
  return spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
}

const filters = process.argv.slice(2);
for (const [title, command, args] of [
  ['build', process.execPath, ['scripts/build.ts']],
  ['lint', 'eslint', ['.', '--max-warnings=0']],
  ['types', 'tsc', ['-p', 'tsconfig.json']],
  ['types of the Node-RED runtime', 'tsc', ['-p', 'node-red/tsconfig.json']],
  ['types of the Node-RED editor', 'tsc', ['-p', 'node-red/tsconfig.editor.json']],
] as const) {
  const status = run(title, command, [...args]);
  if (status !== 0) process.exit(status);
}

const status = run('tests', 'vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...filters]);
const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
rmSync(join(report, '..'), { recursive: true });
process.stdout.write(`${numPassedTests} passed, ${numFailedTests} failed${numPendingTests ? `, ${numPendingTests} skipped` : ''}\n`);
process.exit(status);
