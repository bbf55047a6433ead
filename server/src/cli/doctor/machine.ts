import { accessSync, constants, statfsSync, statSync } from 'node:fs';
import { ok, problem, warning, type Finding } from './finding.ts';

const megabyte = 1024 * 1024;
const leastFreeBytes = 100 * megabyte;
const comfortableFreeBytes = 1024 * megabyte;
const leastNodeMajor = 24;

const size = (bytes: number): string => `${Math.round(bytes / megabyte).toLocaleString('en-US')} MB`;

/** The version of Node that runs this, which is the one that would run the service. */
export function nodeFinding(version: string = process.versions.node): Finding {
  const isNewEnough = Number(version.split('.')[0]) >= leastNodeMajor;
  return isNewEnough ? ok(`Node ${version}.`) : problem(`Node ${version} is too old.`, `Install Node ${leastNodeMajor} or newer.`);
}

/** Whether this user can work in the folder, and nobody else read it. */
export function folderFinding(directory: string): Finding {
  try {
    accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
    const mode = statSync(directory).mode & 0o777;
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      return warning(`The folder ${directory} may be entered by other users (mode ${mode.toString(8)}).`, `Run "chmod 700 ${directory}".`);
    }
    return ok(`The folder ${directory} belongs to this user alone.`);
  } catch (error) {
    const { code = 'unknown error' } = error as { code?: string };
    return problem(`The folder ${directory} cannot be used (${code}).`, 'Run this as the user of the service, with its folder.');
  }
}

/** Whether there is room to grow, and for a copy of what is there. */
export function spaceFinding(directory: string, storeBytes: number, free: number = freeBytes(directory)): Finding {
  if (free < leastFreeBytes) return problem(`Only ${size(free)} of the disk are free.`, 'Make room: a full disk refuses writes.');
  if (free < Math.max(comfortableFreeBytes, storeBytes)) return warning(`${size(free)} of the disk are free, the data takes ${size(storeBytes)}.`, 'Make room soon.');
  return ok(`${size(free)} of the disk are free, the data takes ${size(storeBytes)}.`);
}

function freeBytes(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}
