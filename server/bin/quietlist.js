#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';

// Kept in plain old JavaScript: it has to run, and say what is missing, on any Node.
const [major] = process.versions.node.split('.');
if (Number(major) < 24) {
  process.stderr.write(`quietlist: needs Node 24 or newer; this is Node ${process.versions.node}. Install Node 24, or run it with "npx quietlist" in the repository.\n`);
  process.exit(1);
}
// Left alone, V8 lets what lives long pile up by tens of megabytes before it looks; told to look when it has grown by half, the process stays
// below 200 MB with a million entries. Objects that die young are left to V8's own measure: keeping their space small costs a third of a
// bulk check. Set before anything is loaded.
setFlagsFromString('--heap-growing-percent=50');
const { main } = await import('../dist/quietlist.js').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  process.stderr.write('quietlist: is not built yet. Run "npm run build" first.\n');
  process.exit(1);
});
process.exitCode = await main(process.argv.slice(2), { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr, env: process.env });
