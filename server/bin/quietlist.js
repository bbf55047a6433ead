#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';

// Kept in plain old JavaScript: it has to run, and say what is missing, on any Node.
const [major] = process.versions.node.split('.');
if (Number(major) < 24) {
  process.stderr.write(`quietlist: needs Node 24 or newer; this is Node ${process.versions.node}. Install Node 24, or run it with "npx quietlist" in the repository.\n`);
  process.exit(1);
}
// A bulk check makes megabytes of garbage that is gone when it ends. Left alone, V8 lets the process grow by 150 MB before it looks; told to
// keep its spaces small it stays below 200 MB with a million entries, and a bulk check takes about half as long again. Set before anything
// is loaded, while they are small.
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--heap-growing-percent=100');
const { main } = await import('../dist/quietlist.js').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  process.stderr.write('quietlist: is not built yet. Run "npm run build" first.\n');
  process.exit(1);
});
process.exitCode = await main(process.argv.slice(2), { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: process.env });
