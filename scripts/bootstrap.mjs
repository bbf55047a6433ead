// Plain JavaScript for whatever Node the machine has (20 or newer): installs what is missing, then goes on with Node 24.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const binaries = join(root, 'node_modules', '.bin');

/** Ends this process with a sentence that says what to do. */
function fail(message, code = 1) {
  process.stderr.write(`quietlist: ${message}\n`);
  process.exit(code);
}

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH}` }, ...options });
  if (result.error) fail(`${command} could not be started: ${result.error.message}`);
  return result.status ?? 1;
}

/** When a file was last written, in milliseconds; 0 when it is not there. */
const writtenAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Installs exactly what package-lock.json names, unless npm has done so since that file was last written. */
function install() {
  if (writtenAt(join(root, 'node_modules', '.package-lock.json')) >= writtenAt(join(root, 'package-lock.json'))) return;
  process.stdout.write('Installing packages (once; one to three minutes) …\n');
  const npm = process.env.npm_execpath;
  const words = ['ci', '--loglevel=error'];
  const status = npm ? run(process.execPath, [npm, ...words]) : run('npm', words, { shell: process.platform === 'win32' });
  if (status !== 0) fail('the packages could not be installed. Check the connection to the npm registry and try again.', status);
}

/** The Node 24 that came with the packages, else the machine's own when it is new enough. */
function node24() {
  const brought = join(binaries, process.platform === 'win32' ? 'node.cmd' : 'node');
  if (existsSync(brought)) return brought;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return fail(`there is no Node 24 package for ${process.platform}-${process.arch}. Install Node 24 yourself and try again.`);
}

const [task, ...words] = process.argv.slice(2);
const tasks = { start: 'scripts/start.ts', test: 'scripts/test.ts' };
if (!tasks[task]) fail('say "npm start" or "npm test".', 64);
install();
process.exit(run(node24(), [join(root, tasks[task]), ...words]));
