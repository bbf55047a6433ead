#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';

// Kept in plain old JavaScript: it has to run, and say what is missing, on any Node.
const [major] = process.versions.node.split('.');
if (Number(major) < 24) {
  process.stderr.write(`quietlist: needs Node 24 or newer; this is Node ${process.versions.node}. Install Node 24, or run it with "npx quietlist" in the repository.\n`);
  process.exit(1);
}
// A bulk request makes megabytes of garbage that is gone when it ends. Left alone, V8 gives it up to 100 MB of space, and lets what lives long
// pile up before it looks. With these bounds the service stays below 200 MB with a million entries, at no cost in speed. The size of the young
// space can be chosen only as the process begins, so a process that serves begins once more, as the same one: same id, same streams.
const isChosen = [...process.execArgv, process.env.NODE_OPTIONS ?? ''].some((words) => words.includes('--max-semi-space-size'));
if (process.argv[2] === 'serve' && !isChosen && process.execve !== undefined && process.platform !== 'win32') {
  process.execve(process.execPath, [process.execPath, ...process.execArgv, '--max-semi-space-size=8', ...process.argv.slice(1)], process.env);
}
setFlagsFromString('--heap-growing-percent=50');
const { main } = await import('../dist/quietlist.js').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  process.stderr.write('quietlist: is not built yet. Run "npm run build" first.\n');
  process.exit(1);
});
process.exitCode = await main(process.argv.slice(2), { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: process.env });
